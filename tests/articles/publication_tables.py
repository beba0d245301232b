"""Small tables of events and holders, made for the tests of the inference of publication dates."""

from __future__ import annotations

import csv
import io

EVENTS = tuple(
    csv.DictReader(
        io.StringIO(
            """name,cues,start,end,lasting,news_months,source,checked
attacks of September 11,september 11+attack*;sept. 11+attack*,2001-09-11,2001-09-11,n,6,own,y
invasion of Iraq,invasion+iraq,2003-03-20,2011-12-18,y,24,own,y
sinking of the Cheonan,cheonan,2010-03-26,2010-03-26,n,9,own,y
annexation of Crimea,crimea+annex*;crimea*+referendum,2014-03-16,2014-03-18,n,12,own,y
vote to leave the European Union,britain+voted to leave;brexit referendum,2016-06-23,2016-06-23,n,6,own,y
coronavirus pandemic,coronavirus;covid*;pandemic,2020-01-30,2023-05-05,y,24,own,y
withdrawal from Afghanistan,troops+left afghanistan;withdrawal from afghanistan,2021-08-30,2021-08-30,n,8,own,y
invasion of Ukraine,invasion of ukraine;russia*+invasion+ukrain*;russian+war in ukraine,2022-02-24,,y,30,own,y
attack of October 7,hamas+october 7;gaza+october 7;israel+hamas+war,2023-10-07,,y,15,own,y
AUKUS,aukus,2021-09-15,,y,12,own,y
summit of Hiroshima,group of seven+hiroshima;g7+hiroshima,2023-05-19,2023-05-21,n,2,own,y
summit of Camp David,camp david+yoon;camp david+kishida,2023-08-18,2023-08-18,n,4,own,y
"""
        )
    )
)
HOLDERS = tuple(
    csv.DictReader(
        io.StringIO(
            """person,aliases,code,office,sector,start,end
George W. Bush,Bush|George Bush,USA,President,GOV,2001-01-20,2009-01-20
Barack Obama,Obama,USA,President,GOV,2009-01-20,2017-01-20
Donald Trump,Trump,USA,President,GOV,2017-01-20,2021-01-20
Joe Biden,Biden,USA,President,GOV,2021-01-20,2025-01-20
Tony Blair,Blair,GBR,Prime Minister,GOV,1997-05-02,2007-06-27
David Cameron,Cameron,GBR,Prime Minister,GOV,2010-05-11,2016-07-13
Boris Johnson,Johnson,GBR,Prime Minister,GOV,2019-07-24,2022-09-06
Shinzo Abe,Abe|Abe Shinzo,JPN,Prime Minister,GOV,2006-09-26,2007-09-26
Shinzo Abe,Abe|Abe Shinzo,JPN,Prime Minister,GOV,2012-12-26,2020-09-16
Fumio Kishida,Kishida,JPN,Prime Minister,GOV,2021-10-04,2024-10-01
Yoshihiko Noda,Noda,JPN,Prime Minister,GOV,2011-09-02,2012-12-26
Lee Myung-bak,Lee,KOR,President,GOV,2008-02-25,2013-02-25
Moon Jae-in,Moon,KOR,President,GOV,2017-05-10,2022-05-10
Yoon Suk Yeol,Yoon|Yoon Suk-yeol,KOR,President,GOV,2022-05-10,2025-04-04
Dmitry Medvedev,Medvedev,RUS,President,GOV,2008-05-07,2012-05-07
Nicolas Sarkozy,Sarkozy,FRA,President,GOV,2007-05-16,2012-05-15
Hassan Rouhani,Rouhani,IRN,President,GOV,2013-08-03,2021-08-03
Rodrigo Duterte,Duterte,PHL,President,GOV,2016-06-30,2022-06-30
Narendra Modi,Modi,IND,Prime Minister,GOV,2014-05-26,
Volodymyr Zelenskyy,Zelenskyy|Zelensky,UKR,President,GOV,2019-05-20,
John Kerry,Kerry,USA,Secretary of State,GOV,2013-02-01,2017-01-20
Rex Tillerson,Tillerson,USA,Secretary of State,GOV,2017-02-01,2018-03-31
Mike Pompeo,Pompeo,USA,Secretary of State,GOV,2018-04-26,2021-01-20
Antony Blinken,Blinken,USA,Secretary of State,GOV,2021-01-26,2025-01-20
Olaf Scholz,Scholz,DEU,Chancellor,GOV,2021-12-08,2025-05-06
Wen Jiabao,Wen,CHN,Premier,GOV,2003-03-16,2013-03-15
Benjamin Netanyahu,Netanyahu,ISR,Prime Minister,GOV,1996-06-18,1999-07-06
Benjamin Netanyahu,Netanyahu,ISR,Prime Minister,GOV,2009-03-31,2021-06-13
Benjamin Netanyahu,Netanyahu,ISR,Prime Minister,GOV,2022-12-29,
Ulf Kristersson,Kristersson,SWE,Prime Minister,GOV,2022-10-18,
Antonio Guterres,Guterres,UNO,Secretary-General,IGO,2017-01-01,2026-12-31
Keir Starmer,Starmer,GBR,Prime Minister,GOV,2024-07-05,
"""
        )
    )
)

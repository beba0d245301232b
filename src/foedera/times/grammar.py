"""The patterns of English time expressions. Each is linear: no nested repetition, every gap is bounded."""

from __future__ import annotations

import re
from typing import Final

from .words import MONTH_NAMES, NUMBERS, WEEKDAY_NAMES, alternatives

_S: Final = r"[ \t\u00a0]{1,3}\n?[ \t\u00a0]{0,3}|\n"
SPACE: Final = rf"(?:{_S})"
_COMMA: Final = rf"(?:,{SPACE}?|{SPACE})"
_DASH: Final = r"[ ]?[-–—‒][ ]?"

MONTH: Final = (
    "(?:" + "|".join([*MONTH_NAMES, *(m.upper() for m in MONTH_NAMES)]) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|"
    r"Oct|Nov|Dec)\b\.?)"
)
WEEKDAY: Final = "(?:" + "|".join(WEEKDAY_NAMES) + ")"
_WEEKDAY_ANY: Final = rf"(?:{WEEKDAY}|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\b\.?)"
DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
YEAR: Final = r"(?:1[0-9]|20)[0-9]{2}"
_NOT_MORE: Final = r"(?![0-9]|[.,:][0-9]|%|st\b|th\b)"
_PART_OF_DAY: Final = r"(?:early[ ])?(?:morning|afternoon|evening|night|noon|midday)"
_DAY_PART: Final = rf"(?:{SPACE}{_PART_OF_DAY}\b)?"

_EDGE: Final = r"(?i:the[ ](?:very[ ])?(?:end|start|beginning|middle|close|turn|latter[ ]part|early[ ]part)[ ]of)"
_EARLY: Final = (
    rf"(?:{_EDGE}|(?i:the[ ])?(?i:early|mid|late|end|later|earlier)(?:[ ]?[-–][ ]?|{SPACE}(?i:in{SPACE})?(?i:of[ ])?))"
)
MODIFIED: Final = rf"(?:(?P<mod>{_EARLY}){SPACE}?)?"

NUMBER: Final = (
    r"(?:[0-9]{1,3}(?:\.[0-9])?|(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"[- ](?:one|two|three|four|five|six|seven|eight|nine)|" + alternatives(tuple(NUMBERS)) + "))"
)
UNIT: Final = r"(?:day|week|weekend|month|quarter|year|decade|century|centurie|fortnight)"
_SMALL: Final = r"(?:second|minute|hour|night)"
HEDGE: Final = (
    r"(?:(?i:more[ ]than|less[ ]than|over|under|nearly|almost|about|around|roughly|some|just|only|at[ ]least|"
    r"up[ ]to|at[ ]most|well[ ]over|just[ ]over|just[ ]under|barely|approximately|close[ ]to|"
    rf"the[ ]better[ ]part[ ]of|another){SPACE})"
)
_SEASON: Final = r"(?i:spring|summer|autumn|winter|fall)"

DAYS: Final = re.compile(
    rf"""(?x)
    (?<![\w-])(?:(?P<wd>{_WEEKDAY_ANY})(?:{_DAY_PART}),?{SPACE}(?:the{SPACE})?)?{MODIFIED}(?:
      (?P<m1>{MONTH}){SPACE}(?:the{SPACE})?(?P<d1>{DAY}){_NOT_MORE}
        (?:(?:(?:{_DASH}|{SPACE}(?:to|through|until)[ ])(?:(?P<m1b>{MONTH}){SPACE})?|{SPACE}and[ ])
          (?P<d1b>{DAY}){_NOT_MORE})?
        (?:(?:{_COMMA}|{SPACE}of{SPACE})(?P<y1>{YEAR})(?![\w%]|[.,:][0-9]))?
    | (?:[Tt]he{SPACE})?(?P<d2>{DAY})
        (?:(?:{SPACE}(?P<m2a>{MONTH}))?(?:{_DASH}|{SPACE}(?:and|to|through|until)[ ])(?P<d2b>{DAY}))?
        (?:{SPACE}(?:day[ ])?of)?{SPACE}(?P<m2>{MONTH})(?!\w)
        (?:(?:{_COMMA}|{SPACE}of{SPACE})(?P<y2>{YEAR})(?![\w%]|[.,:][0-9]))?
    )(?:,?{SPACE}(?:in[ ]the[ ])?{_PART_OF_DAY}\b)?
    """
)
NUMERIC: Final = re.compile(
    r"""(?x)
    (?<![\w./-])(?:
      (?P<iy>[12][0-9]{3})(?P<sep>[-/.])(?P<im>0[1-9]|1[0-2])(?P=sep)(?P<id>0[1-9]|[12][0-9]|3[01])
        (?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?
    | (?P<a>[0-3]?[0-9])(?P<sep2>[/.-])(?P<b>[0-3]?[0-9])(?P=sep2)(?P<ny>(?:19|20)[0-9]{2})
    )(?![\w/]|[.-][0-9])
    """
)
MONTHS: Final = re.compile(
    rf"""(?x)
    (?<![\w-])(?:
      (?P<ma>{MONTH})(?:{SPACE}(?P<ya>{YEAR}))?(?:{_DASH}|{SPACE}(?:to|through|until)[ ])(?P<mb>{MONTH})
        (?:(?:{_COMMA}|{SPACE}of{SPACE})(?P<yb>{YEAR}))?(?![\w%]|[.,:][0-9])
    | (?<=etween[ ])(?P<mc>{MONTH}){SPACE}and{SPACE}(?P<md>{MONTH})
        (?:(?:{_COMMA}|{SPACE}of{SPACE})(?P<yd>{YEAR}))?(?![\w%]|[.,:][0-9])
    | (?:(?P<rel>(?i:last|next|this|that|the[ ](?:previous|following|past|coming)|the[ ]same)){SPACE})?{MODIFIED}
      (?P<m>{MONTH})(?:(?:{_COMMA}|{SPACE}of{SPACE})
        (?:(?P<y>{YEAR})(?![\w%]|[.,:][0-9])|(?P<yrel>(?:last|this|next|that|the[ ]same)[ ]year)\b))?
    )(?!\w)
    """
)
YEARS: Final = re.compile(
    rf"""(?x)
    (?<![\w.,:/$€£¥-])(?<![$€£¥][ ]){MODIFIED}(?:
      (?:the{SPACE})?(?P<dec>(?:1[0-9]|20)[0-9]0)['’]?s(?!\w)
    | (?P<dec2>['’][2-9]0)s(?!\w)
    | (?P<from>{YEAR})(?:{_DASH}|{SPACE}(?:to|through|until|till){SPACE})(?P<to>{YEAR}|[0-9]{{2}})
        (?![\w%]|[.,:-][0-9]|-[A-Z])
    | (?:(?P<between>[Bb]etween){SPACE})(?P<from2>{YEAR}){SPACE}and{SPACE}(?P<to2>{YEAR})(?!\w)
    | (?:(?P<word>[Tt]he{SPACE}year{SPACE}))?(?P<y>{YEAR})(?![\w%/]|[.,:][0-9]|-[0-9])
    )
    """
)
PERIODS: Final = re.compile(
    rf"""(?x)
    (?<![\w-]){MODIFIED}(?:
      (?:(?i:the){SPACE})?(?P<q>(?i:first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th)))
        [ -](?P<qh>(?i:quarter|half))
        (?:{SPACE}(?:of|in){SPACE})?(?:(?P<qy>{YEAR})|(?P<qrel>(?i:last|this|next|that|the[ ]same)[ ]year))
    | (?:(?i:in|for|during|by|of){SPACE})(?P<qbare>the{SPACE}(?:first|second|third|fourth){SPACE}(?:quarter|half))
        (?!{SPACE}(?:of|century))
    | (?P<qa>Q[1-4]|H[12])(?:{SPACE}|[-/]|{SPACE}of{SPACE})?(?P<qay>{YEAR})
    | (?P<qby>{YEAR})(?:{SPACE}|-)?(?P<qb>Q[1-4]|H[12])
    | (?:(?:the|The){SPACE})?(?:(?i:fiscal|financial)(?:{SPACE}(?i:year))?|FY){SPACE}?
        (?P<fy>{YEAR}|[0-9]{{2}}(?=[-/][0-9]{{2}}\b))
        (?:[-–/](?P<fyb>[0-9]{{4}}|[0-9]{{2}}))?
    | (?:(?:the|The){SPACE})?(?P<fy2>{YEAR})(?:[-–/](?P<fy2b>[0-9]{{4}}|[0-9]{{2}}))?
        {SPACE}(?:fiscal|financial|budget){SPACE}year
    | (?P<frel>(?i:last|this|next|the[ ](?:current|coming|previous|next)){SPACE}(?i:fiscal|financial){SPACE}year)
    | (?:(?P<srel>(?i:last|this|next|that|the[ ](?:previous|following|coming))){SPACE})?
        (?:(?i:the){SPACE})?(?P<s>{_SEASON})
        (?:{_COMMA}(?:of{SPACE})?(?P<sy>{YEAR})|{SPACE}of{SPACE}(?P<syrel>(?:last|this|next|that)[ ]year))?
    | (?:(?i:the){SPACE})?(?P<c>[0-9]{{1,2}}(?:st|nd|rd|th)|
        (?i:seventeenth|eighteenth|nineteenth|twentieth|twenty-first))
        [ -](?i:century)(?P<cbc>{SPACE}(?:BCE?|B\.C\.))?
    | (?P<bc>[0-9]{{1,4}}(?:s)?{SPACE}(?:BCE?\b|B\.C\.?))
    )(?!\w)
    """
)
RELATIVE: Final = re.compile(
    rf"""(?x)
    (?<![\w-])(?:
      (?P<simple>(?i:yesterday|today|tomorrow|tonight|overnight|
        (?:the[ ]day[ ](?:before[ ]yesterday|after[ ]tomorrow))))
        {_DAY_PART}(?:['’]s)?
    | (?P<early>(?i:early|earlier|late|later|mid|the[ ](?:end|start|beginning|middle)[ ]of|the[ ]rest[ ]of)
        [ -]?{SPACE}?(?:in{SPACE})?)?
      (?:
        (?P<rel>(?i:last|next|this|that|the[ ]same|that[ ]same|this[ ]same|
          the[ ](?:previous|preceding|prior|following|next|coming|current|past|last)|
          (?:(?<=in[ ])|(?<=over[ ])|(?<=of[ ])|(?<=for[ ]))(?:previous|past|coming)))
        {SPACE}(?:calendar{SPACE})?(?:(?P<unit>{UNIT})|(?P<part>morning|afternoon|evening|night)|(?P<time>time|period|point|moment)|(?P<wd>{WEEKDAY}))
      | (?P<the>the{SPACE}(?P<unit2>year|month|week|day))(?<!at[ ]the[ ]day)
      )(?:(?<=[a-z]){_DAY_PART})(?:['’]s)?
    | (?P<weekday>(?:(?i:early|late)[ ])?{WEEKDAY})(?P<plural>s)?{_DAY_PART}(?:['’]s)?
    | (?P<daypart>(?:early|late)?[ ]?(?i:this|that)[ ]{_PART_OF_DAY})
    | (?P<yearend>(?i:(?:the[ ])?(?:year|month|week)(?:['’]s|[- ])[ ]?end))
    )(?!\w)
    """
)
_COUNT_TAIL: Final = r"(?i:ago|earlier|later|before|from[ ]now|hence|previously|prior|afterwards?|after)"
COUNTS: Final = re.compile(
    rf"""(?x)
    (?<![\w.,$€£-])(?:
      (?P<span>(?i:(?:the|these)[ ](?P<sdir>past|last|next|coming|previous|following|first|final|recent)))
        {SPACE}(?:(?P<sn>{NUMBER}){SPACE})?(?P<sunit>{UNIT}|{_SMALL})s?
    | (?P<hedge>{HEDGE}{{1,2}})?(?P<n>{NUMBER})(?:{SPACE}(?:and[ ])?(?:a[ ])?half)?
        (?:{SPACE}(?:full|long|straight|consecutive|whole|entire|short|mere|single))?(?:{SPACE}|-\n?)(?P<unit>{UNIT}|{_SMALL})(?P<plural>s)?
        (?:{SPACE}(?P<dir>{_COUNT_TAIL})|[- ]long\b|[- ](?:old|of[ ]age)\b|['’](?=\s))?
    | (?P<many>(?i:years|months|weeks|days|decades|centuries|hours))(?:{SPACE}(?P<mdir>{_COUNT_TAIL})|-long)?
    | (?:year|month|week|day|decade|hour)s?-long
    )(?!\w|-)
    """
)
OTHERS: Final = re.compile(
    rf"""(?x)
    (?<![\w-])(?:
      (?P<set>(?i:(?:every|each|per)[ ](?:other[ ]|single[ ])?(?:(?:{NUMBER}|few)[ ])?
          (?:{UNIT}|{_SMALL}|{WEEKDAY}|{MONTH}|morning|evening)s?|
        daily|weekly|monthly|quarterly|yearly|annually|annual|biannual|biennial|nightly|hourly|
        twice[ ]a[ ](?:day|week|month|year)))
    | (?P<since>(?i:since[ ]then|since[ ]that[ ]time|from[ ]then[ ]on|until[ ]then|
        the[ ]day[ ](?:before|after)|the[ ](?:year|month|week)[ ](?:before|after)))
    | (?P<vague>(?i:recently|recent[ ]{UNIT}s|currently|presently|nowadays|right[ ]now|for[ ]now|now|
        these[ ]days|at[ ]present|at[ ]the[ ]moment|
        so[ ]far[ ]this[ ]year|(?:in|for)[ ]the[ ](?:near[ ]|foreseeable[ ]|distant[ ])?future|in[ ]the[ ]past))
    | (?P<clock>(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9])?)?[ ]?
        (?:[ap]\.m\.|[ap]m\b|AM\b|PM\b|[AP]\.M\.)|
        (?:[01]?[0-9]|2[0-3]):[0-5][0-9](?:[ ]?(?:GMT|UTC|hours|hrs|local[ ]time))?|
        noon\b|midnight\b|midday\b|dawn\b|dusk\b)
    | (?P<feast>(?:New[ ]Year['’]s[ ](?:Day|Eve)|Christmas(?:[ ](?:Day|Eve))?|Boxing[ ]Day)
        (?:[ ,]{{1,2}}(?P<fyear>{YEAR}))?)
    )(?!\w)
    """
)

"""PLOVER events: every type, both directions, voices, negation, and what the future makes of a type."""

import pytest
from claims_reading import coded, of_kind, only, roles

from foedera.knowledge import contexts, modes, plover_types

SENTENCES = {
    "AGREE": {
        "Kenya promised to help Uganda rebuild its railways.": "KEN>UGA",
        "Norway agreed to cooperate with Sweden on fisheries.": "NOR>SWE",
        "Chile offered to send medical aid to Bolivia.": "CHL>BOL",
        "Brazil will send aid to Haiti next month.": "BRA>HTI",
    },
    "CONSULT": {
        "Indian and Sri Lankan diplomats held talks in Colombo.": "IND=LKA",
        "The Egyptian foreign minister visited Ethiopia.": "EGY>ETH",
        "The prime minister of Fiji spoke by phone with the president of Vanuatu.": "FJI=VUT",
        "Qatar brokered talks between Sudan and Chad.": "QAT>SDN+TCD",
    },
    "SUPPORT": {
        "Canada praised Iceland for its climate policy.": "CAN>ISL",
        "Spain recognised Palestine as a state.": "ESP>PSE",
        "Peru and Ecuador signed a trade agreement.": "ECU=PER",
        "Chile and Peru ratified the extradition treaty.": "CHL=PER",
    },
    "CONCEDE": {
        "Turkey apologised to Israel for the raid.": "TUR>ISR",
        "Azerbaijan lifted its ban on Georgian wine.": "AZE>GEO",
        "Morocco eased visa rules for Tunisia.": "MAR>TUN",
    },
    "COOPERATE": {
        "Finland and Estonia held joint naval exercises in the Baltic Sea.": "EST=FIN",
        "Vietnam shared intelligence with Laos.": "LAO=VNM",
        "Philippine and Vietnamese ships conducted joint drills.": "PHL=VNM",
    },
    "AID": {
        "Germany sent food aid to Sudan.": "DEU>SDN",
        "The United States gave Ukraine 40 million dollars in military aid.": "USA>UKR",
        "Poland granted asylum to Belarusian activists.": "POL>BLR",
    },
    "RETREAT": {
        "France withdrew its troops from Mali.": "FRA>MLI",
        "Iran released the Greek sailors.": "IRN>GRC",
        "Syria allowed inspectors of the United Nations into the camp.": "SYR>UNO",
    },
    "REQUEST": {
        "Mexico asked Guatemala to send more police officers.": "MEX>GTM",
        "Japan demanded that North Korea return the abducted citizens.": "JPN>PRK",
        "Zambia urged Zimbabwe to hold fair elections.": "ZMB>ZWE",
    },
    "ACCUSE": {
        "Armenia accused Azerbaijan of breaking the truce.": "ARM>AZE",
        "Ireland criticised Hungary for its new media law.": "IRL>HUN",
        "Malta investigated Cyprus over fraud.": "MLT>CYP",
        "Lima recalled its ambassador from Quito.": "PER>ECU",
    },
    "REJECT": {
        "Bulgaria rejected a proposal by North Macedonia.": "BGR>MKD",
        "Serbia refused to recognise Kosovo.": "SRB>XKX",
        "Botswana will not sign the agreement with Namibia.": "BWA>NAM",
        "Cuba cancelled a meeting with Mexico.": "CUB>MEX",
    },
    "THREATEN": {
        "China threatened to impose tariffs on Lithuania.": "CHN>LTU",
        "Venezuela threatened Guyana with war.": "VEN>GUY",
        "Ethiopia warned Egypt that it would close the river.": "ETH>EGY",
    },
    "PROTEST": {
        "Thousands of Pakistani demonstrators protested against Sweden in Karachi.": "PAK>SWE",
        "Greek farmers staged a protest against Turkey.": "GRC>TUR",
        "Students in Seoul demonstrated against Japan.": "KOR>JPN",
    },
    "SANCTION": {
        "The European Union imposed sanctions on Belarus.": "EUR>BLR",
        "Colombia expelled the Nicaraguan ambassador.": "COL>NIC",
        "Switzerland suspended aid to Afghanistan.": "CHE>AFG",
    },
    "MOBILIZE": {
        "Algeria deployed troops near the border with Libya.": "DZA>",
        "India tested a new hypersonic missile.": "IND>",
        "A Greek fighter jet entered Turkish airspace.": "GRC>TUR",
        "Indonesia held a military exercise in the Java Sea.": "IDN>",
    },
    "COERCE": {
        "Saudi Arabia arrested three Yemeni journalists.": "SAU>YEM",
        "Egypt seized a Sudanese ship.": "EGY>SDN",
        "Thailand deported 40 Cambodian workers.": "THA>KHM",
    },
    "ASSAULT": {
        "Russia shelled the Ukrainian city of Kharkiv.": "RUS>UKR",
        "Ethiopian troops killed twelve Eritrean soldiers.": "ETH>ERI",
        "Israel launched air strikes against Lebanon.": "ISR>LBN",
        "Turkish jets bombed Iraq.": "TUR>IRQ",
        "Rebels in Yemen fired missiles at Saudi Arabia.": "YEM>SAU",
    },
}


def test_every_type_has_sentences():
    assert set(SENTENCES) == set(plover_types())
    assert all(len(found) >= 2 for found in SENTENCES.values())


RIGHT = {t: {s: coded(s) == [f"{t} {p}"] for s, p in rows.items()} for t, rows in SENTENCES.items()}


def test_type_and_direction():
    """A network reads, so that not each of them is right; a new one may have others wrong, and no more of them."""
    wrong = [s for rows in RIGHT.values() for s, right in rows.items() if not right]
    assert len(wrong) <= 0.12 * sum(map(len, RIGHT.values())), wrong
    assert all(any(rows.values()) for rows in RIGHT.values())


@pytest.mark.parametrize("text", [s for rows in RIGHT.values() for s, right in rows.items() if right])
def test_an_event_carries_what_shows_it(text):
    event = only("events", text)
    assert set(event.modes) <= set(modes())
    assert set(event.contexts) <= set(contexts())
    assert event.evidence == text
    assert event.reason


@pytest.mark.parametrize(
    ("active", "passive"),
    [
        ("Canada condemned Belarus.", "Belarus was condemned by Canada."),
        ("Canada imposed sanctions on Belarus.", "Sanctions were imposed on Belarus by Canada."),
        ("Colombia expelled the Nicaraguan ambassador.", "The Nicaraguan ambassador was expelled by Colombia."),
        ("Mauritania shelled two Malian villages.", "Two Malian villages were shelled by Mauritania."),
        ("Mauritania bombed Mali.", "Mali was bombed by Mauritania."),
    ],
)
def test_the_passive_says_the_same(active, passive):
    assert coded(active) == coded(passive) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey's bombing of Iraq drew anger.", "ASSAULT TUR>IRQ"),
        ("Norway's condemnation of Russia came within hours.", "ACCUSE NOR>RUS"),
        ("Talks between Kenya and Somalia ended on Monday.", "CONSULT KEN=SOM"),
    ],
)
def test_nouns_name_events_too(text, expected):
    assert coded(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France, Germany and Poland condemned Belarus.", ["ACCUSE FRA+DEU+POL>BLR"]),
        ("Canada condemned Russia and sent arms to Ukraine.", ["ACCUSE CAN>RUS", "AID CAN>UKR"]),
        ("Norway condemned Russia and Belarus.", ["ACCUSE NOR>RUS+BLR"]),
    ],
)
def test_lists_of_parties_and_of_verbs(text, expected):
    assert coded(text) == expected


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("India and Bangladesh have not met since 2021.", "CONSULT", "denied"),
        ("Serbia did not threaten Kosovo.", "THREATEN", "denied"),
        ("Armenia denied attacking Azerbaijan.", "ASSAULT", "denied"),
        ("Kenya never attacked Chad.", "ASSAULT", "denied"),
        ("Armenia denied that it had attacked Azerbaijan.", "ASSAULT", "denied"),
        ("Jamaica said it would not renew the fisheries agreement with Honduras.", "REJECT", "happened"),
        ("Panama refused to renew its security pact with Costa Rica.", "REJECT", "happened"),
        ("Portugal and Angola will sign a defence agreement next week.", "AGREE", "planned"),
        ("Kenya and Somalia will meet next week.", "AGREE", "planned"),
        ("Chad will withdraw its troops from Niger.", "CONCEDE", "planned"),
        ("Canada could impose sanctions on Cuba.", "THREATEN", "hypothetical"),
        ("Tunisia and Libya are holding talks.", "CONSULT", "ongoing"),
        ("Pakistan shelled Afghanistan.", "ASSAULT", "happened"),
    ],
)
def test_what_is_not_simply_done(text, type_, status):
    event = only("events", text)
    assert (event.type, event.status) == (type_, status)


def test_an_allegation_is_marked():
    assert only("events", "Pakistan reportedly shelled Afghanistan.").alleged
    assert not only("events", "Pakistan shelled Afghanistan.").alleged


@pytest.mark.parametrize(
    "text",
    [
        "Norway mediated between Sudan and Chad.",
        "Oman brokered a truce between Sudan and Chad.",
    ],
)
def test_a_mediator_is_the_source_and_the_parties_are_targets(text):
    event = only("events", text)
    assert event.type == "CONSULT"
    assert event.modes == ("third-party",)
    assert roles(event)[1] == ["SDN", "TCD"]
    assert not event.symmetric


def test_modes_of_visits_calls_and_strikes():
    assert only("events", "The Egyptian foreign minister visited Ethiopia.").modes == ("visit",)
    assert only("events", "The president of Fiji spoke by phone with the president of Vanuatu.").modes == ("phone",)
    assert only("events", "Israel launched air strikes against Lebanon.").modes == ("aerial",)


def test_who_agree_without_naming_anybody_agree_with_each_other():
    found = coded("Ghana and Togo met in Accra. The two countries agreed to open the border.")
    assert found == ["CONSULT GHA=TGO", "AGREE GHA=TGO"]


def test_sets_without_members_give_no_event():
    assert coded("The two countries signed a pact.") == []


def test_nobody_is_made_up():
    assert coded("Somebody attacked an outpost.") == []
    assert coded("The minister met his counterpart.") == []


@pytest.mark.parametrize(
    ("text", "date", "granularity"),
    [
        ("Kazakhstan imposed sanctions on Kyrgyzstan in March 2023.", "2023-03", "month"),
        ("Japan criticised China on Monday.", "2024-05-13", "day"),
        ("Kenya and Somalia will meet on Monday.", "2024-05-20", "day"),
        ("Brazil will send aid to Haiti next month.", "2024-06", "month"),
        ("Ghana and Togo met in April.", "2024-04", "month"),
        ("Ghana and Togo will meet in April.", "2025-04", "month"),
        ("Pakistan withdrew from the agreement with Iran in 2019.", "2019", "year"),
        ("Japan criticised China.", "2024-05-15", "day"),
    ],
)
def test_dates_by_tense(text, date, granularity):
    found = only("events", text).date
    assert (found.value, found.granularity) == (date, granularity)


def test_without_a_publication_date_only_what_is_written_dates_an_event():
    assert only("events", "Japan criticised China.", published=None).date.value is None
    assert only("events", "Japan criticised China on 3 May 2021.", published=None).date.value == "2021-05-03"


def test_a_headline_is_left_out_where_the_body_says_the_same():
    found = of_kind("events", "Japan criticised China on Monday.", title="Japan criticises China")
    assert [(e.type, e.block) for e in found] == [("ACCUSE", "paragraph")]
    alone = of_kind("events", "It rained.", title="Japan criticises China")
    assert [(e.type, e.block, e.basis) for e in alone] == [("ACCUSE", "title", "headline")]


def test_a_caption_is_marked():
    found = only("events", "It rained.", caption="Kenyan police arrested a Ugandan trader on Monday.")
    assert (found.block, found.basis) == ("caption", "caption")


def test_the_speaker_of_an_event_is_kept():
    found = only("events", "Jamaica said it would not renew the fisheries agreement with Honduras.")
    assert found.speaker == "Jamaica"
    assert only("events", "Japan criticised China.").speaker is None


def test_a_headline_in_capitals_is_read():
    event = only("events", "KENYA CONDEMNED PERU OVER THE TRADE BAN.")
    assert (event.type, [a.code for a in event.source], [a.code for a in event.target]) == ("ACCUSE", ["KEN"], ["PER"])

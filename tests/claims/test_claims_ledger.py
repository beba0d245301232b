"""Agreements, meetings, incidents, policies and capabilities."""

import pytest
from claims_reading import of_kind, only

from foedera.model import MEETING_KINDS, STAGES


@pytest.mark.parametrize(
    ("text", "name", "stage", "parties", "status"),
    [
        ("Peru and Ecuador signed a trade agreement.", "trade agreement", "signed", "PER ECU", "happened"),
        ("Chile and Peru ratified the extradition treaty.", "extradition treaty", "ratified", "CHL PER", "happened"),
        ("Ethiopia violated the ceasefire with Eritrea.", "ceasefire", "violated", "ETH ERI", "happened"),
        ("Niger terminated its military agreement with the United States.", "military agreement", "terminated",
        "NER USA",
         "happened"),
        ("Malaysia and Singapore are negotiating an agreement on water.", "agreement on water", "negotiating",
        "MYS SGP",
         "ongoing"),
        ("Canada resumed the pact with Mexico.", "pact", "resumed", "CAN MEX", "happened"),
        ("Portugal and Angola will sign a defence agreement next week.", "defence agreement", "signed", "PRT AGO",
        "planned"),
        ("Tunisia may sign a trade deal with Libya.", "trade deal", "signed", "TUN LBY", "hypothetical"),
        ("Botswana will not sign the agreement with Namibia.", "agreement", "signed", "BWA NAM", "denied"),
        ("Jamaica said it would not renew the fisheries agreement with Honduras.", "fisheries agreement",
        "notice_given",
         "JAM HND", "happened"),
        ("Panama refused to renew its security pact with Costa Rica.", "security pact", "notice_given", "PAN CRI",
         "happened"),
        ("The water treaty between Malaysia and Singapore entered into force in 1962.", "water treaty", "in_force",
         "MYS SGP", "happened"),
    ],
)  # fmt: skip
def test_steps_in_the_life_of_an_agreement(text, name, stage, parties, status):
    act = only("agreements", text)
    assert (act.agreement, act.stage, act.status) == (name, stage, status)
    assert act.parties == tuple(parties.split())
    assert act.stage in STAGES


def test_a_known_agreement_brings_its_parties():
    act = only("agreements", "India suspended the Indus Waters Treaty.")
    assert (act.agreement, act.stage, act.actor) == ("Indus Waters Treaty", "suspended", "IND")
    assert set(act.parties) == {"IND", "PAK"}


def test_notice_names_the_agreement_and_not_itself():
    acts = of_kind("agreements", "Madagascar gave notice that it would terminate the fisheries agreement with Japan.")
    assert {(a.agreement, a.stage, a.status) for a in acts} == {
        ("fisheries agreement", "notice_given", "happened"),
        ("fisheries agreement", "terminated", "planned"),
    }


def test_who_is_accused_of_breaking_a_truce_is_its_breaker():
    act = only("agreements", "Armenia accused Azerbaijan of breaking the truce.")
    assert (act.agreement, act.stage, act.actor) == ("truce", "violated", "AZE")
    assert set(act.parties) == {"ARM", "AZE"}


def test_an_agreement_needs_two_parties():
    assert of_kind("agreements", "Ecuador signed a trade agreement.") == []


@pytest.mark.parametrize(
    ("text", "kind", "status", "participants", "level"),
    [
        ("Ghana and Togo met on Monday.", "meeting", "held", "GHA TGO", None),
        ("The foreign ministers of Ghana and Togo met in Accra on Monday.", "meeting", "held", "GHA TGO", "minister"),
        ("Kenya and Somalia will meet next week.", "meeting", "scheduled", "KEN SOM", None),
        ("India and Bangladesh have not met since 2021.", "meeting", "absent", "IND BGD", None),
        ("The Egyptian foreign minister visited Ethiopia.", "visit", "held", "EGY ETH", "minister"),
        ("The prime minister of Fiji spoke by phone with the president of Vanuatu.", "call", "held", "FJI VUT",
         "head_of_government"),
        ("The presidents of Kazakhstan and Uzbekistan will hold a summit in Astana on 3 June.", "summit", "scheduled",
         "KAZ UZB", "head_of_state"),
        ("A summit between Ghana and Nigeria will be held in June.", "summit", "scheduled", "GHA NGA", "head_of_state"),
        ("The summit between Ghana and Nigeria was cancelled.", "summit", "absent", "GHA NGA", "head_of_state"),
        ("The Cuban president did not attend the summit with Mexico.", "summit", "absent", "CUB MEX", "head_of_state"),
        ("Finland and Estonia held joint naval exercises in the Baltic Sea.", "exercise", "held", "FIN EST", None),
    ],
)  # fmt: skip
def test_meetings(text, kind, status, participants, level):
    found = only("meetings", text)
    assert (found.meeting, found.status, found.level) == (kind, status, level)
    assert found.participants == tuple(participants.split())
    assert found.meeting in MEETING_KINDS


def test_a_meeting_has_a_place_and_a_day():
    found = only("meetings", "The foreign ministers of Ghana and Togo met in Accra on Monday.")
    assert (found.place, found.date.value) == ("Accra", "2024-05-13")


def test_one_state_alone_meets_nobody():
    assert of_kind("meetings", "Indonesia held a military exercise near Timor-Leste.") == []
    assert of_kind("meetings", "The president of Ghana met farmers.") == []


@pytest.mark.parametrize(
    ("text", "incident", "parties"),
    [
        ("Russian planes violated Estonian airspace on Tuesday.", "airspace violation", "RUS EST"),
        ("Egypt seized a Sudanese ship.", "seizure of vessel", "EGY SDN"),
        ("Latvia expelled two Russian diplomats in April 2022.", "expulsion of diplomat", "LVA RUS"),
        ("Lima recalled its ambassador from Quito.", "recall of ambassador", "PER ECU"),
        ("Mauritania shelled two Malian villages.", "artillery fire", "MRT MLI"),
        ("Uruguay detained a Paraguayan journalist.", "arrest of nationals", "URY PRY"),
    ],
)
def test_incidents(text, incident, parties):
    found = only("incidents", text)
    assert found.incident == incident
    assert found.parties == tuple(parties.split())


@pytest.mark.parametrize(
    ("text", "country", "change", "topic"),
    [
        ("Nigeria tightened visa rules for foreign students.", "NGA", "tightened", "visa rules for foreign students"),
        ("Hungary abolished its export ban on grain.", "HUN", "lifted", "export ban on grain"),
        ("Azerbaijan lifted its ban on Georgian wine.", "AZE", "lifted", "ban on Georgian wine"),
        ("Morocco eased visa rules for Tunisia.", "MAR", "eased", "visa rules for Tunisia"),
    ],
)
def test_policies(text, country, change, topic):
    found = only("policies", text)
    assert (found.country, found.change, found.topic) == (country, change, topic)


def test_an_announced_policy_is_planned():
    assert only("policies", "Mongolia will ban exports of coal.").status == "planned"


@pytest.mark.parametrize(
    ("text", "country", "change", "partners"),
    [
        ("India tested a new hypersonic missile.", "IND", "tests", ()),
        ("Iran unveiled a new drone.", "IRN", "acquires", ()),
        ("Poland acquired new tanks.", "POL", "acquires", ()),
    ],
)
def test_capabilities(text, country, change, partners):
    found = only("capabilities", text)
    assert (found.country, found.change, found.partners) == (country, change, partners)
    assert found.system in text

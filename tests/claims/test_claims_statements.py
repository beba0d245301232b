"""Who says what: speakers of all shapes, quotations, addressees, media and stances."""

import pytest
from claims_reading import of_kind, only

from foedera.model import STANCES


@pytest.mark.parametrize(
    ("text", "speaker", "side", "role"),
    [
        ('"We will defend every metre of our land," Finnish President Alexander Stubb said on Monday.',
         "Alexander Stubb", "FIN", "President"),
        ('"This is a betrayal," said Kenyan minister Musalia Mudavadi.', "Musalia Mudavadi", "KEN", "Minister"),
        ("According to the Norwegian Foreign Ministry, Russia jammed the signals of Finnish aircraft.",
         "Norwegian Foreign Ministry", "NOR", None),
        ("The Kenyan foreign minister arrived in Kampala. He said that Uganda was a trusted friend.",
         "Kenyan foreign minister", "KEN", "Foreign Minister"),
        ("Peru said on Friday that Chile must apologise.", "Peru", "PER", None),
        ("A spokesman for the Peruvian foreign ministry rejected the accusations of Chile.",
         "spokesman for the Peruvian foreign ministry", "PER", "Spokesperson"),
        ("Kenyan President William Ruto met a Tanzanian envoy. Ruto said that Tanzania was a good partner.",
         "William Ruto", "KEN", "President"),
    ],
)  # fmt: skip
def test_speakers(text, speaker, side, role):
    found = only("statements", text)
    assert (found.speaker, found.side, found.role) == (speaker, (side,), role)


def test_a_quotation_is_kept_as_written():
    found = only("statements", '"We will defend every metre of our land," Finnish President Alexander Stubb said.')
    assert found.quote == "We will defend every metre of our land,"
    assert found.direct


def test_indirect_speech_has_no_quotation():
    found = only("statements", "Peru said on Friday that Chile must apologise.")
    assert found.quote is None
    assert not found.direct
    assert found.topic == "Chile must apologise"
    assert found.date.value == "2024-05-10"


def test_a_scholar_is_an_expert_and_an_official_is_not():
    scholar = only("statements", "Maria Lopez, a professor at the University of Chile, said that Bolivia was right.")
    assert (scholar.speaker, scholar.expert) == ("Maria Lopez", True)
    assert not only("statements", "Peru said that Bolivia was right.").expert


def test_an_interview_is_the_medium_and_the_station_does_not_speak():
    text = '"We are deeply worried by Mali," Niger\'s foreign minister said in an interview with Radio Sahel on Sunday.'
    found = only("statements", text)
    assert found.medium == "in an interview with Radio Sahel"
    assert found.side == ("NER",)
    assert found.date.value == "2024-05-12"


def test_an_addressee_is_who_is_spoken_of_where_nobody_else_is():
    found = only("statements", "Ethiopia warned Egypt that it would close the river.")
    assert found.addressee == "Egypt"
    assert [s.target for s in found.stance] == ["EGY"]


@pytest.mark.parametrize(
    ("text", "target", "stance"),
    [
        ("Canada praised Iceland for its climate policy.", "ISL", "supportive"),
        ("Australia condemned Myanmar over the arrests.", "MMR", "critical"),
        ("Peruvian officials expressed concern over the tariffs of Ecuador.", "ECU", "concerned"),
        ("China threatened to impose tariffs on Lithuania.", "LTU", "hostile"),
        ("Peru said that Chile would hold a vote.", "CHL", "neutral"),
        ('"We are deeply worried by Mali," the foreign minister of Niger said.', "MLI", "concerned"),
    ],
)
def test_stances(text, target, stance):
    found = only("statements", text)
    assert [(s.target, s.stance) for s in found.stance] == [(target, stance)]
    assert stance in STANCES


def test_what_is_done_besides_is_not_said():
    found = only("statements", "Canada condemned Russia and sent arms to Ukraine.")
    assert [s.target for s in found.stance] == ["RUS"]


def test_what_was_not_said_is_no_statement():
    assert of_kind("statements", "Serbia did not threaten Kosovo.") == []
    assert of_kind("statements", "Indonesia held a military exercise near Timor-Leste.") == []


def test_a_speaker_without_name_side_or_role_is_left_out():
    assert of_kind("statements", "They said that talks would resume.") == []


def test_a_quotation_goes_on_behind_its_sentence():
    text = (
        '"Malawi is our true friend," said Zambian President Hakainde Hichilema. "We have always stood by its people."'
    )
    found = of_kind("statements", text)
    assert [s.speaker for s in found] == ["Hakainde Hichilema"] * 2
    assert found[1].quote == "We have always stood by its people."

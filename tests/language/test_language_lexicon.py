"""The compiled lexicon."""

import pytest

from foedera.knowledge import cells, load_table
from foedera.language.lexicon import context_words, lexicon, speech_cues, status_cues, word_sets


def ids(word):
    return {form.rule.id for form in lexicon().starting(word)}


def test_every_row_can_be_reached_by_the_first_word_of_its_lemmas():
    for row in load_table("predicates"):
        lemmas = [x for x in cells(row["lemmas"]) if not x.startswith("not ")]
        assert not lemmas or any(row["id"] in ids(lemma.split()[0]) for lemma in lemmas), row["id"]


def test_inflected_forms_lead_to_the_same_rules():
    assert ids("met") >= ids("meet")
    assert ids("talk")
    assert ids("talks")
    assert ids("xyzzy") == set()


def test_word_sets_hold_plurals():
    for words in word_sets().values():
        assert words
    assert {"treaty", "treaties"} <= word_sets()["@AGREEMENT"]


def test_longer_cues_come_first():
    lengths = [len(c.words) for c in status_cues()]
    assert lengths == sorted(lengths, reverse=True)


def test_reporting_cues_are_inflected():
    for form in ("said", "says", "told", "according"):
        assert form in speech_cues()
    assert [rest for rest, _, row in speech_cues()["according"] if row["cue"] == "according to"] == [("to",)]


def test_contexts_have_phrases():
    assert all(phrases for _, phrases in context_words())


def test_a_rule_that_asks_for_more_weighs_more():
    weights = {form.rule.id: form.rule.weight for form in lexicon().starting("meet")}
    assert weights["eve-consult-v-meet-2"] > weights["eve-consult-v-meet"]


@pytest.mark.parametrize("family", ["event", "agreement", "meeting", "incident", "policy", "capability"])
def test_every_family_is_served(family):
    words = {cells(row["lemmas"])[0].split()[0] for row in load_table("predicates") if row["family"] == family}
    assert any(form.rule.family == family for word in words for form in lexicon().starting(word))

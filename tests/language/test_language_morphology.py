"""Forms of verbs and nouns."""

import pytest

from foedera.knowledge import cells, load_table
from foedera.language.morphology import plural, verb_forms


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("sign", "sign signs signed signing"),
        ("agree", "agree agrees agreed agreeing"),
        ("deny", "deny denies denied denying"),
        ("deploy", "deploy deploys deployed deploying"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("meet", "meet meets met meeting"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("cut", "cut cuts cutting"),
        ("ban", "ban bans banned banning"),
        ("begin", "begin begins began begun beginning"),
        ("tie", "tie ties tied tying"),
        ("impose", "impose imposes imposed imposing"),
        ("attack", "attack attacks attacked attacking"),
        ("have", "have has had having"),
        ("cancel", "cancel cancels canceled cancelled canceling cancelling"),
        ("breach", "breach breaches breached breaching"),
    ],
)
def test_forms_of_a_verb(lemma, forms):
    assert sorted(verb_forms(lemma)) == sorted(forms.split())


def test_a_form_knows_all_that_it_can_be():
    assert verb_forms("meet")["met"] == {"past", "participle"}
    assert verb_forms("withdraw")["withdrew"] == {"past"}
    assert verb_forms("cut")["cut"] == {"base", "past", "participle"}


@pytest.mark.parametrize(
    ("noun", "many"),
    [("treaty", "treaties"), ("ally", "allies"), ("envoy", "envoys"), ("crisis bus", "crisis buses"), ("spokesman",
    "spokesmen"),
     ("spokeswoman", "spokeswomen"), ("coach", "coaches"), ("army", "armies"), ("pact", "pacts")],
)  # fmt: skip
def test_plurals(noun, many):
    assert plural(noun) == many


def test_every_lemma_of_the_lexicon_has_its_five_slots():
    for row in load_table("predicates"):
        if row["pos"] == "verb":
            for lemma in cells(row["lemmas"]):
                slots = frozenset().union(*verb_forms(lemma.split()[0]).values())
                assert slots == {"base", "third", "past", "participle", "ing"}, lemma

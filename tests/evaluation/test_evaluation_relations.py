"""Types between a marked source and target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_files import COMMON, check_common, refusal, with_intervals, write

from foedera.evaluation import evaluate_relations
from foedera.evaluation.relations import QUADS, ROOTS, unmarked
from foedera.language import network

SENTENCE = "<s>Kenya</s> shelled <t>the Ugandan camp</t> at dawn."
CALL = "In Oslo <t>Peru</t> was thanked by <s>the Chilean envoy</s>."
ROOT_KEYS = with_intervals("root_macro_f1", "root_accuracy", "quad_macro_f1", "binary_macro_f1") | {"by_root"}


def table(path, *rows, header="marked_sentence\tgold_root"):
    return write(path, "\n".join([header, *("\t".join(row) for row in rows)]) + "\n")


def score(file, **options):
    return evaluate_relations(file, network=network(), **options)


@pytest.fixture
def told(monkeypatch):
    """Lets the reader find the roots that it is told."""

    def tell(*roots):
        shares = np.full((len(roots), len(ROOTS)), 0.01)
        shares[np.arange(len(roots)), [ROOTS.index(root) for root in roots]] = 1
        monkeypatch.setattr("foedera.evaluation.relations._shares", lambda rows, file, using: shares)

    return tell


@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz"])
def test_keys(tmp_path, name):
    scores = score(table(tmp_path / name, (SENTENCE, "ASSAULT"), (CALL, "SUPPORT")))
    assert set(scores) == COMMON | ROOT_KEYS
    check_common(scores, "relations", 2)
    assert set(scores["by_root"]) == {"ASSAULT", "SUPPORT"}
    assert all(0 <= scores[key] <= 1 for key in ROOT_KEYS - {"by_root"})


def test_the_same_file_gives_the_same_scores(tmp_path):
    file = table(tmp_path / "a.tsv", (SENTENCE, "ASSAULT"), (CALL, "SUPPORT"), (SENTENCE, "AID"))
    one, two = score(file, errors=True), score(file, errors=True)
    assert {**one, "seconds": 0} == {**two, "seconds": 0}


def test_perfect(tmp_path, told):
    told("ASSAULT", "SUPPORT")
    scores = score(table(tmp_path / "a.tsv", (SENTENCE, "ASSAULT"), (CALL, "support ")), errors=True)
    assert scores["errors"] == []
    assert {scores[k] for k in ("root_macro_f1", "root_accuracy", "quad_macro_f1", "binary_macro_f1")} == {1.0}
    assert scores["by_root"] == {"ASSAULT": 1.0, "SUPPORT": 1.0}


def test_a_wrong_root_of_the_right_quad(tmp_path, told):
    told("COERCE")
    scores = score(table(tmp_path / "a.tsv", (SENTENCE, "ASSAULT")), errors=True)
    assert scores["errors"] == [f"ASSAULT read as COERCE: {SENTENCE}"]
    assert [scores[k] for k in ("root_macro_f1", "quad_macro_f1", "binary_macro_f1")] == [0, 1, 1]


def test_a_wrong_quad_of_the_right_side(tmp_path, told):
    told("ACCUSE", "AID")
    scores = score(table(tmp_path / "a.tsv", (SENTENCE, "ASSAULT"), (CALL, "SUPPORT")))
    assert [scores[k] for k in ("root_accuracy", "quad_macro_f1", "binary_macro_f1")] == [0, 0, 1]


@pytest.mark.parametrize("root", ["YIELD", "CONCEDE", "RETREAT"])
def test_two_types_are_one_root(tmp_path, told, root):
    told("YIELD")
    scores = score(table(tmp_path / "a.tsv", (SENTENCE, root)))
    assert scores["by_root"] == {"YIELD": 1.0}
    assert scores["quad_macro_f1"] == 1


def test_a_quad_that_is_given_counts_instead_of_that_of_the_root(tmp_path, told):
    told("YIELD")
    rows = [(SENTENCE, "YIELD", "1")]
    header = "marked_sentence\tgold_root\tgold_penta"
    assert score(table(tmp_path / "a.tsv", *rows, header=header))["quad_macro_f1"] == 0
    assert score(table(tmp_path / "b.tsv", (SENTENCE, "YIELD", " "), header=header))["quad_macro_f1"] == 1


def test_two_sides(tmp_path, told):
    told("ASSAULT", "SUPPORT")
    file = table(tmp_path / "a.tsv", (SENTENCE, "1"), (CALL, "0"), header="marked_sentence\tgold_binary")
    scores = score(file, errors=True)
    assert set(scores) == COMMON | with_intervals("binary_macro_f1") | {"errors"}
    check_common(scores, "relations", 2)
    assert (scores["binary_macro_f1"], scores["errors"]) == (1, [])
    scores = score(file, cooperation=1, errors=True)
    assert scores["binary_macro_f1"] == 0
    assert scores["errors"][0] == f"cooperation read as conflict: {SENTENCE}"


def test_the_side_is_that_of_all_its_roots_together(tmp_path, monkeypatch):
    shares = np.array([[0.06 if QUADS[root] > 2 else 0.0 for root in ROOTS]])
    shares[0, ROOTS.index("AID")] = 1 - shares.sum()
    assert shares.argmax() == ROOTS.index("AID")
    monkeypatch.setattr("foedera.evaluation.relations._shares", lambda rows, file, using: shares)
    scores = score(table(tmp_path / "a.tsv", (SENTENCE, "ASSAULT")))
    assert (scores["root_accuracy"], scores["binary_macro_f1"]) == (0, 1)


def test_columns_in_any_order_and_quotation_marks_as_they_are(tmp_path):
    header = "sentence_id\tgold_root\tnote\tmarked_sentence"
    quoted = '<s>"Kenya</s> shelled <t>the "camp"</t>'
    scores = score(table(tmp_path / "a.tsv", ("1", "AID", '"', quoted), ("2", "AID", "", CALL), header=header))
    assert scores["n"] == 2


def test_parties_far_apart_in_a_sentence_of_several_parts(tmp_path):
    gap = " and ".join(f"visitor {k}" for k in range(200))
    rows = [
        (f"<s>Kenya</s> saw {gap} and <t>Uganda</t>.", "AID"),
        (f"<s>Kenya</s> and <t>Uganda</t> saw {gap}.", "AID"),
        (f"After {gap}, <s>Kenya</s> saw <t>Uganda</t>.", "AID"),
        (f"<s>Kenya, with {gap},</s> saw nobody.", "AID"),
    ]
    assert score(table(tmp_path / "a.tsv", *rows))["n"] == 4


def test_one_party_may_be_nobody(tmp_path):
    rows = [("<s>Kenya</s> stood by.", "AID"), ("Shots hit <t>Kenya</t>.", "ASSAULT")]
    assert score(table(tmp_path / "a.tsv", *rows))["n"] == 2


@pytest.mark.parametrize(
    ("header", "rows", "line"),
    [
        ("marked_sentence\troot", [(SENTENCE, "AID")], ":1"),
        ("sentence\tgold_root", [(SENTENCE, "AID")], ":1"),
        ("marked_sentence,gold_root", [(SENTENCE, "AID")], ":1"),
        ("marked_sentence\tgold_root", [(SENTENCE, "AID"), (SENTENCE, "WAR")], ":3"),
        ("marked_sentence\tgold_root", [(SENTENCE, "")], ":2"),
        ("marked_sentence\tgold_root", [(SENTENCE,)], ":2"),
        ("marked_sentence\tgold_root", [(SENTENCE, "AID"), ("Kenya met Uganda.", "AID")], ":3"),
        ("marked_sentence\tgold_root", [("<s> </s>", "AID")], ":2"),
        ("marked_sentence\tgold_root\tgold_penta", [(SENTENCE, "AID", "5")], ":2"),
        ("marked_sentence\tgold_binary", [(SENTENCE, "0"), (SENTENCE, "2")], ":3"),
        ("marked_sentence\tgold_binary", [(SENTENCE,)], ":2"),
        ("marked_sentence\tgold_root", [], ""),
    ],
)
def test_what_is_refused(tmp_path, header, rows, line):
    file = table(tmp_path / "a.tsv", *rows, header=header)
    assert refusal(evaluate_relations, file) == f"{file}{line}"


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(evaluate_relations, tmp_path / "none.tsv") == str(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("sentence", "source", "target"),
    [
        (SENTENCE, "Kenya", "the Ugandan camp"),
        ("<s> Kenya </s>met <t>Peru </t>.", "Kenya", "Peru"),
        ("<s>the <t>Kenyan</t> army</s> met.", "the Kenyan army", "Kenyan"),
        ("<t>the <s>Kenyan</s></t> army met.", "Kenyan", "the Kenyan"),
        ("<s>Kenya</s> met.", "Kenya", None),
        ("<t>Kenya</t> was met.", None, "Kenya"),
        ("<s>Kenya</s> and <s>Peru</s> met <t>Chad</t> and <t>Mali</t>.", "Kenya", "Chad"),
        ("Kenya met <s></s><t> </t>.", None, None),
        ("Kenya <s>met", None, None),
        ("", None, None),
        ("1 < 2 and <b>Kenya</b> > <s>x</s>", "x", None),
    ],
)
def test_marks(sentence, source, target):
    text, first, second = unmarked(sentence)
    assert not any(mark in text for mark in ("<s>", "</s>", "<t>", "</t>"))
    assert [span and text[slice(*span)] for span in (first, second)] == [source, target]


@given(st.lists(st.sampled_from(["<s>", "</s>", "<t>", "</t>", " ", "Kenya", "<", ">", "é"]), max_size=12))
def test_marks_in_any_order_leave_the_text(pieces):
    sentence = "".join(pieces)
    text, *spans = unmarked(sentence)
    assert text == "".join(p for p in pieces if p not in ("<s>", "</s>", "<t>", "</t>"))
    for span in filter(None, spans):
        assert 0 <= span[0] < span[1] <= len(text)
        assert text[slice(*span)] == text[slice(*span)].strip()

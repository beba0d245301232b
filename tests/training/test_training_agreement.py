"""Agreement between two labellings, and the pairs that it is measured on."""

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.agreement import SIZE, kappa, pairs_of, report, sample
from training.annotations import parse

from training import agreement


def pairs(*lines):
    return set(pairs_of(parse([*lines], "x")))


def test_kappa_by_hand():
    # 3 of 4 agree; by chance (3·2 + 1·2) / 16 = 1/2 do.
    assert kappa("aaab", "aabb") == pytest.approx(0.5)
    assert kappa("ab", "ab") == 1
    assert kappa("ab", "ba") == -1


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2).filter(lambda p: len(set(p)) > 1)
)
def test_kappa_is_the_same_both_ways_and_never_above_one(items):
    one, two = zip(*items, strict=True)
    assert kappa(one, two) == pytest.approx(kappa(two, one))
    assert kappa(one, two) <= 1
    assert (kappa(one, two) == pytest.approx(1)) == (one == two)


def test_pairs_with_a_type_and_pairs_without():
    found = pairs(
        "[a:state Peru] aided [b:state Chad] as [c:person Osei] slept [:time then].", "AID a > b @aided happened"
    )
    assert ("a", "b", "AID") in found
    assert ("a", "c", "none") in found
    assert ("c", "b", "none") in found
    assert ("b", "a", "none") not in found
    assert {x for a, b, _ in found for x in (a, b)} == set("abc")


def test_what_is_done_together_holds_both_ways():
    found = pairs("[a:state Peru] met [b:state Chad].", "CONSULT a = b @met happened")
    assert found == {("a", "b", "CONSULT"), ("b", "a", "CONSULT")}


def test_other_names_of_an_actor_are_not_unrelated():
    found = pairs(
        "[a:state Peru] aided [b:state Chad], where [c:state Lima] is loved.", "AID a > b @aided happened", "SAME a c"
    )
    assert found == {("a", "b", "AID")}


@pytest.fixture
def folder(tmp_path):
    """Authored sentences of one slice, half of them without an event, and a file that is not among the slices."""
    lines = []
    for k in range(4 * SIZE):
        label = "NONE" if k % 2 else "AID a > b @aided happened"
        lines.append(f"[a:state Peru] aided [b:state Chad] for the {k}th time.\n{label}\n")
    (tmp_path / "africa-01.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "other-01.txt").write_text("[a:state Peru] met [b:state Fiji].\nCONSULT a = b @met happened\n", "utf-8")
    return tmp_path


def test_a_sample_is_drawn_alike_each_time_and_marks_its_pairs(folder):
    found = sample(folder)
    assert found == sample(folder)
    assert len(found) == len({text for _, text, _ in found}) == SIZE
    assert {kind for *_, kind in found} == {"AID", "none"}
    assert sum(kind == "none" for *_, kind in found) == SIZE * agreement.NONE_SHARE
    assert all(text.count("<s>") == text.count("</t>") == 1 for _, text, _ in found)
    assert any(text.startswith("<s>Peru</s> aided <t>Chad</t>") for _, text, _ in found)
    assert not any("Fiji" in text for _, text, _ in found)


@pytest.fixture
def labelled(folder, monkeypatch):
    """A blind file of the sample, and a way to label it."""
    rows = sample(folder)
    monkeypatch.setattr(agreement, "sample", lambda: rows)
    blind = folder / "blind.tsv"
    blind.write_text("".join(f"{k}\t{text}\n" for k, (_, text, _) in enumerate(rows, 1)), encoding="utf-8")

    def label(*kinds):
        (folder / "labels.tsv").write_text("".join(f"{k}\t{kind}\n" for k, kind in enumerate(kinds, 1)), "utf-8")
        return report(blind, folder / "labels.tsv")

    return rows, label


def test_a_second_labelling_that_agrees(labelled, folder):
    rows, label = labelled
    assert label(*(kind for *_, kind in rows)) == f"{SIZE} pairs, {SIZE} agree (1.000), kappa 1.000"
    assert (folder / "disagreements.tsv").read_text("utf-8").splitlines() == ["place\tfirst\tsecond\tsentence"]


def test_disagreements_are_written_down(labelled, folder):
    rows, label = labelled
    said = [kind for *_, kind in rows]
    said[7] = "COERCE"
    assert label(*said).startswith(f"{SIZE} pairs, {SIZE - 1} agree")
    with (folder / "disagreements.tsv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file, delimiter="\t")
    assert row == {"place": rows[7][0], "first": rows[7][2], "second": "COERCE", "sentence": rows[7][1]}


def test_only_what_the_second_coder_labelled_counts(labelled):
    rows, label = labelled
    assert label(*(kind for *_, kind in rows[:40])).startswith("40 pairs, 40 agree")


def test_labels_of_other_sentences_are_refused(labelled, folder):
    rows, label = labelled
    said = [kind for *_, kind in rows]
    label(*said)
    blind = folder / "blind.tsv"
    lines = blind.read_text("utf-8").splitlines()
    random.Random(1).shuffle(lines)
    blind.write_text(
        "\n".join(f"{k}\t{line.partition(chr(9))[2]}" for k, line in enumerate(lines, 1)), encoding="utf-8"
    )
    with pytest.raises(SystemExit, match="earlier state"):
        label(*said)

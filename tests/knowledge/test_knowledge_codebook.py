"""The codebook: sixteen types, and a meaning for every label that is printed."""

import pytest

from foedera.knowledge import CODEBOOK_VERSION, contexts, explain, load_table, modes, plover_types, sectors
from foedera.model import BASES, BLOCK_KINDS, MEETING_KINDS, MEETING_STATUSES, STAGES, STANCES, STATUSES
from foedera.model.errors import REJECT_REASONS, UnknownCode

QUADS = {
    1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    2: {"COOPERATE", "AID", "RETREAT"},
    3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}


def test_the_sixteen_types_stand_in_their_quads():
    assert {q: {t.code for t in plover_types().values() if t.quad == q} for q in QUADS} == QUADS


def test_scores_follow_the_quads():
    for kind in plover_types().values():
        assert -10 <= kind.score <= 10
        assert (kind.score > 0) == (kind.quad <= 2) or kind.score == 0
        assert kind.text


@pytest.mark.parametrize(
    ("code", "score", "mode", "of_mode"),
    [("AID", 10, None, None), ("ASSAULT", -9, "aerial", -9.5), ("CONSULT", 2.5, "visit", 4), ("RETREAT", 6.5, "disarm",
    10),
     ("REQUEST", 0, "meet", 0), ("COERCE", -7, "cyber", -7)],
)  # fmt: skip
def test_scores_of_the_codebook(code, score, mode, of_mode):
    kind = plover_types()[code]
    assert kind.score == score
    assert mode is None or kind.modes[mode] == of_mode


def test_modes_of_types_are_all_explained():
    assert {m for t in plover_types().values() for m in t.modes} == set(modes())


def test_the_lexicon_uses_only_codes_of_the_codebook():
    for row in load_table("predicates"):
        if row["family"] == "event":
            assert row["label"] in plover_types(), row["id"]
            assert {m for m in row["modes"].split("|") if m} <= set(plover_types()[row["label"]].modes), row["id"]
        assert {c for c in row["contexts"].split("|") if c} <= set(contexts()), row["id"]


@pytest.mark.parametrize(
    "labels",
    [STAGES, STANCES, MEETING_KINDS, MEETING_STATUSES, tuple(STATUSES), tuple(BASES), tuple(BLOCK_KINDS),
    tuple(REJECT_REASONS),
     ("AGREE", "aerial", "GOV", "military")],
)  # fmt: skip
def test_every_label_is_explained(labels):
    for label in labels:
        assert all(entry.text for entry in explain(label))


def test_case_and_blanks_do_not_matter():
    assert explain(" agree ") == explain("AGREE")


def test_a_label_may_mean_several_things():
    assert {e.kind for e in explain("withdraw")} == {"mode"}
    assert len({(e.kind, e.text) for e in explain("meeting")} | {(e.kind, e.text) for e in explain("planned")}) >= 2


def test_no_label_lists_all():
    everything = explain()
    assert {e.kind for e in everything} >= {"type", "mode", "context", "sector", "status", "stance"}
    assert {e.label for e in everything if e.kind == "type"} == set(plover_types())
    assert len(everything) == len(set(everything))


def test_an_unknown_label_is_refused_with_a_remedy():
    with pytest.raises(UnknownCode, match="foedera explain"):
        explain("NONSENSE")


def test_sectors_and_version():
    assert {"GOV", "MIL", "LEG", "ELI", "IGO", "UNK"} <= set(sectors())
    assert CODEBOOK_VERSION

"""Claims other than events: key fields, what is reported beside them, and what may be half right."""

import pytest
from evaluation_rows import CLAIM_KINDS

from foedera.evaluation import KINDS, evaluate_claims, score_claims
from foedera.model.errors import UsageError

EVIDENCE = "Ruritania's envoy said on Monday that the fishing pact with Sylvania would be signed next week."
ITEMS = {
    "statements": {
        "speaker": "Rudolf Elphberg",
        "side": ["RUR"],
        "stance": [{"target": "SYL", "stance": "supportive"}],
    },
    "agreements": {"agreement": "fishing pact", "parties": ["RUR", "SYL"], "stage": "signed", "status": "planned"},
    "meetings": {"participants": ["RUR", "SYL"], "status": "scheduled"},
    "figures": {"value": 2_000_000, "currency": None, "country": "RUR", "status": "happened"},
    "incidents": {"parties": ["RUR", "SYL"], "status": "happened"},
    "policies": {"country": "RUR", "status": "happened"},
    "capabilities": {"country": "RUR", "partners": ["SYL"], "status": "planned"},
}


def item(kind, **changes):
    return {**ITEMS[kind], "evidence": EVIDENCE, "date": {"value": "2019-03"}, **changes}


def scored(kind, rows, items, **options):
    return score_claims(kind, {"a.txt": rows}, {"a.txt": items}, **options)


def test_the_kinds_are_those_of_the_record_but_events():
    assert set(KINDS) == set(CLAIM_KINDS) == set(ITEMS)


@pytest.mark.parametrize("kind", ITEMS)
def test_a_right_row_is_right_in_everything(kind):
    out = scored(kind, [item(kind)], [item(kind)])
    assert (out["f1"], out["precision"], out["recall"], out["n"]) == (1, 1, 1, 1)
    accuracies = [value for key, value in out.items() if key.endswith("_accuracy")]
    assert accuracies
    assert set(accuracies) == {1}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("statements", {"speaker": "Antoinette de Mauban"}),
        ("statements", {"side": ["SYL"]}),
        ("agreements", {"parties": ["BOR"]}),
        ("agreements", {"stage": "suspended"}),
        ("meetings", {"participants": ["RUR"]}),
        ("meetings", {"status": "held"}),
        ("figures", {"value": 2_100_000}),
        ("figures", {"value": None}),
        ("figures", {"currency": "USD"}),
        ("figures", {"country": "SYL"}),
        ("incidents", {"parties": ["RUR"]}),
        ("policies", {"country": "SYL"}),
        ("capabilities", {"country": "BOR"}),
        ("capabilities", {"partners": ["BOR"]}),
        *((kind, {"evidence": "Nothing of the sort was written anywhere."}) for kind in ITEMS),
    ],
)
def test_a_wrong_key_field_finds_nothing_and_counts_as_spurious(kind, change):
    out = scored(kind, [item(kind, **change)], [item(kind)])
    assert (out["recall"], out["precision"], out["system"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("kind", "change", "key"),
    [
        ("statements", {"stance": [{"target": "SYL", "stance": "hostile"}]}, "stance_accuracy"),
        ("statements", {"stance": []}, "stance_accuracy"),
        ("agreements", {"status": "denied"}, "status_accuracy"),
        ("figures", {"status": "planned"}, "status_accuracy"),
        ("meetings", {"date": {"value": "2019-03-04"}}, "date_accuracy"),
    ],
)
def test_what_is_only_reported_does_not_decide_what_is_found(kind, change, key):
    out = scored(kind, [item(kind, **change)], [item(kind)])
    assert (out["f1"], out[key]) == (1, 0)


def test_half_right_acts_are_missed_and_spurious_and_reported():
    out = scored("agreements", [item("agreements", stage="suspended")], [item("agreements")], errors=True)
    assert (out["recall"], out["system"], out["stage_accuracy"]) == (0, 1, 0)
    assert [line.split(" | ")[0] for line in out["errors"]] == ["wrong stage a.txt"]
    assert "status_accuracy" not in out


def test_an_agreement_that_lists_its_acts_is_one_item_an_act():
    acts = [{"stage": "signed", "evidence": EVIDENCE}, {"stage": "ratified", "evidence": EVIDENCE, "tier": "extra"}]
    whole = {"agreement": "fishing pact", "parties": ["RUR", "SYL"], "acts": acts}
    out = scored("agreements", [item("agreements"), item("agreements", stage="ratified")], [whole])
    assert (out["n"], out["system"], out["f1"]) == (1, 1, 1)


def test_repetitions_and_extra_items_count_neither_way():
    out = scored("policies", [item("policies")] * 3, [item("policies")])
    assert (out["precision"], out["system"]) == (1, 1)
    out = scored("policies", [item("policies")], [item("policies", tier="extra")])
    assert (out["n"], out["system"]) == (0, 0)


def test_a_passage_inside_the_other_is_evidence_unless_it_is_tiny():
    short = "the fishing pact with Sylvania would be signed"
    assert scored("policies", [item("policies", evidence=short)], [item("policies")])["recall"] == 1
    assert scored("policies", [item("policies", evidence="fishing pact with")], [item("policies")])["recall"] == 0


def test_amounts_without_a_number_are_found_by_rows_that_say_so():
    vague = item("figures", value=None)
    assert scored("figures", [item("figures", value=3.0, approximate=True)], [vague])["recall"] == 1
    assert scored("figures", [item("figures", value=3.0)], [vague])["recall"] == 0


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(UsageError, match="statements, agreements"):
        evaluate_claims("events", tmp_path, process=lambda page: (None, []))

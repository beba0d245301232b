"""Events: what finds a gold event, what counts against precision, and what is forgiven."""

import pytest
from evaluation_rows import perturbed

from foedera.evaluation import score_events

EVIDENCE = "Ruritania recalled its envoy from Sylvania on the first day of March after the border closed."
OTHER = "A week later both capitals agreed to reopen talks on fishing rights in the strait."


def gold(**changes):
    return {"type": "REJECT", "source": [{"code": "RUR"}], "target": [{"code": "SYL"}], "date": {"value": "2019-03"},
            "status": "happened", "evidence": EVIDENCE, **changes}  # fmt: skip


def row(**changes):
    return gold(**{"date": "2019-03", **changes})


def scored(rows, items, **options):
    return score_events({"a.txt": rows}, {"a.txt": items}, **options)


def test_a_right_row_is_right_in_everything():
    out = scored([row()], [gold()])
    assert {key: out[key] for key in out if not key.endswith(("_low", "_high"))} == {
        "full_f1": 1, "full_precision": 1, "full_recall": 1, "quad_f1": 1, "quad_precision": 1, "quad_recall": 1,
        "date_accuracy": 1, "status_accuracy": 1, "evidence_accuracy": 1, "n": 1, "system": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "full", "quad"),
    [
        ({"type": "ACCUSE"}, 0, 1),
        ({"type": "AGREE"}, 0, 0),
        ({"source": "SYL", "target": "RUR"}, 0, 0),
        ({"target": None}, 0, 0),
        ({"source": "RUR;SYL"}, 0, 0),
        ({"source": ["RUR GOV"]}, 1, 1),
        ({"evidence": "the"}, 1, 1),
    ],
)
def test_type_and_actors_decide_what_is_found(change, full, quad):
    out = scored([row(**change)], [gold()])
    assert (out["full_recall"], out["quad_recall"]) == (full, quad)


def test_what_gold_accepts_is_right():
    item = gold(accept_types=["ACCUSE"], accept_status=["planned"], date={"value": "2019-03", "accept": ["2019-03-01"]})
    out = scored([row(type="ACCUSE", status="planned", date={"value": "2019-03-01"})], [item])
    assert (out["full_f1"], out["status_accuracy"], out["date_accuracy"]) == (1, 1, 1)


def test_a_day_where_gold_has_a_month_is_wrong():
    assert scored([row(date="2019-03-01")], [gold()])["date_accuracy"] == 0


def test_symmetric_events_ignore_direction_and_allow_dyads():
    item = gold(type="CONSULT", symmetric=True, source=["RUR", "SYL", "BOR"], target=[])
    dyads = [row(type="CONSULT", source="SYL", target="RUR"), row(type="CONSULT", source="BOR", target="RUR")]
    out = scored(dyads, [item])
    assert (out["full_f1"], out["system"]) == (1, 1)
    assert scored([row(type="CONSULT", source="SYL", target=None)], [item])["full_f1"] == 0


def test_a_restatement_is_forgiven_only_under_the_same_type():
    assert scored([row(), row()], [gold()])["system"] == 1
    assert scored([row(), row(type="ACCUSE")], [gold(accept_types=["ACCUSE"])])["system"] == 2
    assert scored([row(), row(evidence=OTHER)], [gold()])["system"] == 2


def test_extra_items_count_neither_way():
    out = scored([row(), row(type="AGREE", evidence=OTHER)], [gold(), gold(type="AGREE", evidence=OTHER, tier="extra")])
    assert (out["n"], out["system"], out["full_f1"]) == (1, 1, 1)
    assert scored([row()], [gold(), gold(type="AGREE", evidence=OTHER, tier="extra")])["full_recall"] == 1


def test_errors_name_what_was_missed_and_what_was_spurious():
    out = scored([row(type="AGREE")], [gold(id="e7")], errors=True)
    assert [line.split(" | ")[0] for line in out["errors"]] == [
        "spurious a.txt AGREE RUR->SYL 2019-03", "missed a.txt e7 REJECT RUR->SYL 2019-03",
    ]  # fmt: skip
    assert "errors" not in scored([], [gold()])


def test_nothing_found_is_zero_and_accuracies_do_not_apply():
    out = scored([], [gold()])
    assert (out["full_f1"], out["full_precision"], out["date_accuracy"]) == (0, 0, None)


def test_rows_of_documents_without_gold_are_left_out():
    assert score_events({"b.txt": [row()]}, {"a.txt": [gold()]})["system"] == 0


def test_the_gold_itself_is_perfect_and_every_type_at_once_does_not_pay(demo_gold):
    items = {name: content["events"] for name, content in demo_gold.items()}
    assert score_events(items, items)["full_f1"] == 1
    every = [
        {**e, "type": kind}
        for e in items["01_lock_on_wire.txt"]
        for kind in ("ACCUSE", "AGREE", "AID", "ASSAULT", "RETREAT")
    ]
    assert score_events({"01_lock_on_wire.txt": every}, items)["full_precision"] < 0.3


def test_intervals_hold_the_figure_and_are_the_same_each_time(demo_gold):
    items = {name: content["events"] for name, content in demo_gold.items()}
    rows = {name: perturbed(some, 5) for name, some in items.items()}
    out = score_events(rows, items)
    for name in ("full_f1", "quad_f1", "date_accuracy"):
        assert 0 <= out[f"{name}_low"] < out[name] < out[f"{name}_high"] <= 1
    assert score_events(rows, items) == out

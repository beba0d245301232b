"""Counts per dyad."""

from hypothesis import given
from hypothesis import strategies as st

from foedera.relations import dyad_counts, dyads_of

CODES = ["FRA", "DEU", "POL", None]


def event(kind, source, target=(), *, symmetric=False, status="happened", alleged=False):
    actors = [[{"code": code} for code in side] for side in (source, target)]
    return {"type": kind, "source": actors[0], "target": actors[1], "symmetric": symmetric, "status": status,
            "alleged": alleged}  # fmt: skip


def test_a_joint_act_is_between_all_that_take_part():
    assert dyads_of(event("CONSULT", ["POL", "FRA", "DEU"], symmetric=True)) == (
        ("DEU", "FRA"), ("DEU", "POL"), ("FRA", "POL"),
    )  # fmt: skip


def test_a_mediator_has_a_dyad_with_each_party_and_the_parties_none():
    assert dyads_of(event("CONSULT", ["FRA"], ["POL", "DEU"])) == (("DEU", "FRA"), ("FRA", "POL"))


def test_within_one_country_there_is_no_dyad():
    assert dyads_of(event("COERCE", ["FRA"], ["FRA"])) == ()


def test_counts_by_quad_class_leave_out_what_did_not_happen():
    rows = [
        event("AGREE", ["FRA"], ["DEU"]), event("AID", ["DEU"], ["FRA"]), event("ACCUSE", ["FRA"], ["DEU"]),
        event("ASSAULT", ["FRA"], ["DEU"], status="hypothetical"), event("ASSAULT", ["FRA"], ["DEU"], alleged=True),
        event("ASSAULT", ["FRA"], ["POL"], status="ongoing"),
    ]  # fmt: skip
    first, second = dyad_counts(rows)
    assert (first.parties, first.quads, first.events) == (("DEU", "FRA"), (1, 1, 1, 0), (0, 1, 2))
    assert (second.parties, second.quads) == (("FRA", "POL"), (0, 0, 0, 1))


SIDES = st.lists(st.sampled_from(CODES), max_size=3)


@given(st.lists(st.tuples(SIDES, SIDES, st.booleans())))
def test_every_counted_event_has_the_dyad(rows):
    events = [event("AGREE", s, t, symmetric=y) for s, t, y in rows]
    for dyad in dyad_counts(events):
        assert sum(dyad.quads) == len(dyad.events)
        assert all(dyad.parties in dyads_of(events[position]) for position in dyad.events)

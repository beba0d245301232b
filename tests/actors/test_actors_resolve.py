"""From a phrase to a code, a sector and a name as of a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedera.actors import directory, resolve
from foedera.knowledge import cells, load_table, sectors


@pytest.mark.parametrize(
    ("phrase", "code", "sector", "basis"),
    [
        ("Kenya", "KEN", "GOV", "state"),
        ("Brazilian", "BRA", "GOV", "adjective"),
        ("Ottawa", "CAN", "GOV", "capital"),
        ("Ghanaian fishermen", "GHA", "AGR", "adjective"),
        ("the Peruvian Navy", "PER", "MIL", "adjective"),
        ("the Norwegian Defence Ministry", "NOR", "MIL", "adjective"),
        ("the Swiss parliament", "CHE", "LEG", "adjective"),
        ("the Supreme Court of Kenya", "KEN", "JUD", "state"),
        ("Indian police", "IND", "COP", "adjective"),
        ("Pakistani rebels", "PAK", "REB", "adjective"),
        ("ECOWAS", "ECOWAS", "IGO", "organisation"),
        ("the ambassador of Chile to Peru", "CHL", "GOV", "state"),
        ("the Chilean ambassador to Peru", "CHL", "GOV", "adjective"),
        ("the former Kenyan foreign minister", "KEN", "ELI", "adjective"),
    ],
)
def test_codes_and_sectors(phrase, code, sector, basis):
    actor = resolve(phrase).actor
    assert (actor.code, actor.sector, actor.basis, actor.mention) == (code, sector, basis, phrase)


@pytest.mark.parametrize(
    "phrase", ["a bakery", "the minister", "President Kim", "Kim", "nobody", "", "—", "the rain in spring"]
)
def test_what_is_unknown_stays_unknown(phrase):
    assert resolve(phrase, dt.date(2018, 1, 1)).actor.code is None


@pytest.mark.parametrize(
    ("phrase", "on", "sector", "name", "role"),
    [
        ("President Uhuru Kenyatta", "2015-05-01", "GOV", "Uhuru Kenyatta", "President"),
        ("then-President Uhuru Kenyatta", "2015-05-01", "GOV", "Uhuru Kenyatta", "President"),
        ("Uhuru Kenyatta", "2024-05-01", "ELI", "Uhuru Kenyatta", "former President"),
        ("former President Uhuru Kenyatta", "2024-05-01", "ELI", "Uhuru Kenyatta", None),
        ("Prime Minister Trudeau", "2018-01-01", "GOV", "Justin Trudeau", "Prime Minister"),
        ("Vladimir Putin", "2010-01-01", "GOV", "Vladimir Putin", "Prime Minister"),
        ("Vladimir Putin", "2014-01-01", "GOV", "Vladimir Putin", "President"),
        ("Angela Merkel", "2010-01-01", "GOV", "Angela Merkel", "Chancellor"),
        ("Angela Merkel", "2024-01-01", "ELI", "Angela Merkel", "former Chancellor"),
    ],
)
def test_office_holders_as_of_a_day(phrase, on, sector, name, role):
    found = resolve(phrase, dt.date.fromisoformat(on))
    assert (found.actor.sector, found.actor.name) == (sector, name)
    assert role is None or found.role == role


def test_a_surname_of_several_is_nobody_unless_the_day_tells():
    assert resolve("Bush").actor.name is None
    assert resolve("Bush", dt.date(2003, 1, 1)).actor.name == "George W. Bush"


def test_the_country_beside_a_name_tells_which_office_is_meant():
    assert resolve("former Chilean president Michelle Bachelet", dt.date(2024, 1, 1)).actor.code == "CHL"


def test_a_state_comes_before_a_surname_without_an_office():
    assert resolve("Montenegro").actor.code == "MNE"
    assert resolve("Prime Minister Montenegro", dt.date(2025, 1, 1)).actor.code == "PRT"


def test_another_first_name_is_another_person():
    assert resolve("Arnold Trudeau", dt.date(2018, 1, 1)).actor.name is None


def test_what_the_article_names_decides_between_meanings():
    assert resolve("Congolese troops", among=frozenset({"COG"})).actor.code == "COG"
    assert resolve("Congolese troops", among=frozenset({"COD"})).actor.code == "COD"
    found = resolve("Congolese troops").actor
    assert {found.code, *found.candidates} == {"COD", "COG"}


def test_states_that_ended_hold_only_in_their_time():
    assert resolve("Soviet Union", dt.date(1980, 1, 1)).actor.code == "SUN"


def test_offices_carry_role_level_and_expertise():
    assert resolve("the Kenyan foreign minister").level == "minister"
    assert resolve("the Kenyan president").level == "head_of_state"
    assert resolve("a Kenyan professor").expert
    assert not resolve("the Kenyan president").expert


def test_every_standing_state_resolves_by_its_name():
    for row in load_table("states"):
        if not row["end"]:
            found = resolve(row["name"], dt.date(2024, 1, 1)).actor
            assert row["code"] in (found.code, *found.candidates), row["name"]


def test_every_organisation_resolves_by_its_name():
    wrong = [row["name"] for row in load_table("organisations") if not any(
        x.code == row["code"] for x in directory().named(row["name"]))]  # fmt: skip
    assert wrong == []


def test_aliases_of_holders_are_listed():
    row = next(r for r in load_table("holders") if cells(r["aliases"]))
    assert any(x.name == row["person"] for x in directory().named(cells(row["aliases"])[0]))


@given(st.text(max_size=80), st.one_of(st.none(), st.dates()))
def test_any_phrase_is_answered_with_a_known_sector(phrase, on):
    actor = resolve(phrase, on).actor
    assert actor.sector is None or actor.sector in sectors()
    assert 0 <= actor.confidence <= 1
    assert actor.mention == phrase


def test_an_unknown_bearer_of_two_tabled_surnames_is_nobody_else():
    found = resolve("Deputy Prime Minister Hong Nam-dal", dt.date(2019, 7, 4), among=frozenset({"KOR"}))
    assert found.actor.name is None
    assert found.actor.code is None

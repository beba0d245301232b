"""The table of places: form, keys and agreement with the tables of states and seats."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

TABLES = files("foedera.knowledge") / "tables"
COLUMNS = ["name", "aliases", "code", "kind", "disputed", "ambiguous", "source", "checked"]
KINDS = frozenset({"city", "region", "island", "base", "border", "water", "venue"})

Row = dict[str, str]


def read(name: str) -> list[Row]:
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def cells(value: str) -> list[str]:
    return value.split("|") if value else []


def forms_of(row: Row) -> list[str]:
    return [row["name"], *cells(row["aliases"])]


@pytest.fixture(scope="module")
def places() -> list[Row]:
    return read("places")


@pytest.fixture(scope="module")
def states() -> list[Row]:
    return read("states")


@pytest.fixture(scope="module")
def owners(places: list[Row]) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in places:
        for form in forms_of(row):
            found[form.casefold()].append(row)
    return found


def test_columns_and_explanatory_head(places: list[Row]) -> None:
    raw = (TABLES / "places.csv").read_bytes()
    assert raw.startswith(b"#")
    assert b"\r" not in raw
    assert all(list(row) == COLUMNS and None not in row.values() for row in places)


def test_table_is_large_and_covers_many_states(places: list[Row]) -> None:
    assert len(places) >= 900
    assert len({row["code"] for row in places}) >= 150


def test_keys_are_unique_and_rows_sorted(places: list[Row]) -> None:
    keys = [(row["name"], row["code"], row["kind"]) for row in places]
    assert not [key for key, n in Counter(keys).items() if n > 1]
    assert keys == sorted(keys)


def test_cells_are_tidy(places: list[Row]) -> None:
    for row in places:
        assert row["name"], row
        for column, value in row.items():
            items = cells(value)
            assert all(item and item == " ".join(item.split()) for item in items), (row, column)
            assert len(items) == len({item.casefold() for item in items}), (row, column)
        assert "|" not in row["name"], row
        assert row["name"].casefold() not in {alias.casefold() for alias in cells(row["aliases"])}, row


def test_closed_lists(places: list[Row]) -> None:
    assert {row["kind"] for row in places} == KINDS
    assert {row["ambiguous"] for row in places} == {"y", "n"}
    assert {row["checked"] for row in places} <= {"y", "n"}


def test_rows_name_their_source_and_whether_they_were_checked(places: list[Row]) -> None:
    assert sum(1 for row in places if row["source"] and row["checked"]) >= 0.95 * len(places)


def test_codes_are_states(places: list[Row], states: list[Row]) -> None:
    present = {row["code"] for row in states if not row["end"]}
    for row in places:
        assert {row["code"], *cells(row["disputed"])} - {""} <= present, row
        # One claimant alone is no dispute.
        assert len(cells(row["disputed"])) != 1, row


def test_places_without_state_are_shared_or_disputed(places: list[Row]) -> None:
    for row in places:
        if row["kind"] in {"city", "base"}:
            assert row["code"], row
        if row["kind"] == "island" and not row["code"]:
            assert row["disputed"] or row["name"] in {"Borneo", "Hispaniola", "New Guinea", "Timor"}, row


def test_a_form_of_two_rows_is_ambiguous_in_both(owners: dict[str, list[Row]]) -> None:
    shared = {form: rows for form, rows in owners.items() if len(rows) > 1}
    assert shared
    assert not {form for form, rows in shared.items() if any(row["ambiguous"] == "n" for row in rows)}


def test_no_form_is_a_capital(owners: dict[str, list[Row]], states: list[Row]) -> None:
    capitals = {capital.casefold() for row in states for capital in cells(row["capital"])}
    assert not capitals & set(owners)


@pytest.mark.parametrize("table", ["states", "seats"])
def test_forms_of_other_tables_agree_or_are_ambiguous(table: str, owners: dict[str, list[Row]]) -> None:
    others = [row for row in read(table) if not row["end"]]
    for other in others:
        for form in [*cells(other["name"]), *cells(other.get("aliases", ""))]:
            for row in owners.get(form.casefold(), []):
                assert row["code"] == other["code"] or row["ambiguous"] == "y", (form, row, other["code"])


@pytest.mark.parametrize(
    ("form", "code"),
    [
        *(("Nagoya", "JPN"), ("Kherson", "UKR"), ("Crimea", "UKR"), ("Xinjiang", "CHN"), ("Busan", "KOR")),
        *(("Gaza Strip", "PSE"), ("Idlib", "SYR"), ("Darfur", "SDN"), ("Ramstein", "DEU"), ("Yongbyon", "PRK")),
        *(("Catalonia", "ESP"), ("Cabo Delgado", "MOZ"), ("Essequibo", "GUY"), ("Golan Heights", "SYR")),
        *(("Dokdo", "KOR"), ("Senkaku Islands", "JPN"), ("Strait of Hormuz", ""), ("Spratly Islands", "")),
    ],
)
def test_well_known_places(form: str, code: str, owners: dict[str, list[Row]]) -> None:
    assert [(row["code"], row["ambiguous"]) for row in owners[form.casefold()]] == [(code, "n")]


@pytest.mark.parametrize("form", ["Nice", "Reading", "Mobile", "Split", "Punjab", "Brest", "Batman"])
def test_names_with_other_meanings_are_marked(form: str, owners: dict[str, list[Row]]) -> None:
    assert owners[form.casefold()]
    assert all(row["ambiguous"] == "y" for row in owners[form.casefold()])


@pytest.mark.parametrize(
    ("one", "other", "claimants"),
    [
        ("Dokdo", "Takeshima", {"KOR", "JPN"}),
        ("Senkaku Islands", "Diaoyu Islands", {"JPN", "CHN", "TWN"}),
        ("Southern Kurils", "Northern Territories", {"RUS", "JPN"}),
        ("Falkland Islands", "Malvinas", {"GBR", "ARG"}),
        ("Second Thomas Shoal", "Ren'ai Jiao", {"PHL", "CHN", "TWN", "VNM"}),
    ],
)
def test_both_names_of_disputed_islands_lead_to_one_row(
    one: str, other: str, claimants: set[str], owners: dict[str, list[Row]]
) -> None:
    (row,) = owners[one.casefold()]
    assert owners[other.casefold()] == [row]
    assert set(cells(row["disputed"])) == claimants

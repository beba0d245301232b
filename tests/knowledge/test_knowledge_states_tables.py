"""The tables of states, seats, organisations and groups: form, keys and agreement with each other."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import pairwise

import pytest

TABLES = files("foedera.knowledge") / "tables"
CODE = re.compile(r"[A-Z]{3}")
ORGANISATION_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
SECTORS = frozenset(
    {
        *("GOV", "MIL", "JUD", "LEG", "COP", "SPY", "PTY", "ELI", "OPP", "REB", "UAF", "CVL", "BUS", "MED"),
        *("NGO", "IGO", "REL", "EDU", "MOB", "LAB", "AGR", "CRM", "PRE", "PRM", "REF", "HLH", "SOC", "UNK"),
    }
)
SEAT_KINDS = frozenset({"seat", "ministry", "force", "parliament", "agency", "court", "media", "company"})
ORGANISATION_KINDS = frozenset({"alliance", "union", "grouping", "agency", "court", "bank", "ngo"})
COLUMNS = {
    "states": "code name aliases ambiguous_aliases adjectives nationals capital gw cow start end region source checked",
    "seats": "name code sector kind start end ambiguous source checked",
    "organisations": "code name aliases kind sector members members_from founded ended source checked",
    "groups": "name aliases code sector start end ambiguous source checked",
}
NAMES = tuple(COLUMNS)

Row = dict[str, str]
Tables = dict[str, list[Row]]


def read(name: str) -> list[Row]:
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def cells(value: str) -> list[str]:
    return value.split("|") if value else []


def forms_of(row: Row) -> list[str]:
    return [*cells(row["name"]), *cells(row.get("aliases", ""))]


def current(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["end"]]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return {name: read(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_columns_and_explanatory_head(name: str, tables: Tables) -> None:
    raw = (TABLES / f"{name}.csv").read_bytes()
    assert raw.startswith(b"#")
    assert b"\r" not in raw
    assert all(list(row) == COLUMNS[name].split() and None not in row.values() for row in tables[name])


@pytest.mark.parametrize(("name", "rows"), [("states", 220), ("seats", 300), ("organisations", 120), ("groups", 120)])
def test_tables_are_large_enough(name: str, rows: int, tables: Tables) -> None:
    assert len(tables[name]) >= rows


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique(name: str, tables: Tables) -> None:
    columns = ("code",) if COLUMNS[name].startswith("code") else ("name", "code", "start")
    counts = Counter(tuple(row[column].split("|")[0] for column in columns) for row in tables[name])
    assert not [key for key, n in counts.items() if n > 1]


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_tidy(name: str, tables: Tables) -> None:
    for row in tables[name]:
        for column, value in row.items():
            items = cells(value)
            assert all(item and item == item.strip() for item in items), (row, column)
            assert len(items) == len(set(items)), (row, column)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_sorted_by_their_first_column(name: str, tables: Tables) -> None:
    column = COLUMNS[name].split()[0]
    firsts = [cells(row[column])[0] for row in tables[name]]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("name", NAMES)
def test_rows_name_their_source_and_whether_they_were_checked(name: str, tables: Tables) -> None:
    rows = tables[name]
    assert {row["checked"] for row in rows} <= {"y", "n", ""}
    assert sum(1 for row in rows if row["source"] and row["checked"]) >= 0.95 * len(rows)


def test_state_codes_are_well_formed(tables: Tables) -> None:
    assert all(CODE.fullmatch(row["code"]) for row in tables["states"])


@pytest.mark.parametrize("name", ["seats", "groups"])
def test_codes_of_actors_are_states(name: str, tables: Tables) -> None:
    unknown = {row["code"] for row in tables[name]} - {row["code"] for row in tables["states"]}
    # Only a group may be at home nowhere.
    assert unknown <= ({""} if name == "groups" else set())


def test_codes_of_organisations_are_well_formed_and_no_state_codes(tables: Tables) -> None:
    codes = {row["code"] for row in tables["organisations"]}
    assert all(ORGANISATION_CODE.fullmatch(code) for code in codes)
    assert not codes & {row["code"] for row in tables["states"]}


def test_members_are_states_and_accessions_are_members(tables: Tables) -> None:
    states = {row["code"] for row in current(tables["states"])}
    for row in tables["organisations"]:
        members = cells(row["members"])
        assert set(members) <= states, row["code"]
        assert len(members) < 60, row["code"]
        for joined in cells(row["members_from"]):
            code, year = joined.split(":")
            assert code in members, (row["code"], joined)
            assert 1990 <= int(year) <= 2100, (row["code"], joined)


@pytest.mark.parametrize(
    ("code", "size"),
    [("NATO", 32), ("EUR", 27), ("ASEAN", 11), ("G7", 7), ("AU", 55), ("LAS", 22), ("OSCE", 57), ("SCO", 10)],
)
def test_known_sizes_of_organisations(code: str, size: int, tables: Tables) -> None:
    (row,) = [row for row in tables["organisations"] if row["code"] == code]
    assert len(cells(row["members"])) == size


@pytest.mark.parametrize("name", ["states", "seats", "groups"])
def test_dates_are_iso_and_ordered(name: str, tables: Tables) -> None:
    pattern = DAY if name == "states" else DATE
    for row in tables[name]:
        start, end = row["start"], row["end"]
        assert all(pattern.fullmatch(day) for day in (start, end) if day), row
        # Dates of unlike precision are compared in the part that both have.
        shared = min(len(start), len(end))
        assert start[:shared] <= end[:shared], row


def test_years_of_organisations_are_ordered(tables: Tables) -> None:
    for row in tables["organisations"]:
        assert re.fullmatch(r"\d{4}", row["founded"]), row["code"]
        assert not row["ended"] or int(row["founded"]) <= int(row["ended"]), row["code"]


def test_gleditsch_ward_numbers_are_unique_at_any_time(tables: Tables) -> None:
    periods = defaultdict(list)
    for row in tables["states"]:
        if row["gw"]:
            assert row["start"], row["code"]
            periods[row["gw"]].append((row["start"], row["end"] or "9999-12-31", row["code"]))
    for spans in periods.values():
        spans.sort()
        for (_, end, earlier), (start, _, later) in pairwise(spans):
            assert end < start, (earlier, later)


def test_all_present_states_have_a_complete_row(tables: Tables) -> None:
    sovereign = [row for row in current(tables["states"]) if row["gw"]]
    assert len(sovereign) >= 195
    assert all(row["adjectives"] and row["nationals"] and row["capital"] and row["region"] for row in sovereign)


def test_dissolved_states_and_territories_have_rows(tables: Tables) -> None:
    ended = {row["code"] for row in tables["states"] if row["end"]}
    assert {"SUN", "YUG", "SCG", "DDR", "CSK", "YMD", "YAR", "VDR", "RVN", "ZAN"} <= ended
    assert {"TWN", "PSE", "XKX", "HKG", "MAC", "GRL", "ESH"} <= {row["code"] for row in current(tables["states"])}


@pytest.mark.parametrize("columns", [("name", "aliases"), ("adjectives", "nationals"), ("capital",)])
def test_forms_of_two_present_states_are_marked_ambiguous(columns: tuple[str, ...], tables: Tables) -> None:
    owners = defaultdict(set)
    for row in current(tables["states"]):
        ambiguous = {form.casefold() for form in cells(row["ambiguous_aliases"])}
        forms = {form.casefold() for column in columns for form in cells(row[column])}
        for form in forms - ambiguous:
            owners[form].add(row["code"])
    assert not {form: codes for form, codes in owners.items() if len(codes) > 1}


@pytest.mark.parametrize("form", ["Georgia", "Jordan", "Chad", "Korea", "Koreans", "Congo", "Guinea", "North", "South"])
def test_forms_that_need_support_are_marked(form: str, tables: Tables) -> None:
    assert any(form in cells(row["ambiguous_aliases"]) for row in tables["states"])
    assert not any(form in cells(row["aliases"]) for row in tables["states"])


def test_an_alias_is_either_clear_or_ambiguous(tables: Tables) -> None:
    for row in tables["states"]:
        assert not set(cells(row["aliases"])) & set(cells(row["ambiguous_aliases"])), row["code"]


def test_beijing_and_taipei_keep_their_official_names_apart(tables: Tables) -> None:
    states = {row["code"]: set(forms_of(row)) for row in tables["states"]}
    assert "Republic of China" in states["TWN"] - states["CHN"]
    assert {"People's Republic of China", "PRC"} <= states["CHN"] - states["TWN"]


@pytest.mark.parametrize("name", ["seats", "organisations", "groups"])
def test_sectors_are_of_the_closed_list(name: str, tables: Tables) -> None:
    assert {row["sector"] for row in tables[name]} <= SECTORS


def test_kinds_are_of_the_closed_lists(tables: Tables) -> None:
    assert {row["kind"] for row in tables["seats"]} <= SEAT_KINDS
    assert {row["kind"] for row in tables["organisations"]} <= ORGANISATION_KINDS
    assert all((row["kind"] == "ngo") == (row["sector"] == "NGO") for row in tables["organisations"])


def test_clear_forms_have_one_present_owner(tables: Tables) -> None:
    owners = defaultdict(set)
    for name in ("seats", "organisations", "groups"):
        for row in tables[name]:
            # A form that passed from one owner to the next (the Kremlin, the Taliban) is told apart by the date.
            if row.get("ambiguous") != "y" and not row.get("end", row.get("ended")):
                for form in forms_of(row):
                    owners[form].add((name, row["code"], row["name"]))
    assert not {form: rows for form, rows in owners.items() if len(rows) > 1}


@pytest.mark.parametrize("form", ["SDF", "PPP", "RSF", "AFP", "MOFA", "National Assembly"])
def test_short_forms_with_several_owners_are_marked(form: str, tables: Tables) -> None:
    owned = [row for name in ("seats", "groups") for row in tables[name] if form in forms_of(row)]
    assert owned
    assert all(row["ambiguous"] == "y" for row in owned)


def test_ambiguity_is_yes_or_no(tables: Tables) -> None:
    assert {row["ambiguous"] for name in ("seats", "groups") for row in tables[name]} == {"y", "n"}

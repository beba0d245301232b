"""The tables of offices, holders, nouns, agreements and dated events keep what their headers promise."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

import foedera
from foedera.model.time import bounds

TABLES = Path(foedera.__file__).parent / "knowledge" / "tables"

# The sectors of the codebook.
SECTORS = {
    "GOV", "MIL", "LEG", "JUD", "PTY", "ELI", "SPY", "COP", "OPP", "REB", "UAF", "CVL", "BUS", "MED", "NGO", "IGO",
    "REL", "EDU", "MOB", "LAB", "AGR", "CRM", "PRE", "PRM", "REF", "HLH", "SOC", "UNK",
}  # fmt: skip
LEVELS = {
    "head_of_state", "head_of_government", "minister", "deputy_minister", "ambassador", "envoy", "spokesperson",
    "official", "legislator", "military", "judge", "leader", "expert", "business", "party", "royal", "other",
}  # fmt: skip
AGREEMENT_KINDS = {
    "treaty", "alliance", "pact", "ceasefire", "trade", "arms_control", "declaration", "arrangement", "resolution",
    "framework",
}  # fmt: skip
# One person at a time: who stands in for the holder has an office of its own ("Acting President").
SINGLE_SEAT = {
    "President", "Prime Minister", "Foreign Minister", "Defence Minister", "Chancellor", "Secretary of State",
    "Supreme Leader", "Vice President", "King", "Emperor", "Emir", "Pope", "General Secretary",
}  # fmt: skip
SINGLE_SEAT_IGO = {
    "Secretary-General", "Director-General", "High Representative", "President of the European Commission",
}  # fmt: skip

KEYS = {
    "offices.csv": ("title",),
    "holders.csv": ("person", "code", "office", "start"),
    "sectors.csv": ("noun",),
    "agreements.csv": ("name",),
    "dated_events.csv": ("name",),
}
MINIMUM = {"offices.csv": 240, "holders.csv": 1500, "sectors.csv": 450, "agreements.csv": 290, "dated_events.csv": 500}
DATES = {
    "holders.csv": ("start", "end"),
    "agreements.csv": ("signed", "in_force", "ended"),
    "dated_events.csv": ("start", "end"),
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table, comment lines left out."""
    with (TABLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(line for line in handle if not line.startswith("#")))


def overlap(a: dict[str, str], b: dict[str, str]) -> int:
    """Days for which two terms certainly overlap: the shortest terms that their precision allows."""
    start = max(bounds(r["start"])[2] for r in (a, b))
    end = min(bounds(r["end"])[1] if r["end"] else dt.date.max for r in (a, b))
    return (end - start).days


@pytest.mark.parametrize("name", KEYS)
def test_file_form(name: str) -> None:
    text = (TABLES / name).read_bytes().decode("utf-8")
    assert text.startswith("# ")
    assert "\r" not in text
    assert text.endswith("\n")
    table = rows(name)
    assert len(table) >= MINIMUM[name]
    for row in table:
        assert None not in row, row
        assert None not in row.values(), row
        assert all(value == value.strip() for value in row.values()), row


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique_and_rows_sorted(name: str) -> None:
    keys = [tuple(row[column] for column in KEYS[name]) for row in rows(name)]
    assert [k for k, n in Counter(keys).items() if n > 1] == []
    first = [k[0] for k in keys]
    assert first == sorted(first)


@pytest.mark.parametrize("name", KEYS)
def test_rows_name_a_source_and_are_checked(name: str) -> None:
    table = rows(name)
    assert all(row["checked"] in {"y", "n"} for row in table)
    sound = sum(bool(row["source"]) and row["checked"] == "y" for row in table)
    assert sound / len(table) >= 0.95


@pytest.mark.parametrize("name", DATES)
def test_dates_are_iso_and_ordered(name: str) -> None:
    for row in rows(name):
        known = [row[c] for c in DATES[name] if row[c]]
        spans = [bounds(value) for value in known]
        assert all(span[0] in {"day", "month", "year"} for span in spans), row
        if row.get("name") == "Taiwan Relations Act":  # it took effect back to the start of the year
            continue
        assert all(a[1] <= b[2] for a, b in itertools.pairwise(spans)), row


@pytest.mark.parametrize("name", ["offices.csv", "holders.csv", "sectors.csv"])
def test_sectors_are_those_of_the_codebook(name: str) -> None:
    assert {row["sector"] for row in rows(name)} <= SECTORS


@pytest.mark.parametrize(("name", "column"), [("offices.csv", "title"), ("sectors.csv", "noun")])
def test_lower_case_forms_stand_in_one_row(name: str, column: str) -> None:
    # A noun whose plural equals its singular repeats within its own row, which is no conflict.
    forms = Counter(form for row in rows(name) for form in set(row[column].split("|")))
    assert [f for f, n in forms.items() if n > 1] == []
    assert all(form and form == form.lower() for form in forms)


def test_offices_have_known_levels_and_flags() -> None:
    for row in rows("offices.csv"):
        assert row["level"] in LEVELS, row
        assert row["official"] in {"y", "n"}, row
        assert row["expert"] in {"y", "n"}, row
        assert not (row["expert"] == "y" and row["official"] == "y"), row


def test_nouns_have_singular_plural_and_kind() -> None:
    for row in rows("sectors.csv"):
        assert len(row["noun"].split("|")) == 2, row
        assert row["kind"] in {"person", "group", "vehicle", "institution"}, row


def test_no_two_holders_share_a_single_seat() -> None:
    terms: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows("holders.csv"):
        if row["office"] in SINGLE_SEAT | SINGLE_SEAT_IGO:
            terms.setdefault((row["code"], row["office"]), []).append(row)
    clashes = [
        (seat, a["person"], b["person"], overlap(a, b))
        for seat, held in terms.items()
        for a, b in itertools.combinations(held, 2)
        if overlap(a, b) > 31
    ]
    assert clashes == []


def test_holders_are_found_by_their_second_mention() -> None:
    table = rows("holders.csv")
    assert all(row["surname_first"] in {"y", "n"} for row in table)
    assert all(re.fullmatch(r"[A-Z]{2,4}", row["code"]) for row in table)
    aliases = {(row["person"], alias) for row in table for alias in row["aliases"].split("|")}
    assert {("Yoon Suk-yeol", "Yoon"), ("Fumio Kishida", "Kishida"), ("Nguyen Xuan Phuc", "Phuc")} <= aliases
    assert all(row["person"] not in row["aliases"].split("|") for row in table)


def test_a_person_is_written_one_way() -> None:
    shapes: dict[str, set[tuple[str, str]]] = {}
    for row in rows("holders.csv"):
        shapes.setdefault(row["person"], set()).add((row["aliases"], row["surname_first"]))
    assert [p for p, seen in shapes.items() if len(seen) > 1] == []


@pytest.mark.parametrize(
    ("code", "office", "day", "person"),
    [
        ("KOR", "President", "2019-08-22", "Moon Jae-in"),
        ("JPN", "Prime Minister", "2019-08-22", "Shinzo Abe"),
        ("USA", "Secretary of State", "2022-03-01", "Antony Blinken"),
        ("DEU", "Chancellor", "2008-09-15", "Angela Merkel"),
        ("NATO", "Secretary-General", "2014-12-01", "Jens Stoltenberg"),
        ("RUS", "President", "2010-06-01", "Dmitry Medvedev"),
        ("IND", "Prime Minister", "2005-01-01", "Manmohan Singh"),
        ("ZAF", "President", "1995-06-01", "Nelson Mandela"),
    ],
)
def test_who_held_an_office_on_a_day(code: str, office: str, day: str, person: str) -> None:
    date = dt.date.fromisoformat(day)
    found = {
        row["person"]
        for row in rows("holders.csv")
        if (row["code"], row["office"]) == (code, office)
        and bounds(row["start"])[1] <= date
        and (not row["end"] or date <= bounds(row["end"])[2])
    }
    assert found == {person}


def test_agreements_have_kinds_parties_and_own_names() -> None:
    table = rows("agreements.csv")
    names = Counter(n for row in table for n in [row["name"], *filter(None, row["aliases"].split("|"))])
    assert [n for n, count in names.items() if count > 1] == []
    for row in table:
        assert row["kind"] in AGREEMENT_KINDS, row
        assert row["subject"], row
        parties = [p for p in row["parties"].split("|") if p]
        assert all(re.fullmatch(r"[A-Z]{2,4}", p) for p in parties), row
        assert len(parties) == len(set(parties)), row


@pytest.mark.parametrize("name", ["holders.csv", "agreements.csv"])
def test_codes_are_those_of_states_and_organisations(name: str) -> None:
    known = {row["code"] for table in ("states.csv", "organisations.csv") for row in rows(table)}
    column = "code" if name == "holders.csv" else "parties"
    used = {code for row in rows(name) for code in row[column].split("|") if code}
    assert used - known == set()


def test_event_cues_are_well_formed() -> None:
    word = re.compile(r"[^\s*+;|A-Z]+(?: [^\s*+;|A-Z]+)?\*?")
    for row in rows("dated_events.csv"):
        assert row["lasting"] in {"y", "n"}, row
        assert 1 <= int(row["news_months"]) <= 36, row
        assert bounds(row["start"])[0] == "day", row
        for cue in row["cues"].split("; "):
            assert all(word.fullmatch(part) for part in cue.split("+")), (row["name"], cue)


def fires(cue: str, sentence: str) -> bool:
    """Whether all words of a cue occur in a lower-cased sentence."""
    return all(
        re.search(r"(?<!\w)" + re.escape(part.rstrip("*")) + (r"" if part.endswith("*") else r"(?!\w)"), sentence)
        for part in cue.split("+")
    )


def events_in(sentence: str) -> set[str]:
    """Names of the events whose cues fire in a sentence."""
    lowered = sentence.lower()
    return {r["name"] for r in rows("dated_events.csv") if any(fires(c, lowered) for c in r["cues"].split("; "))}


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Fuel prices have risen since Russia invaded Ukraine, the minister said.", "Russian invasion of Ukraine"),
        ("Israel struck back after the attack of Hamas on Oct. 7.", "Attack of Hamas on Israel"),
        ("The junta took power in Myanmar after the coup of 2021.", "Coup in Myanmar"),
        ("Kishida and Yoon met Biden at Camp David.", "Camp David summit of Biden, Kishida and Yoon"),
        ("The Taliban seized Kabul within days.", "Fall of Kabul"),
        ("Russia's annexation of Crimea changed the talks.", "Russian annexation of Crimea"),
    ],
)
def test_cues_find_their_event(sentence: str, event: str) -> None:
    assert event in events_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers met in Tokyo on Tuesday to talk about trade and security.",
        "South Korea and Japan will hold a summit next month, officials said.",
        "Russian and Ukrainian delegations discussed grain exports in Istanbul.",
        "North Korea fired a short-range missile into the sea on Friday.",
        "The best speech ever given in parliament was about fishing.",
        "China urged the United States to lift its sanctions on chip companies.",
        "Israel and Hamas traded blame for the delay.",
    ],
)
def test_ordinary_sentences_fire_no_cue(sentence: str) -> None:
    assert events_in(sentence) == set()

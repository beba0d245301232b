"""The demo corpus, its manifest and its gold annotation agree with each other and with the codebook."""

import csv
import email
import email.policy
import html
import json
import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from foedera.model.claim import MEETING_KINDS, MEETING_STATUSES, STAGES, STANCES
from foedera.model.reading import STATUSES
from foedera.model.time import Granularity, bounds

DEMO = Path(str(files("foedera.demo")))
REPORTS = DEMO / "reports"
TABLES = Path(str(files("foedera.knowledge"))) / "tables"
GOLD = Path(__file__).parents[2] / "eval" / "gold" / "demo"
GOLD_FILES = sorted(GOLD.glob("*.json"))
CLAIM_LISTS = {
    "statements": {"speaker", "role", "side", "expert", "addressee", "medium", "topic", "quote", "direct", "stance"},
    "agreements": {"agreement", "parties", "subject", "stage", "actor"},
    "meetings": {"kind", "level", "place", "participants"},
    "figures": {"measure", "value", "unit", "currency", "period", "country", "approximate", "compared_with"},
    "incidents": {"kind", "parties", "place"},
    "policies": {"country", "topic", "change"},
    "capabilities": {"country", "partners", "system", "change"},
}


def table(path: Path) -> list[dict[str, str]]:
    body = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(body, strict=True))


MANIFEST = table(DEMO / "manifest.csv")


def text_of(document: str) -> str:
    """The readable text of a report, line by line, without any of the rooms under test."""
    name, _, row = document.partition("#")
    raw = (REPORTS / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        item = json.loads(raw.splitlines()[int(row) - 1])
        return f"{item['title']}\n{item['text']}"
    if name.endswith(".eml"):
        message = email.message_from_string(raw, policy=email.policy.default)
        part = message.get_body(("plain",))
        assert part is not None
        return f"{message['subject']}\n{part.get_content()}"
    if name.endswith(".html"):
        seen = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", "", raw)
        return html.unescape(re.sub(r"<[^>]+>", "\n", seen))
    return raw


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's words that the other has too."""
    a, b = words(one), words(other)
    return (a & b).total() / min(a.total(), b.total())


def planted(kind: str) -> list[tuple[str, str]]:
    """Pairs (document, rest) of all planted items of a kind."""
    items = [(row["document"], item) for row in MANIFEST for item in row["planted"].split("|") if item]
    return [(document, item.split(":", 1)[1]) for document, item in items if item.startswith(f"{kind}:")]


def test_every_row_has_its_file_and_every_file_its_rows():
    wanted = [row["document"] for row in MANIFEST]
    found = []
    for path in sorted(REPORTS.iterdir()):
        rows = len(path.read_text(encoding="utf-8").splitlines()) if path.suffix == ".jsonl" else 0
        found += [f"{path.name}#{n + 1}" for n in range(rows)] or [path.name]
    assert wanted == found
    assert len(list(REPORTS.iterdir())) >= 18


def test_kinds_of_file():
    suffixes = Counter(path.suffix for path in REPORTS.iterdir())
    assert {k: suffixes[k] for k in (".html", ".eml", ".jsonl")} == {".html": 2, ".eml": 1, ".jsonl": 1}
    assert set(suffixes) == {".txt", ".html", ".eml", ".jsonl"}
    assert sum(row["document"].startswith("19_") for row in MANIFEST) == 3


def test_manifest_says_what_the_reports_are():
    head = (DEMO / "manifest.csv").read_text(encoding="utf-8").split("document,", 1)[0]
    assert "written for the demo from public facts" in head
    assert "not reports of real outlets" in head


@pytest.mark.parametrize("row", MANIFEST, ids=lambda row: row["document"])
def test_row(row):
    assert set(row) == {"document", "published", "outlet", "stated", "kind", "planted", "notes"}
    assert bounds(row["published"])[0] == "day"
    assert row["outlet"]
    assert row["kind"]
    assert row["stated"] in {"y", "n"}
    assert 120 <= words(text_of(row["document"])).total() <= 400


def test_stated_reports_do_not_date_themselves():
    stated = [row for row in MANIFEST if row["stated"] == "y"]
    assert stated
    for row in stated:
        assert row["published"][:4] not in text_of(row["document"])


def test_two_events_in_three_independent_reports():
    copies = {document for kind in ("copy_of", "paraphrase_of") for document, _ in planted(kind)}
    reports: dict[str, set[str]] = {}
    for document, name in planted("same_event"):
        reports.setdefault(name, set()).add(document)
    outlets = {row["document"]: row["outlet"] for row in MANIFEST}
    thrice = [d for d in reports.values() if len({outlets[x] for x in d - copies}) >= 3]
    assert len(thrice) >= 2


def test_syndicated_copy_shares_most_words():
    [(copy, original)] = planted("copy_of")
    assert overlap(text_of(copy), text_of(original)) > 0.8
    assert text_of(copy) != text_of(original)
    unrelated = [row["document"] for row in MANIFEST if row["document"] not in {copy, original}]
    assert max(overlap(text_of(original), text_of(other)) for other in unrelated) < 0.65


def test_paraphrase_has_the_altered_year_and_clumsy_synonyms():
    [(spun, rest)] = planted("paraphrase_of")
    match = re.fullmatch(r"(\S+) altered year (\d{4})->(\d{4})", rest)
    assert match
    original, true, false = match.groups()
    assert true in text_of(original)
    assert false not in text_of(original)
    assert false in text_of(spun)
    assert true not in text_of(spun)
    for word, synonym in (("summit", "top"), ("exercises", "workouts"), ("missile", "rocket")):
        assert words(text_of(original))[word] > 0
        assert words(text_of(spun))[word] == 0
        assert words(text_of(spun))[synonym] > words(text_of(original))[synonym]


def test_contradicting_figures_are_each_in_their_report():
    pairs = planted("contradicts")
    assert len(pairs) == 2
    for document, rest in pairs:
        match = re.fullmatch(r"(\S+) figure (\S+) against (\S+) (.+)", rest)
        assert match
        other, mine, theirs, unit = match.groups()
        assert f"{mine} {unit}" in text_of(document)
        assert f"{theirs} {unit}" in text_of(other)
        assert f"{theirs} {unit}" not in text_of(document)


def test_announced_events_are_held_later():
    published = {row["document"]: row["published"] for row in MANIFEST}
    held = {name: document for document, name in planted("held")}
    announced = planted("announced")
    assert announced
    for document, name in announced:
        assert published[document] < published[held[name]]


def test_agreement_goes_through_its_life_in_order():
    published = {row["document"]: row["published"] for row in MANIFEST}
    steps = [(published[d], *rest.split()) for d, rest in planted("lifecycle")]
    assert steps == sorted(steps)
    assert [(name, stage) for _, name, stage in steps] == [
        ("GSOMIA", stage) for stage in ("notice_given", "suspended", "resumed", "notice_withdrawn")
    ]
    assert {stage for _, _, stage in steps} <= set(STAGES)
    for document, _ in planted("lifecycle"):
        assert "GSOMIA" in text_of(document)


def test_dates_that_only_the_content_gives():
    for document, _ in planted("dated_by_content"):
        year = next(row["published"] for row in MANIFEST if row["document"] == document)[:4]
        assert year not in text_of(document)


def plover() -> tuple[set[str], set[str], set[str], set[str]]:
    """Types, modes, contexts and sectors of the codebook table."""
    book = tomllib.loads((TABLES / "plover.toml").read_text(encoding="utf-8"))
    modes = {mode for kind in book["types"].values() for mode in kind.get("modes", {})}
    return set(book["types"]), modes, set(book["contexts"]), set(book["sectors"])


def gold(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_enough_gold():
    assert len(GOLD_FILES) >= 8
    kinds = {k for path in GOLD_FILES for k in ("events", *CLAIM_LISTS) if gold(path)[k]}
    assert kinds == {"events", *CLAIM_LISTS}


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda p: p.stem)
def test_gold_stands_in_the_report(path):
    record, manifest = gold(path), {row["document"]: row for row in MANIFEST}
    text = text_of(record["document"])
    assert path.stem == record["document"].split(".")[0]
    assert set(record) == {"document", "hygiene", "events", *CLAIM_LISTS}
    for claim in (c for kind in ("events", *CLAIM_LISTS) for c in record[kind]):
        assert claim["evidence"]
        assert "\n" not in claim["evidence"]
        assert claim["evidence"] in text
        assert claim.get("quote") is None or claim["quote"] in text
        assert claim.get("speaker") is None or claim["speaker"] in text
    hygiene = record["hygiene"]
    assert hygiene["title"] in text
    assert all(line in text for line in hygiene["boilerplate"] + hygiene["captions"])
    granularity, low, high = bounds(hygiene["publication_date"]["value"])
    assert granularity == hygiene["publication_date"]["granularity"]
    assert low.isoformat() <= manifest[record["document"]]["published"] <= high.isoformat()


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda p: p.stem)
def test_gold_keeps_to_the_closed_lists(path):
    record = gold(path)
    types, modes, contexts, sectors = plover()
    states = {row["code"] for row in table(TABLES / "states.csv")}
    for event in record["events"]:
        assert event["type"] in types
        assert set(event["accept_types"]) <= types - {event["type"]}
        assert set(event["modes"]) <= modes
        assert set(event["contexts"]) <= contexts
        assert event["source"]
        for actor in event["source"] + event["target"]:
            assert set(actor) == {"code", "sector", "mention"}
            assert actor["code"] in states
            assert actor["sector"] is None or actor["sector"] in sectors
            assert actor["mention"] in text_of(record["document"])
        if event["symmetric"]:
            assert len(event["source"]) > 1
            assert not event["target"]
    for kind in ("events", *CLAIM_LISTS):
        ids = [claim["id"] for claim in record[kind]]
        assert len(ids) == len(set(ids))
        for claim in record[kind]:
            check_common(claim, MEETING_STATUSES if kind == "meetings" else STATUSES)
            assert CLAIM_LISTS.get(kind, set()) <= set(claim)
    assert all(s["stance"] in STANCES for c in record["statements"] for s in c["stance"])
    assert all({c["stage"], *c.get("accept_stages", ())} <= set(STAGES) for c in record["agreements"])
    assert all(c["kind"] in MEETING_KINDS for c in record["meetings"])
    assert all(c["currency"] in {None, c["unit"]} for c in record["figures"])
    parties = {p for c in record["agreements"] for p in c["parties"]}
    parties |= {p for c in record["meetings"] for p in c["participants"]}
    parties |= {p for c in record["statements"] for p in c["side"]}
    assert parties <= states


def check_common(claim: dict, statuses) -> None:
    """Date, status and tier of one gold claim."""
    assert claim["tier"] in {"core", "extra"}
    assert claim["status"] in statuses
    assert set(claim.get("accept_status", ())) <= set(statuses)
    date = claim["date"]
    assert set(date) == {"value", "granularity", "accept"}
    if date["value"] is None:
        assert date["granularity"] is None
    else:
        assert bounds(date["value"])[0] == date["granularity"]
        assert date["granularity"] in get_args(Granularity)
    for value in date["accept"]:
        bounds(value)


def test_units_table():
    rows = table(TABLES / "units.csv")
    assert all(set(r) == {"surface", "unit", "kind", "ambiguous"} for r in rows)
    assert rows == sorted(rows, key=lambda r: r["surface"])
    surfaces = [s for r in rows for s in r["surface"].split("|")]
    assert len(surfaces) == len(set(surfaces))
    assert all(s and s == s.strip().lower() for s in surfaces)
    assert {r["kind"] for r in rows} == {"currency", "count", "measure", "share"}
    assert {r["ambiguous"] for r in rows} == {"y", "n"}
    money = {r["unit"] for r in rows if r["kind"] == "currency"}
    assert len(money) >= 60
    assert all(re.fullmatch(r"[A-Z]{3}", unit) for unit in money)
    unit_of = {s: (r["unit"], r["ambiguous"]) for r in rows for s in r["surface"].split("|")}
    assert unit_of["$"] == ("USD", "y")
    assert unit_of["us$"] == ("USD", "n")
    assert unit_of["nt$"] == ("TWD", "n")
    assert unit_of["soldiers"] == ("troops", "n")


def test_gold_units_are_in_the_table():
    units = {r["unit"] for r in table(TABLES / "units.csv")}
    assert {c["unit"] for path in GOLD_FILES for c in gold(path)["figures"]} <= units


def test_measures_table():
    rows = table(TABLES / "measures.csv")
    assert len(rows) >= 60
    assert rows == sorted(rows, key=lambda r: r["cue"])
    cues = [cue for r in rows for cue in r["cue"].split("|")]
    assert len(cues) == len(set(cues))
    assert all(cue and cue == cue.strip().lower() for cue in cues)
    measure_of = {cue: r["measure"] for r in rows for cue in r["cue"].split("|")}
    assert measure_of["defence spending"] == measure_of["defense budget"] == "defense budget"
    assert measure_of["death toll"] == "killed"

"""A record answers with the keys that it promises, and its filters mean what they say."""

import datetime as dt
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedera
from foedera import api
from foedera.api import involved
from foedera.api.filters import day
from foedera.model import CLAIM_KINDS
from foedera.model.errors import StoreMissing, UnknownCode, UsageError

COMMON = ["id", "document", "date", "status", "confidence", "evidence", "start", "end", "article", "published"]
OWN = {
    "events": ["type", "modes", "contexts", "source", "target", "symmetric", "alleged", "speaker", "block", "reason"],
    "statements": ["speaker", "role", "side", "expert", "addressee", "medium", "topic", "quote", "direct", "stance"],
    "agreements": ["agreement", "parties", "subject", "stage", "actor"],
    "meetings": ["kind", "level", "place", "participants"],
    "figures": ["measure", "value", "unit", "currency", "period", "country", "approximate", "compared_with"],
    "incidents": ["kind", "parties", "place"],
    "policies": ["country", "topic", "change"],
    "capabilities": ["country", "partners", "system", "change"],
}


def ids(rows):
    return [row["id"].rstrip("0") for row in rows]


@pytest.mark.parametrize("kind", CLAIM_KINDS)
def test_rows_have_the_promised_keys(record, kind):
    row = next(getattr(record, kind)())
    assert set(COMMON + OWN[kind]) <= set(row)
    assert list(row) == list(api.column_types(kind))
    assert set(row["date"]) >= {"value", "granularity", "basis"}
    assert set(api.TABLE_COLUMNS[kind]) <= set(row)


def test_an_event_as_it_is_given(record):
    row = next(record.events(document="a.txt"))
    assert row["source"] == [{"code": "SWE", "sector": "GOV", "mention": "SWE", "name": None, "basis": "",
                              "confidence": 1.0, "candidates": []}]  # fmt: skip
    assert (row["published"], row["outlet"], row["language"]) == ("2019-08-24", "Gazette", "en")
    assert (row["codebook"], row["knowledge"], row["run"]) == ("book-1", "k1", "run_1")


def test_articles_have_their_lines_set_apart(record):
    rows = {row["document"]: row for row in record.articles()}
    one = rows["a.txt"]
    assert (one["furniture"], one["captions"], one["words"]) == (["Menu | Login"], ["A picture of both."], 8)
    assert one["published"]["value"] == "2019-08-24"
    assert [rows[name]["copy_of"] for name in ("a.txt", "b.txt", "c.txt")] == ["b.txt", None, None]
    assert list(one) == list(api.column_types("articles"))


def test_source_and_target(record):
    assert ids(record.events(source="SWE", target="DNK")) == ["evt_1", "evt_2"]
    assert ids(record.events(source="dnk", target=" swe ")) == ["evt_11", "evt_2"]
    assert ids(record.events(source="SWE")) == ["evt_1", "evt_2", "evt_3"]
    assert ids(record.events(target="FIN")) == ["evt_3"]
    assert ids(record.events(target=["FIN", "DNK"])) == ["evt_1", "evt_2", "evt_3"]
    assert ids(record.events(source="ISL")) == []


def test_one_party_of_a_joint_event_is_not_both_sides(record):
    assert ids(record.events(source="SWE", target="SWE")) == []
    assert ids(record.events(source="SWE", target="FIN")) == ["evt_3"]


def test_type_is_matched_whatever_its_case(record):
    assert ids(record.events(type="threaten")) == ["evt_1"]
    assert ids(record.events(type=["CONSULT", "Aid"])) == ["evt_2", "evt_3"]
    assert ids(record.incidents(type="OVERFLIGHT")) == ["inc_1"]
    assert ids(record.figures(type="defence budget")) == ["fig_1"] or ids(record.figures(type="defence budget")) == [
        "fig_"
    ]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2019-08-22", "2019-08-22", ["evt_1", "evt_11"]),
        ("2019-08-23", None, ["evt_11", "evt_2"]),
        (None, "2018", []),
        (None, "2019-01", ["evt_11"]),
        ("2020-03-31", "2020", ["evt_2"]),
        ("2020-04", None, []),
        (dt.date(2020, 3, 1), None, ["evt_2"]),
    ],
)
def test_a_claim_is_kept_where_its_date_may_lie_in_the_range(record, since, until, found):
    assert ids(record.events(since=since, until=until)) == found


def test_status_and_document(record):
    assert ids(record.events(status="DENIED")) == ["evt_11"]
    assert ids(record.meetings(status="held")) == ["mtg_1"]
    assert ids(record.events(document="b.txt")) == ["evt_3"]
    assert [row["document"] for row in record.articles(since="2019-08-24")] == ["a.txt"]
    assert [row["reason"] for row in record.rejects(type="EMPTY")] == ["empty"]
    assert list(record.rejects(document="a.txt")) == []


def test_source_and_target_of_the_other_kinds(record):
    assert ids(record.statements(source="SWE", target="DNK", type="critical")) == ["stm_1"]
    assert ids(record.statements(target="SWE")) == []
    assert ids(record.agreements(source="SWE")) == ["agr_1"]
    assert ids(record.agreements(source="DNK", target="SWE")) == ["agr_1", "agr_2"]
    assert ids(record.meetings(source="DNK", target="SWE")) == ["mtg_1"]
    assert ids(record.incidents(target="SWE")) == ["inc_1"]
    assert ids(record.figures(source="DNK")) == []
    assert ids(record.policies(source="DNK")) == ["pol_1"]
    assert ids(record.capabilities(source="SWE", target="FIN")) == ["cap_1"]


@pytest.mark.parametrize(
    ("kind", "asked", "message"),
    [
        ("events", {"type": "WAR"}, "'WAR'.*SANCTION"),
        ("events", {"status": "maybe"}, "'maybe'.*hypothetical"),
        ("meetings", {"status": "happened"}, "'happened'.*scheduled"),
        ("agreements", {"type": "broken"}, "'broken'.*notice_given"),
        ("statements", {"type": "angry"}, "'angry'.*hostile"),
        ("rejects", {"type": "ugly"}, "'ugly'.*not_english"),
        ("events", {"source": "JP"}, "'JP'"),
        ("events", {"target": "J4N"}, "'J4N'"),
        ("policies", {"source": "JAPAN AND"}, "'JAPAN AND'"),
        ("events", {"source": "japan"}, "did you mean JPN"),
        ("events", {"target": "XXX"}, "'XXX' is not a code"),
    ],
)
def test_unknown_codes_are_named_with_what_is_allowed(record, kind, asked, message):
    with pytest.raises(UnknownCode, match=message):
        getattr(record, kind)(**asked)


@pytest.mark.parametrize("value", ["20x", "2019-13", "2019-02-30", "2010s", "2019-Q3", "2019/2020", "", "2019-8-1"])
def test_what_is_not_a_date_is_named(record, value):
    with pytest.raises(UsageError, match="2019-08-22"):
        record.events(since=value)


def test_a_range_that_ends_before_it_starts(record):
    with pytest.raises(UsageError, match="after until"):
        record.events(since="2020", until="2019")


@given(st.dates(dt.date(1, 1, 1)))
def test_days_months_and_years_become_bounds(value):
    month, year = value.isoformat()[:7], value.isoformat()[:4]
    assert day(value, "since") == day(value.isoformat(), "until") == value.isoformat()
    assert day(year, "since") <= day(month, "since") <= value.isoformat() <= day(month, "until") <= day(year, "until")


def test_wrong_questions_are_refused_at_the_call_and_not_at_the_first_row(record):
    with pytest.raises(UsageError):
        record.articles(since="x")


def test_show_has_context_reason_and_stamps(record):
    shown = record.show("evt_1000000000000000")
    assert shown.before == "A headline"
    assert shown.evidence == "Utopia threatened Arcadia on Monday."
    assert shown.after.strip() == "Both met later.\nA picture of both."
    assert "Menu" not in shown.before + shown.after
    assert shown.evidence[slice(*shown.focus)] == "threatened"
    assert shown.article["outlet"] == "Gazette"
    assert shown.article["copy_of"] == "b.txt"
    made = {"codebook": "book-1", "knowledge": "k1", "reader": "test-1", "run": "run_1"}
    assert shown.stamps == {"software": foedera.__version__} | made
    assert shown.superseded is False
    assert shown.as_dict()["claim"]["id"] == "evt_1000000000000000"


@pytest.mark.parametrize("start", ["evt_10", "evt_2", "stm_", "3", "mtg_1"])
def test_show_takes_enough_of_an_id(record, start):
    assert record.show(start).claim["id"]


@pytest.mark.parametrize("start", ["evt_1", "evt_"])
def test_show_refuses_what_names_several(record, start):
    with pytest.raises(UsageError, match="evt_1000000000000000"):
        record.show(start)


@pytest.mark.parametrize("start", ["evt_9", "", "art_a", "'; DROP TABLE events", "%"])
def test_show_says_where_ids_are(record, start):
    with pytest.raises(UsageError, match="foedera events"):
        record.show(start)


def test_brief_of_sides(record):
    text = record.brief("SWE", "DNK")
    assert "# Brief: DNK, SWE" in text
    assert "evt_1000000000000000" in text
    assert "evt_3000000000000000" not in text
    assert "evt_3000000000000000" in record.brief("FIN")
    assert "3 in the record" in text
    assert "evt_2" not in record.brief(until="2019")
    with pytest.raises(UsageError):
        record.brief(low=2)
    with pytest.raises(UnknownCode):
        record.brief("U")


def test_sql_check_and_versions(record):
    assert record.sql("SELECT count(*) AS n FROM events") == (["n"], [(4,)])
    assert record.check() == []
    versions = record.versions()
    assert [row["version"] for row in versions] == [0, 1]
    assert versions[-1]["rows"]["events"] == 4
    assert "4 events" in repr(record)


def test_as_of_a_version(path):
    for moment in (0, "0"):
        assert list(foedera.open(path, as_of=moment).events()) == []
    with pytest.raises(UsageError):
        foedera.open(path, as_of="yesterday")


def test_the_store_may_be_named_by_the_environment(path, monkeypatch, tmp_path):
    monkeypatch.setenv("FOEDERA_STORE", str(path))
    assert foedera.open().version == 1
    monkeypatch.delenv("FOEDERA_STORE")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreMissing, match="foedera-record"):
        foedera.open()


def test_the_public_surface():
    assert foedera.__all__ == ["__version__", "open", "read"]
    assert api.__all__ == [
        "FORMATS", "TABLE_COLUMNS", "Check", "Progress", "ReadSettings", "ReadSummary", "Record", "Shown", "Written",
        "column_types", "compact", "default_store", "demo", "doctor", "evaluate_attribution", "evaluate_claims",
        "evaluate_entities", "evaluate_events", "evaluate_extraction", "evaluate_factuality", "evaluate_hygiene",
        "evaluate_publication_dates", "evaluate_relations", "evaluate_times", "explain", "open", "preview", "printable",
        "read", "read_into", "schema_markdown", "write_rows",
    ]  # fmt: skip
    for name in api.__all__:
        assert inspect.getdoc(getattr(api, name)) or name in ("FORMATS", "TABLE_COLUMNS")
    with pytest.raises(AttributeError):
        _ = api.nothing
    with pytest.raises(AttributeError):
        _ = foedera.nothing


def test_what_belongs_to_a_brief_on_several_sides():
    sides = frozenset({"SWE", "DNK"})
    act = {"parties": ["SWE"], "actor": None}
    assert involved.keep("agreements", act, sides)
    assert not involved.keep("agreements", {"parties": ["SWE", "FIN"], "actor": None}, sides)
    assert not involved.keep("agreements", {"parties": [], "actor": None}, sides)
    assert not involved.keep("meetings", {"participants": ["SWE", "FIN"]}, sides)
    assert involved.keep("meetings", {"participants": ["SWE", "FIN"]}, frozenset({"FIN"}))
    assert involved.keep("figures", {"country": "DNK"}, sides)
    assert not involved.keep("figures", {"country": None}, sides)
    assert involved.keep("figures", {"country": None}, frozenset())

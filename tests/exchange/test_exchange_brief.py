"""A brief cites every line, counts copies once, and never asserts what it is not sure of."""

import re

import pytest

from foedera.exchange import BriefInput, brief, column_types

DAY = {"value": "2019-08-22", "granularity": "day", "basis": "explicit", "low": "2019-08-22", "high": "2019-08-22",
       "reasons": []}  # fmt: skip
UNKNOWN = {"value": None, "granularity": None, "basis": "none", "low": None, "high": None, "reasons": []}


def actor(code, mention=None, sector="GOV"):
    return {"code": code, "sector": sector, "mention": mention or code, "name": None, "basis": "", "confidence": 1.0,
            "candidates": []}  # fmt: skip


def date(value, granularity, low, high, basis="explicit"):
    return {"value": value, "granularity": granularity, "basis": basis, "low": low, "high": high, "reasons": []}


def claim(kind, ident, /, **own):
    base = dict.fromkeys(column_types(kind))
    base |= {"id": ident, "document": "a.txt", "article": "art_a", "evidence": "One sentence.", "start": 0, "end": 13,
             "focus_start": 4, "focus_end": 12, "status": "happened", "alleged": False, "confidence": 0.9, "date": DAY,
             "block": "paragraph", "published": "2019-08-23"}  # fmt: skip
    return base | own


def event(ident, source=("JPN",), target=("KOR",), **own):
    who = {"source": [actor(c) for c in source], "target": [actor(c) for c in target]}
    return claim("events", ident, **{"type": "SANCTION", "modes": [], "contexts": [], "symmetric": False, **who, **own})


def article(ident, **own):
    base = dict.fromkeys(column_types("articles"))
    published = date("2019-08-23", "day", "2019-08-23", "2019-08-23", "metadata")
    return base | {"id": ident, "document": f"{ident[4:]}.txt", "outlet": "Gazette", "published": published} | own


def write(claims, groups=None, articles=None, low=0.5):
    found = {a["id"]: a for a in articles or [article("art_a"), article("art_b", copy_of="a.txt"), article("art_c")]}
    return brief(BriefInput("Title", "Scope.", claims, found, groups or {}, 3, "0.0", 7, low))


def section(text, heading):
    found = re.search(rf"(?ms)^## {re.escape(heading)}\n(.*?)(?=^## |^---$)", text)
    return found[1].strip() if found else None


def other(ident, **own):
    return {"article": "art_b", "document": "b.txt", "id": ident, **own}


def test_every_line_is_cited_and_every_number_has_its_evidence():
    text = write({
        "events": [event("evt_1"), event("evt_2", start=20, end=33, type="ACCUSE")],
        "meetings": [claim("meetings", "mtg_1", kind="summit", participants=["JPN", "KOR"], status="held", start=40)],
        "agreements": [claim("agreements", "agr_1", agreement="The Pact", stage="signed", parties=["JPN"], start=50)],
        "statements": [claim("statements", "stm_1", speaker="A. Person", side=["JPN"], stance=[], start=60)],
        "incidents": [claim("incidents", "inc_1", kind="overflight", parties=["JPN"], start=70)],
        "figures": [claim("figures", "fig_1", measure="budget", value=7.5e12, unit="JPY", currency="JPY", start=80)],
        "policies": [claim("policies", "pol_1", country="JPN", topic="visas", change="tightened", start=90)],
        "capabilities": [claim("capabilities", "cap_1", country="JPN", system="radar", change="planned", partners=[],
                               start=95)],
    })  # fmt: skip
    body, _, evidence = text.partition("## Evidence")
    listed = [line for line in body.splitlines() if line.startswith("- ") or re.match(r"\| (?!dyad|country|---)", line)]
    assert len(listed) == 10
    assert all(re.search(r"\[\d+\](?: \|)?$", line) for line in listed)
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    numbered = {int(number) for number in re.findall(r"(?m)^(\d+)\. ", evidence)}
    assert cited == numbered == set(range(1, 10))
    for ident in ("evt_1", "mtg_1", "agr_1", "stm_1", "inc_1", "fig_1", "pol_1", "cap_1"):
        assert f"`foedera show {ident}`" in evidence
    assert "Gazette, published 23 August 2019 (metadata): “One sentence.”" in evidence


def test_claims_on_the_same_characters_share_a_number():
    text = write({"events": [event("evt_1")], "incidents": [claim("incidents", "inc_1", kind="x", parties=[])]})
    assert "`foedera show evt_1`, `foedera show inc_1`" in text
    assert "[2]" not in text


def test_copies_are_counted_once_and_independent_reports_twice():
    copies = [event("evt_1"), event("evt_2", **other("evt_2"))]
    groups = {"art_a": "art_a", "art_b": "art_a"}
    text = write({"events": copies}, groups)
    assert "2 reports, 1 independent [1][2]" in section(text, "Timeline")
    assert "| JPN–KOR | 0 | 0 | 0 | 1 | [1][2] |" in text
    assert "near-copy of `a.txt`" in section(text, "Evidence")
    assert "2 reports, 2 independent" in write({"events": copies})


def test_copies_dated_by_their_own_publication_are_one_event():
    by_report = {**DAY, "basis": "document"}
    later = date("2019-08-24", "day", "2019-08-24", "2019-08-24", "document")
    first, second = event("evt_1", date=by_report), event("evt_2", **other("evt_2", date=later, published="2019-08-24"))
    groups = {"art_a": "art_a", "art_b": "art_a"}
    timeline = section(write({"events": [second, first]}, groups), "Timeline")
    assert "22 August 2019 (date of the report)" in timeline
    assert "2 reports, 1 independent" in timeline
    assert "independent" not in section(write({"events": [first, second]}), "Timeline")


def test_two_reports_of_a_year_may_be_two_events():
    year = date("2019", "year", "2019-01-01", "2019-12-31")
    text = write({"events": [event("evt_1", date=year), event("evt_2", **other("evt_2", date=year))]})
    assert section(text, "Timeline").count("\n- ") == 2


def test_dates_are_as_precise_as_they_are_known():
    dates = [
        (date("2019-08", "month", "2019-08-01", "2019-08-31"), "August 2019: "),
        (date("2019-Q3", "quarter", "2019-07-01", "2019-09-30"), "third quarter of 2019: "),
        (date("2019", "year", "2019-01-01", "2019-12-31", "inferred"), "2019 (inferred): "),
        (date("2010s", "decade", "2010-01-01", "2019-12-31"), "the 2010s: "),
        (date("1910/1945-08", "interval", "1910-01-01", "1945-08-31"), "1910 to August 1945: "),
        (UNKNOWN, "undated: "),
        (UNKNOWN | {"high": "2019-08-23"}, "undated (not after 23 August 2019): "),
    ]
    events = [event(f"evt_{i}", date=d, start=20 * i, end=20 * i + 13) for i, (d, _) in enumerate(dates)]
    timeline = section(write({"events": events}), "Timeline")
    assert all(f"\n- {words}" in timeline for _, words in dates)
    assert "undated" in timeline.rsplit("\n- ", 1)[1]
    headings = re.findall(r"### (.*)", timeline)
    assert headings == ["1910", "The 2010s", "2019", "Undated"]


def test_low_confidence_stands_apart_and_enters_no_count():
    text = write({"events": [event("evt_1", confidence=0.4)], "policies": []})
    assert section(text, "Timeline") is None
    assert section(text, "Relations at a glance") is None
    assert "confidence 0.40 [1]" in section(text, "Reported with low confidence")
    assert section(write({"events": [event("evt_1", confidence=0.4)]}, low=0.3), "Timeline")


@pytest.mark.parametrize(
    "own", [{"status": "planned"}, {"status": "denied"}, {"status": "hypothetical"}, {"alleged": True}]
)
def test_what_did_not_plainly_happen_is_marked_and_not_counted(own):
    text = write({"events": [event("evt_1", **own)]})
    assert next(iter(own.values())) is True or own["status"] in section(text, "Timeline")
    assert section(text, "Relations at a glance") is None


def test_dyads_of_joint_events_and_of_several_parties():
    joint = event("evt_1", ("USA", "JPN", "KOR"), (), symmetric=True, type="COOPERATE")
    text = section(write({"events": [joint]}), "Relations at a glance")
    assert [line.split(" | ")[0] for line in text.splitlines()[2:5]] == ["| JPN–KOR", "| JPN–USA", "| KOR–USA"]
    inside = event("evt_1", ("JPN",), ("JPN",))
    assert section(write({"events": [inside]}), "Relations at a glance") is None


def test_agreements_are_grouped_and_in_order():
    acts = [
        claim("agreements", "agr_1", agreement="The Harbour Pact", stage="notice_given", parties=["JPN"], actor="KOR"),
        claim("agreements", "agr_2", agreement="Harbour pact", stage="signed", parties=["KOR"], start=20,
              date=date("2016", "year", "2016-01-01", "2016-12-31")),
    ]  # fmt: skip
    text = section(write({"agreements": acts}), "Agreements")
    assert text.count("###") == 1
    assert "(JPN, KOR)" in text
    assert text.index("**signed**") < text.index(
        "**notice\\_given**" if "notice\\_given" in text else "**notice_given**"
    )


def test_meetings_are_told_by_status():
    meetings = [
        claim(
            "meetings", f"mtg_{s}", kind="visit", participants=["JPN", "KOR"], status=s, start=20 * i, end=20 * i + 13
        )
        for i, s in enumerate(("scheduled", "held", "absent"))
    ]
    text = section(write({"meetings": meetings}), "Meetings")
    assert re.findall("### (.*)", text) == ["Held", "Scheduled", "Did not take place"]


def test_hostile_text_stays_text():
    nasty = "<script>alert(1)</script> [x](javascript:1) | *bold* \x1b[31m `code` & more"
    text = write(
        {"events": [event("evt_1", evidence=nasty, end=len(nasty))]}, articles=[article("art_a", outlet="a|b<i>")]
    )
    assert "<script" not in text
    assert "<i>" not in text
    assert not re.search(r"(?<!\\)\](?:\(|\[)", text)
    assert "\x1b" not in text
    assert "a\\|b&lt;i&gt;" in text


def test_an_empty_brief_says_so_and_still_has_its_footer():
    text = write({})
    assert "holds nothing on this" in text
    assert "record version 7; 0 articles cited of 3" in text
    assert "codebook plover" in text


def test_the_same_input_gives_the_same_brief():
    events = [event("evt_1"), event("evt_2", **other("evt_2"))]
    assert write({"events": events}) == write({"events": list(reversed(events))})

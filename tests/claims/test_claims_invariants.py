"""What holds for every claim of every text, however odd."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from claims_reading import article, claims
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedera.claims import make_claims
from foedera.knowledge import contexts, modes, plover_types, sectors
from foedera.language import default_reader
from foedera.model import CLAIM_KINDS, MEETING_STATUSES, STANCES, STATUSES

ACTORS = ("Kenya", "the Peruvian foreign minister", "Norway and Sweden", "Hanoi", "he", "the two countries", "its navy",
          "the African Union", "President Bola Tinubu", "Fijian officials", "their", "the rebels")  # fmt: skip
ACTS = ("condemned", "will not renew the pact with", "met", "sent 40 million dollars to", "refused to talk to",
"said that",
        "was bombed by", "promised to help", "have not met", "signed a treaty with",
        "threatened to leave the accord with",
        "deployed troops near", "denied that it had attacked", "plans to buy drones from")  # fmt: skip
ENDS = ("on Monday", "in March 2023", "next week", "since 2019", ", a spokesman said", "(see page 4)",
'. "We agree," it said',
        "…", "?!", "U.S.", "’s")  # fmt: skip

clauses = st.builds(lambda *parts: " ".join(parts) + ".", *map(st.sampled_from, (ACTORS, ACTS, ACTORS, ENDS)))
texts = st.lists(clauses, min_size=1, max_size=5).map(" ".join)
slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(whole, found):
    for c in found:
        assert c.evidence == whole.text[c.start : c.end] != ""
        assert c.start <= c.focus[0] < c.focus[1] <= c.end
        assert c.article == whole.id
        assert c.id.startswith(c.PREFIX + "_")
        assert 0 <= c.confidence <= 1
        assert any(b.start <= c.start and c.end <= b.end and b.kind == c.block for b in whole.blocks)
        assert c.status in (MEETING_STATUSES if c.KIND == "meetings" else STATUSES)
        if c.KIND == "events":
            assert c.type in plover_types()
            assert set(c.modes) <= set(modes())
            assert set(c.contexts) <= set(contexts())
            assert c.source
            assert all(a.code and (a.sector is None or a.sector in sectors()) for a in (*c.source, *c.target))
            assert not (c.symmetric and c.target)
        if c.KIND == "statements":
            assert all(s.stance in STANCES for s in c.stance)
    for kind in CLAIM_KINDS:
        ids = [c.id for c in found if kind == c.KIND]
        assert len(ids) == len(set(ids))


@slow
@given(texts, st.booleans())
def test_claims_are_anchored_unique_and_the_same_each_time(text, titled):
    whole = article(text, title="Kenya and Peru sign treaty" if titled else None)
    found = make_claims(whole, default_reader().read(whole))
    check(whole, found)
    assert make_claims(whole, default_reader().read(whole)) == found


@slow
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    whole = article(text.replace("\n", " "))
    check(whole, make_claims(whole, default_reader().read(whole)))


@slow
@given(st.text(alphabet="AaUS. ,'’\"“”-–()%$€0123\t😀é\u0301", max_size=120))
def test_signs_of_all_sorts_are_read_without_an_error(text):
    whole = article(text)
    check(whole, make_claims(whole, default_reader().read(whole)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "THE PRESIDENT OF KENYA CONDEMNED THE PRESIDENT OF PERU ON MONDAY.",
        "🇰🇪 Kenya 😀 condemned 🇵🇪 Peru 😡!",
        "Kenya and Peru met, " * 1000,
        "Kenya, " * 3000,
        "a" * 20_000,
        "“" * 500 + "Kenya said" + "”" * 500,
        "said said said that that that Kenya Kenya Kenya",
        "(((((Kenya [condemned (Peru",
    ],
    ids=range(10),
)
def test_extremes(text):
    whole = article(text)
    check(whole, make_claims(whole, default_reader().read(whole)))


def test_emoji_do_not_shift_the_evidence():
    (event,) = [c for c in claims("😀😀 It rained. Kenya condemned Peru. 😀") if c.KIND == "events"]
    assert event.evidence == "Kenya condemned Peru."


MIXED = (
    "Kenyan President William Ruto met Tanzanian President Samia Suluhu Hassan in Arusha on 3 May. The two countries "
    "agreed to share water. Norway, Sweden and Iceland condemned Belarus. “We will not renew the treaty,” said Peru. "
    "Trade between Kenya and Tanzania reached 1.2 billion dollars in 2023."
)


def digest(text):
    payload = json.dumps([[c.KIND, asdict(c)] for c in claims(text)], default=str)
    return hashlib.sha256(payload.encode()).hexdigest()


def test_claims_do_not_depend_on_the_order_of_hashes():
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import test_claims_invariants as t; print(t.digest(t.MIXED))"
    seen = {digest(MIXED)}
    for seed in ("1", "4242"):
        run = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
                             text=True, check=True)  # fmt: skip
        seen.add(run.stdout.strip())
    assert len(seen) == 1

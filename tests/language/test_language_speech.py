"""What is said, what is done by saying it, and what is thought of something."""

import re

import pytest
from language_reading import syntax
from network_scores import card, encoded, scored, span, tagged

from foedera.language import network
from foedera.language.speech import opinion, spoken


def characters(text, phrase):
    at = text.index(phrase)
    return at, at + len(phrase)


def said(text, source, cue, content, acts=()):
    """The attributions where the network is sure of one source, cue and content."""
    e = encoded(text)
    places = [span(text, e, phrase) if phrase else None for phrase in (source, cue, content)]
    found = scored(len(e.first))
    for layer, place in zip(("source", "cue", "content"), places, strict=True):
        spans = [(*place, layer)] if place else []
        found.tags[layer] = tagged(len(e.first), layer, *spans, labels=card()["tags"][layer])
    found.links[:] = -9.0
    if source:
        found.links[places[1][0], places[0][0], 0] = 9.0
    found.links[places[1][0], places[2][0], 1] = 9.0
    return spoken(text, syntax(text), e, found, network(), acts)


def test_one_who_speaks():
    text = "Kenya said that Peru was wrong."
    (one,) = said(text, "Kenya", "said", "that Peru was wrong.")
    assert text[slice(*one.content)] == "Peru was wrong"
    assert text[slice(*one.cue)] == "said"
    assert one.source == span(text, encoded(text), "Kenya")
    assert not one.denial


def test_nobody_may_be_named():
    (one,) = said("It is said that Peru was wrong.", None, "said", "that Peru was wrong")
    assert one.source is None


@pytest.mark.parametrize("cue", ["did not say", "never said", "didn’t say"])
def test_what_was_not_said(cue):
    assert said(f"Kenya {cue} that Peru was wrong.", "Kenya", cue, "that Peru was wrong") == []


def test_a_denial_is_said():
    (one,) = said("Kenya denied that Peru was wrong.", "Kenya", "denied", "that Peru was wrong")
    assert one.denial


def test_what_is_done_is_not_said_unless_it_is_quoted():
    text = "Kenya sentenced Peru to “a long and hard year of work”."
    content = text[text.index("Peru") : -1]
    acts = [next(k for k, t in enumerate(syntax(text).tokens) if t.text == "sentenced")]
    assert len(said(text, "Kenya", "sentenced", content, acts)) == 1
    plain = re.sub("[“”]", "", text)
    assert said(plain, "Kenya", "sentenced", plain[plain.index("Peru") : -1], acts) == []


@pytest.mark.parametrize(
    ("verb", "stance"),
    [("welcomed", "supportive"), ("condemned", "critical"), ("visited", None), ("never praised", None)],
)
def test_what_is_thought_of_something(verb, stance):
    text = f"Kenya {verb} the new border post."
    cue = characters(text, verb.rpartition(" ")[2])
    found = opinion(text, syntax(text), cue, characters(text, "the new border post."), (0, 1), 0.8)
    assert (found and found.stance) == stance
    if found:
        assert text[slice(*found.content)] == "the new border post"
        assert (found.source, found.score, found.direct) == ((0, 1), 0.8, False)

"""Decides by place what a unit could not decide by itself: headline, lead, headings, and what lies around the body."""

from __future__ import annotations

import re
from typing import Final

from . import heads
from .captions import present_scene
from .parts import Part, is_body
from .titles import BULLET, FEWEST_HEADLINE_WORDS, FEWEST_TITLE_WORDS, HORIZON, OUTLET_TAIL, find_title, question_titles

_SPEAKER: Final = re.compile(r"^(?:Q|A|Question|Answer)\s?[.:]\s|^[A-Z][\w .'’-]{2,30}:\s\S")
_CLIPPED: Final = re.compile(
    r"(?:[,;:–—-]|\b(?:the|an?|of|to|and|or|with|in|on|at|by|for|from|that|which|as|its|their|has|is|was|were))$"
)
_BODY_SHARE: Final = 0.6
_LONG_READ: Final = 3
_MOST_LINKS: Final = 2
_SOLID_WORDS: Final = 20
_LONGEST_DECK: Final = 45
_LONGEST_HEADING: Final = 10


def settle(parts: list[Part], given_title: int | None) -> None:
    """Give every part its kind.

    Args:
        parts: All units of a page in order, after their first look.
        given_title: Index of the line that equals the known headline, or None.
    """
    if given_title is not None:
        parts[given_title].certain("title", "equals the known headline", role="title").prose = False
    question_titles(parts, given_title)
    first = _body_start(parts, given_title)
    if first is None:
        _without_body(parts, given_title)
        return
    title = given_title if given_title is not None else find_title(parts, first)
    if title is not None:
        parts[title].certain(
            "title", parts[title].reason if given_title is not None else "headline before the body", role="title"
        )
    first = _skip_deck(parts, first, title)
    first = _skip_captions(parts, first, title)
    last = _body_end(parts, first)
    _before(parts, title if title is not None else first, first)
    if title is not None:
        _between_title_and_body(parts, title, first)
    _inside(parts, first, last)
    _after(parts, last)
    _author_notes(parts, first)
    opening = next((part for part in parts if part.kind == "paragraph"), None)
    if opening is not None:
        opening.opens = True


def _body_start(parts: list[Part], given: int | None) -> int | None:
    """Index of the first paragraph: prose that has more prose close behind it, or all there is."""
    after = given if given is not None else -1
    prose = [i for i, part in enumerate(parts) if is_body(part) and i > after]
    prose = prose or [i for i, part in enumerate(parts) if is_body(part)]
    for n, i in enumerate(prose[:-1]):
        links = sum(1 for part in parts[i + 1 : prose[n + 1]] if _could_be_link(part))
        if _is_solid(parts[i]) or links <= _MOST_LINKS:
            return i
    if not prose:
        return None
    return prose[-1] if _is_solid(parts[prose[-1]]) else prose[0]


def _is_solid(part: Part) -> bool:
    return part.shape.words > _SOLID_WORDS or part.shape.sentences > 1


def _could_be_link(part: Part) -> bool:
    if part.role == "section":
        return True
    plain = part.role == "" and not part.sure and part.picture is None
    return plain and not BULLET.match(part.text) and not heads.is_lone_name(part.text)


def _without_body(parts: list[Part], given: int | None) -> None:
    """A page of headlines alone: the first is the title, and a sentence that breaks off is still read."""
    for part in parts:
        if not part.sure and part.shape.cut_off:
            part.take("paragraph", "a sentence without its end")
            part.opens = True
    free = [part for part in parts if not part.sure and part.kind != "paragraph" and part.shape.headline]
    best = [part for part in free if part.shape.words >= FEWEST_TITLE_WORDS]
    if best and given is None:
        best[0].certain("title", "the first line that reads like a headline", role="title")
    for part in parts:
        if not part.sure and part.picture and part.kind != "paragraph":
            part.take("caption", part.picture)


def _skip_deck(parts: list[Part], first: int, title: int | None) -> int:
    """Move past a deck that ends like a sentence: the byline or the date stands between it and the text."""
    following = next((i for i in range(first + 1, len(parts)) if is_body(parts[i])), None)
    if title is None or first < title or following is None:
        return first
    deck = parts[first]
    signed = any(_signs(part) for part in parts[first + 1 : following])
    long = deck.shape.sentences > 2 or deck.shape.words > _LONGEST_DECK
    if not signed or long or heads.dateline_end(deck.text, first=True):
        return first
    deck.prose = False
    return following


def _signs(part: Part) -> bool:
    """Whether a line is, or may be, a byline or a date."""
    return part.kind == "byline" or part.role == "date" or (not part.sure and heads.is_lone_name(part.text))


def _skip_captions(parts: list[Part], first: int, title: int | None) -> int:
    """Move past captions between the headline and the lead."""
    while first + 1 < len(parts):
        part = parts[first]
        reason = part.picture
        if (
            reason is None
            and title is not None
            and first > title
            and _more_prose(parts, first)
            and present_scene(part.text, part.shape)
        ):
            reason = "a scene in the present between headline and lead"
        if reason is None or not _more_prose(parts, first) or heads.dateline_end(part.text, first=True):
            return first
        part.certain("caption", reason, role="caption")
        first = next(i for i in range(first + 1, len(parts)) if is_body(parts[i]))
    return first


def _more_prose(parts: list[Part], index: int) -> bool:
    return any(is_body(parts[i]) for i in range(index + 1, len(parts)))


def _body_end(parts: list[Part], first: int) -> int:
    """Index of the last paragraph, before comments and before lists of teasers that close the page."""
    limit = _closing_marker(parts, first)
    body = [i for i in range(first, limit) if is_body(parts[i])]
    while len(body) > 1 and _is_exclamation(parts, body[-1]):
        body.pop()
    return body[-1]


def _closing_marker(parts: list[Part], first: int) -> int:
    """Index of the words that open comments or closing links, once most of the prose or three paragraphs are past."""
    total = sum(len(part.text) for part in parts[first:] if is_body(part))
    seen = paragraphs = 0
    for i in range(first, len(parts)):
        part = parts[i]
        mostly = seen >= _BODY_SHARE * total
        if part.role == "end" and mostly:
            return i
        if part.role == "list" and seen and (mostly or paragraphs >= _LONG_READ) and not _resumes(parts, i):
            return i
        if is_body(part):
            seen += len(part.text)
            paragraphs += 1
    return len(parts)


def _is_exclamation(parts: list[Part], index: int) -> bool:
    """A sentence of a word or three after furniture ("Thank you!") belongs to the furniture."""
    return parts[index].shape.words <= FEWEST_TITLE_WORDS and not is_body(parts[index - 1])


def _resumes(parts: list[Part], marker: int) -> bool:
    """Whether the report goes on after a list of links: paragraphs follow one another, instead of teasing headlines."""
    rest = parts[marker + 1 : marker + 1 + HORIZON]
    prose = [i for i, part in enumerate(rest) if is_body(part)]
    if not prose:
        return False
    bare = [i for i, p in enumerate(rest) if not p.sure and not p.prose and p.shape.words > FEWEST_TITLE_WORDS]
    teasers = sum(1 for i in prose if i + 1 in bare or rest[i].shape.teaser)
    solid = sum(1 for i in prose if rest[i].shape.strong and not rest[i].shape.teaser)
    headlines_after = [i for i in bare if i > prose[0]]
    if len(prose) == 1:
        return solid == 1 and not headlines_after and rest[prose[0]].shape.words >= 12
    return solid >= 1 and teasers <= len(prose) // 3


def _before(parts: list[Part], until: int, first: int) -> None:
    """Everything above the headline is furniture, save what decided by itself to be part of the report."""
    for i, part in enumerate(parts[:until]):
        if part.sure:
            if part.role == "date" and not _near(i, until, first):
                part.take("furniture", "a date above the headline, away from it")
            continue
        if heads.is_lone_place(part.text) and until == first and i == first - 1:
            part.take("dateline", "a place in capitals before the first paragraph")
            continue
        part.take("furniture", "before the headline")


def _near(index: int, title: int, first: int) -> bool:
    return index >= title - 2 or index > first


def _between_title_and_body(parts: list[Part], title: int, first: int) -> None:
    for i in range(title + 1, first):
        part = parts[i]
        if part.sure:
            continue
        lone = heads.is_lone_name(part.text)
        if part.picture and not lone:
            part.take("caption", part.picture)
        elif _repeats(part, parts[title]):
            part.take("furniture", "repeats the headline")
        elif heads.is_lone_place(part.text) and i >= first - 2:
            part.take("dateline", "a place in capitals before the first paragraph")
        elif lone and _beside_byline_place(parts, i, title, first):
            part.take("byline", "a name alone under the headline")
        elif part.prose or part.shape.words >= FEWEST_HEADLINE_WORDS:
            part.take("heading", "under the headline and above the text")
        else:
            part.take("furniture", "a label between headline and text")


def _repeats(part: Part, title: Part) -> bool:
    return OUTLET_TAIL.sub("", part.text).casefold() == OUTLET_TAIL.sub("", title.text).casefold()


def _beside_byline_place(parts: list[Part], index: int, title: int, first: int) -> bool:
    """Names of authors stand right under the headline, or next to the date."""
    around = [parts[i] for i in (index - 1, index + 1) if title < i < first]
    signs = any(part.role == "date" or part.kind in ("byline", "heading") for part in around)
    return signs or index in (title + 1, first - 1)


def _inside(parts: list[Part], first: int, last: int) -> None:
    """Paragraphs, headings, captions and furniture between the first and the last paragraph."""
    index = first
    in_links = False
    while index <= last:
        part = parts[index]
        if part.role == "list":
            in_links = True
        elif is_body(part):
            in_links = in_links and _is_teaser(parts, index, last)
            _body_part(parts, index, in_links)
        elif not part.sure:
            run = _short_run(parts, index, last)
            _short_parts(parts, index, run, in_links)
            index = run
            continue
        elif part.role == "section" and not in_links:
            _section_heading(parts, index, last)
        elif part.role == "date" and not heads.is_labelled_date(part.text):
            part.take("furniture", "a date alone between paragraphs")
        index += 1


def _is_teaser(parts: list[Part], index: int, last: int) -> bool:
    """Inside a list of links, a short sentence with a headline behind it announces another report."""
    part = parts[index]
    if (part.shape.sentences > 1 and not part.shape.teaser) or part.shape.words >= 40:
        return False
    ahead = parts[index + 1 : min(last + 1, index + HORIZON)]
    following = next((p for p in ahead if not (p.sure and p.kind == "furniture")), None)
    return (
        part.shape.teaser
        or not part.shape.strong
        or (following is not None and not following.prose and not following.sure)
    )


def _body_part(parts: list[Part], index: int, in_links: bool) -> None:
    part = parts[index]
    if in_links:
        part.take("furniture", "a teaser in a list of links")
    elif part.picture and not part.opens and index > 0 and not _continues_speech(part):
        part.take("caption", part.picture)
    elif (
        part.text.endswith("?")
        and part.shape.words <= _LONGEST_HEADING
        and part.shape.sentences == 1
        and not part.text.startswith(('"', "“"))
    ):
        part.take(
            "heading" if _prose_next(parts, index) else "paragraph",
            "a question before a paragraph",
        )
    else:
        part.take("paragraph", "running text")


def _continues_speech(part: Part) -> bool:
    return part.text[0] in "\"“‘'" or part.shape.words > 45


def _prose_next(parts: list[Part], index: int) -> bool:
    return index + 1 < len(parts) and is_body(parts[index + 1])


def _short_run(parts: list[Part], index: int, last: int) -> int:
    """Index after a run of short lines that nothing decided yet."""
    end = index
    while end <= last and not parts[end].sure and not parts[end].prose:
        end += 1
    return end


def _short_parts(parts: list[Part], start: int, end: int, in_links: bool) -> None:
    before = parts[start - 1]
    listed = before.kind == "paragraph" and before.text.rstrip().endswith(":")
    for i in range(start, end):
        part = parts[i]
        if in_links:
            part.take("furniture", "in a list of links")
        elif part.picture and part.shape.words >= 6:
            part.take("caption", part.picture)
        elif part.role == "row" or ("|" in part.text and i + 1 < len(parts) and parts[i + 1].role == "row"):
            part.take("paragraph", "a row of a table")
        elif listed or _SPEAKER.match(part.text) or (BULLET.match(part.text) and part.shape.words >= 4):
            part.take("paragraph", "an item of a list in the text")
        elif part.shape.cut_off and part.shape.words >= 14:
            part.take("paragraph", "a sentence without its end")
        elif end - start > 2 or (end - start == 2 and not _stacked_headings(parts, start)):
            part.take("furniture", "one of several short lines between paragraphs")
        elif part.shape.words <= _LONGEST_HEADING and _heads_text(part) and i == end - 1:
            part.take("heading", "a short line before a paragraph")
        elif part.shape.words <= _LONGEST_HEADING and _heads_text(part):
            part.take("heading", "a short line above a heading")
        else:
            part.take("furniture", "a headline between paragraphs: a link")


def _stacked_headings(parts: list[Part], start: int) -> bool:
    return all(parts[i].shape.words <= 5 and parts[i].unit.gap for i in (start, start + 1))


def _heads_text(part: Part) -> bool:
    first = part.text.lstrip("\"“‘'([")[:1]
    return (
        bool(first)
        and not first.islower()
        and part.shape.words >= 1
        and not part.text.startswith(("#", "@", "<", ">", "»", "→"))
    )


def _section_heading(parts: list[Part], index: int, last: int) -> None:
    """A section's name between two paragraphs is a heading of the report; among short lines it is a menu."""
    alone = parts[index - 1].prose and index < last and _prose_next(parts, index)
    if alone and not re.search(r"[|>»/]", parts[index].text):
        parts[index].take("heading", "a short line before a paragraph")


def _after(parts: list[Part], last: int) -> None:
    """Below the last paragraph: captions, credits and bylines keep their kind, a sentence cut off is still read."""
    closed, fresh = False, True
    for part in parts[last + 1 :]:
        if part.sure:
            closed = closed or part.role in ("list", "end")
            if part.role == "date" and not heads.is_labelled_date(part.text):
                part.take("furniture", "a date below the report")
            elif part.kind == "caption" and closed:
                part.take("furniture", "below the report, in a list of links")
            continue
        if fresh and not closed and _breaks_off(part):
            part.take("paragraph", "the last sentence, without its end")
        elif part.picture and not closed and part.shape.words >= 6:
            part.take("caption", part.picture)
        else:
            part.take("furniture", "below the report")
        fresh = False


def _breaks_off(part: Part) -> bool:
    if part.shape.teaser and part.shape.words < 12:
        return False
    clipped = _CLIPPED.search(part.text) is not None and part.shape.words >= 4
    return part.shape.cut_off or part.shape.strong or (clipped and part.shape.capitalised < 0.6)


def _author_notes(parts: list[Part], first: int) -> None:
    """The last sentences of an opinion piece say who its author is."""
    body = [i for i, part in enumerate(parts) if part.kind == "paragraph" and i > first]
    for i in body[-2:]:
        if heads.is_author_note(parts[i].text) and (
            i == body[-1] or parts[i].text.lower().startswith(("the author", "the writer", "about the"))
        ):
            parts[i].take("byline", "tells who the author is")

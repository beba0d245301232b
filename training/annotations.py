"""Authored sentences: their notation, read into records and checked.

The notation is described in `training/authored/README.md`. One record is a sentence with its mentions in square
brackets and its reported content in braces, followed by one line per label.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from foedera.knowledge import codebook
from foedera.language import labels

KINDS: Final = frozenset({*labels.MENTIONS, "time"})
ACTORS: Final = labels.ACTORS
STATUSES: Final = labels.STATUSES
STANCES: Final = labels.STANCES
STAGES: Final = labels.STAGES[1:]
"""Stages that an act can reach; the first label says that none is."""

_EVENT = re.compile(
    r"(?P<type>[A-Z]+)(?:/(?P<modes>[a-z0-9+-]+))?\s+(?P<source>[\w+]+|-)\s*(?P<link>[>=])\s*(?P<target>[\w+]+|-)"
    r"\s+@(?P<trigger>.+?)(?:#(?P<nth>\d))?\s+(?P<status>[a-z]+)(?P<alleged>\s+alleged)?$"
)
_SAY = re.compile(
    r"SAY\s+(?P<source>\w+|-)\s+@(?P<cue>.+?)(?:#(?P<nth>\d))?\s+(?:\{(?P<brace>\d)\}\s+)?(?P<how>direct|indirect|mixed)"
    r"(?:\s+to\s+(?P<addressee>\w+))?(?P<stances>(?:\s+\w+:[a-z]+)*)$"
)
_ACT = re.compile(r"ACT\s+(?P<id>\w+)\s+(?P<stage>[a-z_]+)\s+@(?P<trigger>.+?)(?:#(?P<nth>\d))?\s+(?P<status>[a-z]+)$")
_SAME = re.compile(r"SAME\s+(?P<ids>\w+(?:\s+\w+)+)$")
_OPEN = re.compile(r"\[(?P<id>\w*):(?P<kind>[a-z]+) ")


class AnnotationError(ValueError):
    """A record that does not follow the notation; says where and what."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: its characters, its kind, and the letter that labels call it by ("" where none refers to it)."""

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class EventLabel:
    """A PLOVER event of the sentence; `sources` and `targets` are mention ids."""

    type: str
    modes: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    symmetric: bool
    trigger: tuple[int, int]
    status: str
    alleged: bool


@dataclass(frozen=True, slots=True)
class SayLabel:
    """Who says what; `source` and `addressee` are mention ids or None."""

    source: str | None
    cue: tuple[int, int]
    content: tuple[int, int] | None
    how: str
    addressee: str | None
    stances: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActLabel:
    """What happens to an agreement."""

    id: str
    stage: str
    trigger: tuple[int, int]
    status: str


@dataclass(slots=True)
class Authored:
    """One authored sentence with its labels; every span is in characters of `text`.

    ``report`` tells which report of its file it belongs to, in the order of that report; empty where it stands alone.
    """

    text: str
    where: str
    mentions: list[Marked] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    events: list[EventLabel] = field(default_factory=list)
    says: list[SayLabel] = field(default_factory=list)
    acts: list[ActLabel] = field(default_factory=list)
    same: list[frozenset[str]] = field(default_factory=list)
    report: str = ""

    def mention(self, ident: str) -> Marked:
        """The mention that a label names.

        Raises:
            AnnotationError: No mention has this id.
        """
        for m in self.mentions:
            if ident and m.id == ident:
                return m
        raise AnnotationError(f"{self.where}: no mention has the id {ident!r}")


_REPORT = "# Report:"
"""Begins a comment before the first sentence of a report."""


def read_file(path: Path) -> Iterator[Authored]:
    """The records of a file.

    Raises:
        AnnotationError: At the first record that does not follow the notation.
    """
    for record in read_checked(path):
        if isinstance(record, AnnotationError):
            raise record
        yield record


def read_checked(path: Path) -> Iterator[Authored | AnnotationError]:
    """The records of a file, an error in the place of each that does not follow the notation."""
    for number, lines, report in _blocks(path.read_text(encoding="utf-8")):
        try:
            yield replace(parse(lines, f"{path.name}:{number}"), report=report and f"{path.stem}:{report}")
        except AnnotationError as error:
            yield error


def _blocks(text: str) -> Iterator[tuple[int, list[str], str]]:
    lines: list[str] = []
    first = 0
    report = ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            report = str(number) if line.startswith(_REPORT) else report
            continue
        if line.strip():
            first = first if lines else number
            lines.append(line.strip())
        elif lines:
            yield first, lines, report
            lines = []


def parse(lines: list[str], where: str) -> Authored:
    """A record from its lines.

    Raises:
        AnnotationError: The record does not follow the notation.
    """
    record = _sentence(lines[0], where)
    if len(lines) < 2:
        raise AnnotationError(f"{where}: no label line (write NONE where nothing is to be recorded)")
    for line in lines[1:]:
        _label(record, line)
    if lines[1:] != ["NONE"] and "NONE" in lines[1:] and record.events:
        raise AnnotationError(f"{where}: NONE beside an event")
    _covered(record)
    return record


def _sentence(marked: str, where: str) -> Authored:
    record = Authored("", where)
    out: list[str] = []
    length = position = 0
    opened: list[tuple[str, int, str, str]] = []
    contents: list[list[int]] = []
    while position < len(marked):
        char = marked[position]
        if char == "[":
            found = _OPEN.match(marked, position)
            if not found:
                raise AnnotationError(f"{where}: '[' without id:kind at {marked[position : position + 20]!r}")
            if any(kind == "[" for kind, *_ in opened):
                raise AnnotationError(f"{where}: mention inside a mention at {marked[position : position + 20]!r}")
            if found["kind"] not in KINDS:
                raise AnnotationError(f"{where}: unknown kind {found['kind']!r}; one of {', '.join(sorted(KINDS))}")
            opened.append(("[", length, found["id"], found["kind"]))
            position = found.end()
            continue
        if char == "{":
            opened.append(("{", length, str(len(contents)), ""))
            contents.append([length, -1])
        elif char in "]}":
            if not opened or opened[-1][0] != ("[" if char == "]" else "{"):
                raise AnnotationError(
                    f"{where}: {char!r} closes nothing at {marked[max(0, position - 20) : position]!r}"
                )
            kind, start, ident, label = opened.pop()
            if start == length:
                raise AnnotationError(f"{where}: empty brackets")
            if kind == "[":
                record.mentions.append(Marked(start, length, label, ident))
            else:
                contents[int(ident)][1] = length
        else:
            out.append(char)
            length += 1
        position += 1
    if opened:
        raise AnnotationError(f"{where}: {opened[-1][0]!r} is never closed")
    record.text = "".join(out)
    record.contents = [(a, b) for a, b in contents]
    ids = [m.id for m in record.mentions if m.id]
    if len(ids) != len(set(ids)):
        raise AnnotationError(f"{where}: an id is used twice")
    return record


def _label(record: Authored, line: str) -> None:
    if line == "NONE":
        return
    if found := _SAY.match(line):
        _say(record, found)
    elif found := _ACT.match(line):
        _act(record, found)
    elif found := _SAME.match(line):
        record.same.append(frozenset(_known(record, found["ids"].split())))
    elif found := _EVENT.match(line):
        _event(record, found)
    else:
        raise AnnotationError(f"{record.where}: cannot read the label {line!r}")


def _known(record: Authored, ids: list[str]) -> tuple[str, ...]:
    for ident in ids:
        record.mention(ident)
    return tuple(ids)


def _locate(record: Authored, words: str, nth: str | None) -> tuple[int, int]:
    hits = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", record.text)]
    if not hits:
        raise AnnotationError(f"{record.where}: {words!r} is not in the sentence")
    if nth is None and len(hits) > 1:
        raise AnnotationError(f"{record.where}: {words!r} occurs {len(hits)} times; write @{words}#1 or #2")
    k = int(nth or 1)
    if not 1 <= k <= len(hits):
        raise AnnotationError(f"{record.where}: {words!r} does not occur {k} times")
    return hits[k - 1]


def _event(record: Authored, found: re.Match[str]) -> None:
    where, kind = record.where, found["type"]
    types = codebook.plover_types()
    if kind not in types:
        raise AnnotationError(f"{where}: {kind!r} is no PLOVER type")
    modes = tuple((found["modes"] or "").split("+")) if found["modes"] else ()
    for mode in modes:
        if mode not in types[kind].modes:
            raise AnnotationError(
                f"{where}: {kind} has no mode {mode!r}; it has {', '.join(types[kind].modes) or 'none'}"
            )
    if found["status"] not in STATUSES:
        raise AnnotationError(f"{where}: status {found['status']!r} is none of {', '.join(STATUSES)}")
    sources = () if found["source"] == "-" else _known(record, found["source"].split("+"))
    targets = () if found["target"] == "-" else _known(record, found["target"].split("+"))
    if not sources and not targets:
        raise AnnotationError(f"{where}: an event without source and target")
    for ident in (*sources, *targets):
        if record.mention(ident).kind not in ACTORS | {"place"}:
            raise AnnotationError(f"{where}: {ident!r} is a {record.mention(ident).kind}, which cannot be a party")
    if set(sources) & set(targets):
        raise AnnotationError(f"{where}: the same mention is source and target")
    record.events.append(
        EventLabel(kind, modes, sources, targets, found["link"] == "=", _locate(record, found["trigger"], found["nth"]),
                   found["status"], bool(found["alleged"]))
    )  # fmt: skip


def _say(record: Authored, found: re.Match[str]) -> None:
    stances = tuple((p.split(":")[0], p.split(":")[1]) for p in found["stances"].split())
    for ident, stance in stances:
        record.mention(ident)
        if stance not in STANCES:
            raise AnnotationError(f"{record.where}: stance {stance!r} is none of {', '.join(STANCES)}")
    source = None if found["source"] == "-" else _known(record, [found["source"]])[0]
    addressee = _known(record, [found["addressee"]])[0] if found["addressee"] else None
    if found["brace"] is None and len(record.contents) > 1:
        raise AnnotationError(f"{record.where}: several braces: say which, as {{1}}")
    k = int(found["brace"] or 1)
    if not 1 <= k <= len(record.contents):
        raise AnnotationError(f"{record.where}: SAY without reported content in braces")
    record.says.append(
        SayLabel(source, _locate(record, found["cue"], found["nth"]), record.contents[k - 1], found["how"], addressee,
                 stances)
    )  # fmt: skip


def _act(record: Authored, found: re.Match[str]) -> None:
    _known(record, [found["id"]])
    if found["stage"] not in STAGES:
        raise AnnotationError(f"{record.where}: stage {found['stage']!r} is none of {', '.join(STAGES)}")
    if found["status"] not in STATUSES:
        raise AnnotationError(f"{record.where}: status {found['status']!r} is none of {', '.join(STATUSES)}")
    record.acts.append(
        ActLabel(found["id"], found["stage"], _locate(record, found["trigger"], found["nth"]), found["status"])
    )


def _covered(record: Authored) -> None:
    if record.contents and not record.says:
        raise AnnotationError(f"{record.where}: reported content in braces without a SAY line")


def masked(record: Authored) -> str:
    """The shape of a sentence: mentions replaced by their kinds and numbers by a sign, in lower case."""
    out: list[str] = []
    last = 0
    for m in sorted(record.mentions, key=lambda m: m.start):
        out += [record.text[last : m.start], f"<{m.kind}>"]
        last = m.end
    out.append(record.text[last:])
    shape = re.sub(r"\d[\d.,]*", "#", "".join(out))
    months = "january february march april may june july august september october november december"
    days = "monday tuesday wednesday thursday friday saturday sunday"
    return re.sub(rf"\b(?:{'|'.join((months + ' ' + days).split())})\b", "<time>", shape.lower())


def main(paths: list[str]) -> int:
    """Check files; print every error and a count of what they hold."""
    from collections import Counter

    errors = 0
    shapes: Counter[str] = Counter()
    types: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    sentences = pairs = none = 0
    for path in paths:
        for record in read_checked(Path(path)):
            if isinstance(record, AnnotationError):
                print(record)
                errors += 1
                continue
            sentences += 1
            shapes[masked(record)] += 1
            if shapes[masked(record)] == 2:
                print(f"{record.where}: note: the same shape as an earlier sentence: {masked(record)[:80]}")
            none += not record.events
            types.update(e.type for e in record.events)
            statuses.update(e.status + (" alleged" if e.alleged else "") for e in record.events)
            pairs += sum(max(1, len(e.sources)) * max(1, len(e.targets)) for e in record.events)
    print(f"{sentences} sentences, {len(shapes)} shapes, {none} without event, {pairs} directed pairs, {errors} errors")
    print("types   ", dict(types.most_common()))
    print("statuses", dict(statuses.most_common()))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Scores time expressions against TimeML files: TempEval-3's measures (UzZaman et al. 2013)."""

from __future__ import annotations

import html
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from foedera.language import Network, Timex, find_timexes
from foedera.model import DateValue
from foedera.model.errors import EvaluationError

from .annotated import Timed, not_empty
from .bootstrap import Ratio, figures, precision_recall

_TIMEX: Final = re.compile(r"<TIMEX3\b([^>]*)(?<!/)>(.*?)</TIMEX3>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_ATTRIBUTE: Final = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A TimeML document: its text, its day (ISO, "" where it gives none) and its time expressions."""

    name: str
    text: str
    day: str
    timexes: tuple[Timex, ...]


def evaluate_times(place: Path, *, network: Network, errors: bool = False) -> dict[str, Any]:
    """Score time expressions.

    Args:
        place: A folder or a tar archive with ``.tml`` files.
        network: The reader.
        errors: Whether missed and spurious expressions are listed.

    Returns:
        ``strict_f1`` (same characters), ``relaxed_f1`` (some characters shared), ``value_f1`` (relaxed, with the same
        value) and ``type_accuracy`` (of those that match), with intervals over documents.

    Raises:
        EvaluationError: The place holds no such file, or one cannot be read.
    """
    documents = list(read_timeml(place))
    not_empty(documents, place, ".tml files")
    timed = Timed(network)
    units: list[list[dict[str, float]]] = []
    listed: list[str] = []
    for document in documents:
        reference = DateValue.of(document.day, "metadata") if document.day else DateValue()
        found = find_timexes(document.text, reference, network)
        units.append([_unit(document.timexes, found)])
        listed += _errors(document, found)
    ratios = {
        **precision_recall("strict_", "strict"), **precision_recall("relaxed_", "relaxed"),
        "value_f1": Ratio(("value", "value"), ("gold", "system"), 0.0), "type_accuracy": Ratio(("type",), ("relaxed",)),
    }  # fmt: skip
    total = sum(len(d.timexes) for d in documents)
    out = {**timed.about("times", total), **figures(units, ratios)}
    return {**out, "errors": listed} if errors else out


def read_timeml(place: Path) -> Iterator[Annotated]:
    """The documents of a folder or archive, by name.

    Raises:
        EvaluationError: One cannot be read.
    """
    for name, data in sorted(_files(place)):
        try:
            yield _parsed(name, data.decode("utf-8-sig").replace("\r\n", "\n"))
        except (UnicodeDecodeError, ValueError) as error:
            raise EvaluationError(f"not a TimeML document: {error}", where=f"{place}/{name}",
                                  remedy="It needs TEXT with TIMEX3 inside.") from error  # fmt: skip


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if place.is_dir():
            yield from ((p.relative_to(place).as_posix(), p.read_bytes()) for p in place.rglob("*.tml"))
            return
        with tarfile.open(place) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() else None
                if (
                    file is not None
                    and member.name.endswith(".tml")
                    and not PurePosixPath(member.name).name.startswith(".")
                ):
                    yield member.name, file.read()
    except (OSError, tarfile.TarError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise EvaluationError(f"the files cannot be read: {error}", where=str(place),
                              remedy="Name a folder or a tar archive of .tml files.") from error  # fmt: skip


def _parsed(name: str, raw: str) -> Annotated:
    first, last = raw.find("<TEXT>"), raw.rfind("</TEXT>")
    if first < 0 or last < 0:
        raise ValueError("no TEXT")
    created = _TIMEX.search(raw[:first])
    day = dict(_ATTRIBUTE.findall(created[1])).get("value", "")[:10] if created else ""
    body = raw[first + len("<TEXT>") : last]
    out: list[str] = []
    timexes: list[Timex] = []
    length = at = 0
    for m in _TIMEX.finditer(body):
        attributes = dict(_ATTRIBUTE.findall(m[1]))
        before, inner = _plain(body[at : m.start()]), _plain(m[2])
        length += len(before)
        timexes.append(Timex(length, length + len(inner), attributes.get("type", ""), attributes.get("value", "")))
        length += len(inner)
        out += [before, inner]
        at = m.end()
    return Annotated(name, "".join([*out, _plain(body[at:])]), day if _is_day(day) else "", tuple(timexes))


def _is_day(text: str) -> bool:
    try:
        return DateValue.of(text, "metadata").granularity == "day"
    except ValueError:
        return False


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))


def _unit(gold: tuple[Timex, ...], found: list[Timex]) -> dict[str, float]:
    spans = {(t.start, t.end) for t in gold}
    out = {"gold": len(gold), "system": len(found), "strict": sum((t.start, t.end) in spans for t in found)}
    matched = _matched(gold, found)
    out["relaxed"] = len(matched)
    out["type"] = sum(a.type == b.type for a, b in matched)
    out["value"] = sum(a.value == b.value and bool(a.value) for a, b in matched)
    return {k: float(v) for k, v in out.items()}


def _matched(gold: tuple[Timex, ...], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Each expression with the first of the others that shares a character with it and is not taken."""
    out, taken = [], set()
    for t in found:
        for k, g in enumerate(gold):
            if k not in taken and t.start < g.end and g.start < t.end:
                taken.add(k)
                out.append((g, t))
                break
    return out


def _errors(document: Annotated, found: list[Timex]) -> Iterator[str]:
    text = document.text
    mine, gold = {(t.start, t.end) for t in found}, {(t.start, t.end) for t in document.timexes}
    yield from (f"{document.name}: missed {text[a:b]!r}" for a, b in sorted(gold - mine))
    yield from (f"{document.name}: spurious {text[a:b]!r}" for a, b in sorted(mine - gold))
    yield from (f"{document.name}: {text[g.start:g.end]!r} is {g.value}, read as {t.value}"
                for g, t in _matched(document.timexes, found) if g.value != t.value)  # fmt: skip

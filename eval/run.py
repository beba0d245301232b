"""Measures Foedera against gold and holds each figure to its floor. Used by ``make eval``.

The demo gold and the held-out pairs come with the repository; the other sets are measured where the folder named by
FOEDERA_DATA (default: ``../shared/data``) is present. A figure that could not be measured fails its floor, unless
``--present`` passes over what is not here.

Floors only rise. ``--raise`` sets each floor to what the figure surely is (`Figure.sure`), rounded down to two
decimals, where that is higher. A floor may fall only with the gold that it was measured on: then the hash of that gold
in floors.json changes too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import reader

from foedera.articles import make_article
from foedera.evaluation import (
    KINDS,
    Process,
    evaluate_claims,
    evaluate_events,
    evaluate_extraction,
    evaluate_hygiene,
)
from foedera.model import Article, Claim, Page
from foedera.model.errors import EvaluationError
from foedera.pipeline import process

ROOT: Final = Path(__file__).resolve().parents[1]
FLOORS: Final = ROOT / "eval" / "floors.json"
DEMO_GOLD: Final = ROOT / "eval" / "gold" / "demo"
DEMO_PAGES: Final = ROOT / "src" / "foedera" / "demo" / "reports"
LATEST: Final = dt.date(2026, 12, 31)
"""Last day on which a page may have been published: fixed, so that figures do not depend on the day of the run."""
SAMPLE: Final = 60
"""Pages of the extraction benchmark that are measured."""

_EVENTS: Final = (
    "full_f1", "full_precision", "full_recall", "quad_f1", "date_accuracy", "status_accuracy", "evidence_accuracy",
)  # fmt: skip
_CLAIMS: Final = ("f1", "precision", "recall", "stance_accuracy", "stage_accuracy", "status_accuracy", "date_accuracy")
_HYGIENE: Final = ("title_accuracy", "publication_accuracy", "lines_f1", "lines_precision", "lines_recall")
_EXTRACTION: Final = ("f1", "precision", "recall")

_PAGE_SHARES: Final = ("title_accuracy", "publication_accuracy")
_LEAST: Final = 20
"""Items from which a share of them is held to a floor."""


_MANY: Final = 100
"""Items from which a figure of claims is held to its value rather than to the lower end of its interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: Set, task and key: ``demo.events.full_f1``.
        value: The figure, a fraction of 1.
        low, high: Its 95 % interval, None where there is none.
        n: Items that the task rests on.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    n: int

    @property
    def held(self) -> bool:
        """Whether it has a floor: F1, and shares of enough items; precision and recall may be traded for each other."""
        key = self.name.rsplit(".", 1)[-1]
        if key in _PAGE_SHARES or key.endswith("f1"):
            return True
        return key == "pearson_r" or (key.endswith("accuracy") and self.n >= _LEAST)

    @property
    def sure(self) -> float:
        """What the figure surely is: the value its floor rises to.

        A reader that is better on the whole may lose one claim of the few on two pages. So a figure of claims that
        rests on few items counts with the lower end of its interval, and with no more than 1/sqrt(n) below the value,
        since the bootstrap gives a perfect score no width.
        """
        task = self.name.split(".")[1]
        if task not in ("events", *KINDS) or self.n >= _MANY or self.low is None:
            return self.value
        return max(0.0, min(self.low, self.value - 1 / math.sqrt(self.n)))


@dataclass(frozen=True, slots=True)
class Floors:
    """What figures may not fall below.

    Attributes:
        tolerance: How far below its floor a figure may lie.
        gold: Hash of the gold and pages of each set when its floors were set.
        floors: The floor of each figure.
    """

    tolerance: float
    gold: Mapping[str, str]
    floors: Mapping[str, float]

    @classmethod
    def load(cls, text: str) -> Floors:
        """Read floors.json."""
        content = json.loads(text)
        return cls(content["tolerance"], content["gold"], content["floors"])

    def text(self) -> str:
        """Write floors.json."""
        gold, floors = dict(sorted(self.gold.items())), dict(sorted(self.floors.items()))
        content = {"tolerance": self.tolerance, "gold": gold, "floors": floors}
        return json.dumps(content, indent=1) + "\n"

    def fails(self, figure: Figure) -> bool:
        """Whether a figure lies below its floor; a figure without a floor cannot."""
        floor = self.floors.get(figure.name)
        return floor is not None and figure.value < floor - self.tolerance

    def raised(self, figures: Iterable[Figure], gold: Mapping[str, str]) -> Floors:
        """Floors at the figures, rounded down; never lower than now, except where the gold is another."""
        floors = dict(self.floors)
        for name in [n for n in floors if _set(n) in gold and self.gold.get(_set(n)) != gold[_set(n)]]:
            del floors[name]
        for figure in (f for f in figures if f.held):
            # The small addend keeps 0.29 * 100 = 28.999... from becoming 0.28.
            floor = math.floor(figure.sure * 100 + 1e-9) / 100
            floors[figure.name] = max(floor, floors.get(figure.name, 0.0))
        return Floors(self.tolerance, {**self.gold, **gold}, floors)


def _set(name: str) -> str:
    return name.split(".", 1)[0]


def hash_of(paths: Iterable[Path]) -> str:
    """Hash of the names and bytes of files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda p: (p.name, str(p))):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def remembering() -> Process:
    """The pipeline, which reads each page once however many kinds are scored."""
    done: dict[str, tuple[Article, list[Claim]]] = {}

    def once(page: Page) -> tuple[Article, list[Claim]]:
        if page.id not in done:
            done[page.id] = process(page, latest=LATEST)
        return done[page.id]

    return once


def articles_only(page: Page) -> tuple[Article, list[Claim]]:
    """The article alone: what the extraction benchmark looks at."""
    return make_article(page, latest=LATEST, signatures=False), []


def measure_gold(name: str, gold: Path, pages: Path) -> Iterator[Figure]:
    """Figures of a folder of gold. A kind that gold lacks is left out."""
    read, places = remembering(), [pages]
    tasks: list[tuple[Callable[[], dict[str, Any]], tuple[str, ...]]] = [
        (partial(evaluate_events, gold, places, process=read), _EVENTS),
        *((partial(evaluate_claims, kind, gold, places, process=read), _CLAIMS) for kind in KINDS),
        (partial(evaluate_hygiene, gold, places, process=read), _HYGIENE),
    ]
    for evaluate, keys in tasks:
        try:
            yield from _figures(name, evaluate(), keys)
        except EvaluationError as error:
            print(f"skipped: {name}: {error}")


def _figures(name: str, result: Mapping[str, Any], keys: Iterable[str]) -> Iterator[Figure]:
    task = str(result["task"]).removeprefix("claims ")
    for key in keys:
        if result.get(key) is not None:
            low, high = result.get(f"{key}_low"), result.get(f"{key}_high")
            yield Figure(f"{name}.{task}.{key}", result[key], low, high, result["n"])


def measure(shared: Path, gold: dict[str, str]) -> Iterator[Figure]:
    """All figures, with the hash of the gold of each set that is present."""
    gold["demo"] = hash_of([*DEMO_GOLD.glob("*.json"), *(p for p in DEMO_PAGES.rglob("*") if p.is_file())])
    yield from measure_gold("demo", DEMO_GOLD, DEMO_PAGES)

    seeds, pages = shared / "gold" / "seeds", shared / "seeds"
    if seeds.is_dir() and pages.is_dir():
        gold["seeds"] = hash_of([*seeds.glob("*.json"), *(p for p in pages.rglob("*") if p.is_file())])
        yield from measure_gold("seeds", seeds, pages)
    else:
        print(f"skipped: seeds: {seeds} or {pages} is absent (set FOEDERA_DATA)")

    for name, result, keys in reader.measured(shared / "data", gold, hash_of):
        yield from _figures(name, result, keys)

    benchmark = shared / "data" / "lang" / "AEB"
    if (benchmark / "ground-truth.json").is_file():
        gold["aeb"] = hash_of([benchmark / "ground-truth.json"])
        result = evaluate_extraction(benchmark, process=articles_only, sample=SAMPLE)
        yield from _figures("aeb", result, _EXTRACTION)
    else:
        print(f"skipped: aeb: {benchmark} is absent (set FOEDERA_DATA)")


def shared_folder() -> Path:
    """The folder that holds data, gold and seeds, present or not."""
    return Path(os.environ.get("FOEDERA_DATA", ROOT.parent / "shared" / "data")).parent


def report(figures: Iterable[Figure], floors: Floors, gold: Mapping[str, str]) -> list[str]:
    """Print the table and return the names of what fell."""
    fell: list[str] = []
    print(f"{'figure':36} {'value':>7} {'95 % interval':>17} {'n':>5} {'floor':>6}")
    for figure in figures:
        floor = floors.floors.get(figure.name)
        verdict = ("no floor" if figure.held else "") if floor is None else "FAIL" if floors.fails(figure) else "pass"
        if verdict == "FAIL":
            fell.append(figure.name)
        between = "" if figure.low is None else f"{figure.low:.3f} to {figure.high:.3f}"
        shown = "" if floor is None else f"{floor:.2f}"
        print(f"{figure.name:36} {figure.value:7.4f} {between:>17} {figure.n:5d} {shown:>6} {verdict}", flush=True)
    for name in sorted(set(gold) & set(floors.gold)):
        if gold[name] != floors.gold[name]:
            print(f"the gold of {name} is not the one that its floors were set on: look at the figures, then --raise")
            fell.append(f"{name} (gold changed)")
    return fell


def missing(figures: Iterable[Figure], floors: Floors, gold: Mapping[str, str], *, present: bool = False) -> list[str]:
    """Figures that have a floor and were not measured; with `present`, only those whose gold is here."""
    measured = {figure.name for figure in figures}
    return sorted(n for n in floors.floors if n not in measured and (_set(n) in gold or not present))


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit status: 1 where a figure fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raising", action="store_true", help="raise the floors to the figures")
    parser.add_argument("--present", action="store_true", help="pass over sets that are not on this machine")
    options = parser.parse_args(arguments)
    floors = Floors.load(FLOORS.read_text(encoding="utf-8"))
    gold: dict[str, str] = {}
    figures = list(measure(shared_folder(), gold))
    fell = [*report(figures, floors, gold), *missing(figures, floors, gold, present=options.present)]
    if options.raising:
        FLOORS.write_text(floors.raised(figures, gold).text(), encoding="utf-8")
        print(f"floors raised in {FLOORS.relative_to(ROOT)}; what fell keeps its floor: {', '.join(fell) or 'nothing'}")
        fell = [name for name in fell if not name.endswith("(gold changed)")]
    elif fell:
        print(f"fell below the floor, or is missing: {', '.join(fell)}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())

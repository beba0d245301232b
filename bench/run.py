"""Measures speed and memory of whole processes, medians over runs. Used by ``make bench``.

What is measured: ``foedera --help``, the two seed pages into a fresh store, the demo, sentences a second with the
network and with the whole reader, and a thousand articles. The seed
pages and the news texts behind the articles are not in the repository: they are looked for beside and in the folder
named by FOEDERA_DATA (default: ``../shared/data``), and skipped with a reason where they are absent.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from articles import write_articles

ROOT: Final = Path(__file__).resolve().parents[1]
READING: Final = Path(__file__).resolve().parent / "reading.py"
SENTENCES: Final = Path(__file__).resolve().parent / "sentences.py"
PAIRS: Final = ROOT / "eval" / "gold" / "pairs"
FOEDERA: Final = Path(sys.executable).parent / "foedera"
ARTICLES: Final = 1_000
KIB_PER_MB: Final = 1_000_000 / 1_024


@dataclass(frozen=True, slots=True)
class Result:
    """One measured quantity.

    Attributes:
        name: What was measured.
        value: Median over the runs.
        unit: ``s``, ``MB`` or ``/s``.
        bar: What it should stay below, None where there is no bar.
        runs: Values of the runs.
    """

    name: str
    value: float
    unit: str
    bar: float | None
    runs: tuple[float, ...]

    @classmethod
    def of(cls, name: str, unit: str, bar: float | None, runs: Sequence[float]) -> Result:
        """The median of runs."""
        return cls(name, round(statistics.median(runs), 3), unit, bar, tuple(round(r, 3) for r in runs))

    def line(self) -> str:
        """For the table."""
        bar = "" if self.bar is None else f"{self.bar:g} {self.unit}"
        verdict = "" if self.bar is None else "within" if self.value <= self.bar else "OVER"
        return f"{self.name:44} {self.value:10.3f} {self.unit:3} {bar:>8} {verdict:7} runs {len(self.runs)}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used: wall time and processor time in seconds, highest resident memory in MB."""

    wall: float
    cpu: float
    peak: float
    output: str


def measured(command: Sequence[str | Path], accepted: Sequence[int] = (0,)) -> Cost:
    """Run a command and say what it cost.

    Args:
        command: The program and its arguments.
        accepted: Exit codes that are no failure.

    Raises:
        SystemExit: It failed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=err, cwd=ROOT)
        # wait4 gives the usage of this child; RUSAGE_CHILDREN would give the peak of all children so far.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in accepted:
            said = err.read().decode("utf-8", "replace")[-2_000:]
            raise SystemExit(f"failed with {process.returncode}: {' '.join(map(str, command))}\n{said}")
        text = out.read().decode("utf-8", "replace")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB_PER_MB, text)


def help_text(runs: int) -> Iterator[Result]:
    """How long ``foedera --help`` takes."""
    yield Result.of("foedera --help", "s", 0.3, [measured([FOEDERA, "--help"]).wall for _ in range(runs)])


def fresh_store(name: str, bar: float, runs: int, *arguments: str | Path) -> Iterator[Result]:
    """A command that fills a new store, each run in its own folder."""
    costs = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            command, *rest = arguments
            # Reading ends with 1 where an input was rejected, which a folder of real pages may hold.
            accepted = (0, 1) if command == "read" else (0,)
            costs.append(measured([FOEDERA, command, "--store", Path(folder) / "record", *rest], accepted))
    yield Result.of(name, "s", bar, [c.wall for c in costs])
    yield Result.of(f"{name}: peak memory", "MB", 600, [c.peak for c in costs])


def thousand(texts: Path, runs: int) -> Iterator[Result]:
    """A thousand articles: speed, peak memory, and how much memory grows after the first quarter."""
    costs, said = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            inputs = Path(folder) / "articles.jsonl"
            write_articles(texts, inputs, ARTICLES)
            costs.append(measured([sys.executable, READING, Path(folder) / "record", inputs, str(ARTICLES // 4)]))
            said.append(json.loads(costs[-1].output))
    yield Result.of("1,000 articles", "s", None, [c.wall for c in costs])
    yield Result.of("1,000 articles: articles per second", "/s", None, [s["articles"] / s["seconds"] for s in said])
    yield Result.of("1,000 articles: peak memory", "MB", 600, [c.peak for c in costs])
    yield Result.of("1,000 articles: growth from 250 to 1,000", "MB", None, [s["growth_mb"] for s in said])


def sentences(file: Path, runs: int) -> Iterator[Result]:
    """Sentences a second, and what the heads and pairs leave of the bare encoder's speed."""
    said, costs = [], []
    for _ in range(runs):
        costs.append(measured([sys.executable, SENTENCES, file]))
        said.append(json.loads(costs[-1].output))
    yield Result.of("sentences: whole reader", "/s", None, [s["reader"] for s in said])
    yield Result.of("sentences: network, all heads and pairs", "/s", None, [s["network"] for s in said])
    yield Result.of("sentences: bare encoder", "/s", None, [s["bare"] for s in said])
    yield Result.of("sentences: network / bare encoder", "", None, [s["share"] for s in said])
    yield Result.of("sentences: peak memory", "MB", 700, [c.peak for c in costs])


def plain_sentences(data: Path, place: Path) -> Path:
    """PLV's sentences, a line each, where they are present, else the held-out ones of the repository."""
    import csv
    import re

    table = data / "relation" / "PLV_train.tsv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found = [re.sub(r"</?[st]>", "", r["marked_sentence"]) for r in rows]
    else:
        lines = [x for p in sorted(PAIRS.glob("*.txt")) for x in p.read_text("utf-8").splitlines()]
        found = [re.sub(r"\[\w*:\w+ |[]{}]", "", x) for x in lines if "[" in x]
    out = place / "sentences.txt"
    out.write_text("\n".join(found), encoding="utf-8")
    return out


def measure(data: Path, runs: int) -> Iterator[Result]:
    """All results, in order; what is absent is named on stdout."""
    yield from help_text(max(runs, 5))
    seeds = data.parent / "seeds"
    if seeds.is_dir():
        yield from fresh_store("two seed pages", 3, runs, "read", seeds)
    else:
        print(f"skipped: two seed pages: {seeds} is absent (set FOEDERA_DATA)")
    yield from fresh_store("foedera demo", 10, runs, "demo")
    with tempfile.TemporaryDirectory() as folder:
        yield from sentences(plain_sentences(data, Path(folder)), runs)
    texts = data / "lang" / "POLNEAR" / "polnear_train.jsonl.gz"
    if texts.is_file():
        yield from thousand(texts, max(1, runs // 3))
    else:
        print(f"skipped: 1,000 articles: {texts} is absent (set FOEDERA_DATA)")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit status is 0 whatever the figures, as machines differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is taken (default: 3)")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs has to be 1 or more")
    data = Path(os.environ.get("FOEDERA_DATA", ROOT.parent / "shared" / "data"))
    print(f"{'what':44} {'median':>10} {'':3} {'bar':>8}")
    results = []
    for result in measure(data, options.runs):
        results.append(result)
        print(result.line(), flush=True)
    if options.json:
        about = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
        content = {**about, "results": [asdict(r) for r in results]}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

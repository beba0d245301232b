"""Reads inputs into a store in a process of its own, and says how its memory grew. Started by ``run.py``.

usage: reading.py STORE INPUT FROM
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from foedera.engines import Progress, ReadSettings, read_into

_KIB_PER_MB = 1_000_000 / 1_024


def resident() -> float:
    """Resident memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / _KIB_PER_MB


def main(store: str, inputs: str, first: str) -> None:
    """Read, sampling the memory after the article `first` and after the last one; print one JSON object."""
    samples: list[float] = []

    def note(progress: Progress) -> None:
        if progress.articles == int(first) and not samples:
            samples.append(resident())

    summary = read_into(Path(store), [inputs], settings=ReadSettings(copies=False), on_progress=note)
    if not samples:
        raise SystemExit(f"only {summary.articles} articles were read, fewer than {first}")
    growth = round(resident() - samples[0], 1)
    print(json.dumps({"articles": summary.articles, "seconds": summary.seconds, "growth_mb": growth}))


if __name__ == "__main__":
    main(*sys.argv[1:])

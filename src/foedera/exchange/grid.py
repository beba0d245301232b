"""Rows as an aligned table for a terminal, streamed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, TextIO

from .cells import shown

_LOOKED_AT: Final = 200
"""Rows whose cells settle the widths of the columns; later rows are fitted to them, so that any number can stream."""

_GAP: Final = "  "
_WIDEST: Final = 60
_NARROWEST: Final = 6


def write_grid(
    rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] | None, width: int | None
) -> tuple[int, int]:
    """Write rows as a table.

    Args:
        rows: The rows.
        out: Where to.
        columns: Which columns, in order; None takes those of the first row.
        width: Characters a line may have; None asks the terminal, and does without a limit where there is none.

    Returns:
        Number of rows, and number of cells that were shortened.
    """
    rows = iter(rows)
    head = list(islice(rows, _LOOKED_AT))
    names = list(columns) if columns is not None else list(head[0]) if head else []
    if not names:
        return 0, 0
    width = width or (shutil.get_terminal_size().columns if out.isatty() else None)
    cells = [[shown(row.get(name)) for name in names] for row in head]
    widths = _widths(names, cells, width)
    _line(names, widths, out)
    _line(["─" * w for w in widths], widths, out)
    count = shortened = 0
    for row in chain(cells, _rest(rows, names)):
        count += 1
        shortened += _line(row, widths, out)
    return count, shortened


def _rest(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[list[str]]:
    for row in rows:
        yield [shown(row.get(name)) for name in names]


def _widths(names: Sequence[str], cells: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """Widths in terminal columns: what the cells need, the widest cut first where the line is too short."""
    from rich.cells import cell_len

    needed = [max([1, cell_len(name), *(cell_len(row[i]) for row in cells)]) for i, name in enumerate(names)]
    widths = [min(need, _WIDEST) for need in needed]
    if width is None:
        return widths
    spare = width - len(_GAP) * (len(names) - 1) - sum(widths)
    # The first column names the row, so it is the last to give way.
    for narrowing in (range(1, len(names)), range(len(names))):
        while spare < 0 and (wide := max(narrowing, key=lambda i: widths[i], default=0)) in narrowing:
            if widths[wide] <= _NARROWEST:
                break
            widths[wide] -= 1
            spare += 1
    for i in sorted(range(len(names)), key=lambda i: widths[i] - needed[i]):
        more = min(max(spare, 0), needed[i] - widths[i])
        widths[i], spare = widths[i] + more, spare - more
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], out: TextIO) -> int:
    from rich.cells import cell_len, set_cell_size

    fitted, shortened = [], 0
    for text, width in zip(cells, widths, strict=True):
        if cell_len(text) > width:
            shortened += 1
            text = set_cell_size(text, width - 1).rstrip() + "…"
        fitted.append(set_cell_size(text, width))
    out.write(_GAP.join(fitted).rstrip() + "\n")
    return shortened

"""Figures that are ratios of sums, and their intervals by resampling documents and the items in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

RESAMPLES: Final = 1_000
SEED: Final = 20_190_823
DIGITS: Final = 4

Unit: TypeAlias = Mapping[str, float]
"""What one item adds to each sum; absent means 0."""

Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure: the sum of some columns over the sum of others.

    Attributes:
        top, bottom: Names of the columns, repeated where they count twice.
        empty: Value where the bottom is 0; None means that the figure does not apply.
    """

    top: tuple[str, ...]
    bottom: tuple[str, ...]
    empty: float | None = None


def precision_recall(name: str, hit: str, *, system: str = "system", gold: str = "gold") -> dict[str, Ratio]:
    """Precision, recall and F1 of a column of hits, under names that start with `name`."""
    return {
        f"{name}f1": Ratio((hit, hit), (gold, system), 0.0),
        f"{name}precision": Ratio((hit,), (system,), 0.0),
        f"{name}recall": Ratio((hit,), (gold,), 0.0),
    }


def figures(
    documents: Sequence[Sequence[Unit]],
    ratios: Mapping[str, Ratio],
    harmonic: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """The figures over all units, each with the 95 % interval of its bootstrap.

    Documents are drawn with replacement, and in each drawn document its units, so that the interval shows both how
    much documents differ and how few items there are. The seed is fixed.

    Args:
        documents: The units of each document.
        ratios: The figures by name.
        harmonic: Further figures, each the harmonic mean of two of `ratios`.

    Returns:
        ``name``, ``name_low`` and ``name_high``; None where a figure does not apply.
    """
    columns = sorted({c for ratio in ratios.values() for c in (*ratio.top, *ratio.bottom)})
    tables = [np.array([[float(u.get(c, 0.0)) for c in columns] for u in units]) for units in documents if units]
    # The first row holds the sums themselves, the others the resamples.
    sums = np.vstack([sum((t.sum(axis=0) for t in tables), np.zeros(len(columns))), _resample(tables, len(columns))])
    values = {name: _values(ratio, columns, sums) for name, ratio in ratios.items()}
    for name, (a, b) in (harmonic or {}).items():
        both = values[a] + values[b]
        values[name] = np.divide(2 * values[a] * values[b], both, out=np.zeros(len(both)), where=both > 0)
    out: dict[str, Any] = {}
    for name, series in values.items():
        empty = ratios[name].empty if name in ratios else None
        out[name] = empty if np.isnan(series[0]) else round(float(series[0]), DIGITS)
        out[f"{name}_low"], out[f"{name}_high"] = _interval(series[1:])
    return out


def _values(ratio: Ratio, columns: Sequence[str], sums: Array) -> Array:
    """A ratio for every row of sums, NaN where it does not apply."""
    top = sums[:, [columns.index(c) for c in ratio.top]].sum(axis=1)
    bottom = sums[:, [columns.index(c) for c in ratio.bottom]].sum(axis=1)
    out: Array = np.full(len(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out


def _resample(tables: Sequence[Array], width: int) -> Array:
    """Sums of the columns in each resample."""
    random = np.random.Generator(np.random.PCG64(SEED))
    sums = np.zeros((RESAMPLES, width))
    if not tables:
        return sums
    times = random.multinomial(len(tables), [1 / len(tables)] * len(tables), size=RESAMPLES)
    for column, table in enumerate(tables):
        n = len(table)
        sums += random.multinomial(times[:, column] * n, [1 / n] * n) @ table
    return sums


def _interval(series: Array) -> tuple[float | None, float | None]:
    applies = series[~np.isnan(series)]
    if not applies.size:
        return None, None
    low, high = np.percentile(applies, [2.5, 97.5])
    return round(float(low), DIGITS), round(float(high), DIGITS)

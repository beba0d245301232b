"""Scores factuality against Universal Decompositional Semantics (Rudinger et al. 2018): -3 did not happen, 3 did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from foedera.language import Network
from foedera.model.errors import EvaluationError

from .annotated import Timed, joined, json_lines, not_empty
from .bootstrap import DIGITS, RESAMPLES, SEED


def evaluate_factuality(file: Path, *, network: Network) -> dict[str, Any]:
    """Score the factuality of predicates.

    Args:
        file: JSONL, packed or not: ``tokens`` and ``pred_factuality`` ([[token, value, confidence], ...]).
        network: The reader.

    Returns:
        ``pearson_r`` and ``mae`` with intervals over sentences. ``pearson_r`` is None where the gold does not vary.

    Raises:
        EvaluationError: The file is malformed, or names a token that the sentence does not have.
    """
    rows = [(where, row) for where, row in json_lines(file, ("tokens", "pred_factuality")) if row["pred_factuality"]]
    not_empty(rows, file, "predicates")
    for where, row in rows:
        if not isinstance(row["tokens"], list) or not isinstance(row["pred_factuality"], list):
            raise EvaluationError("tokens and pred_factuality have to be lists", where=where,
                                  remedy="[token, ...] and [[token, value, confidence], ...].")  # fmt: skip
    timed = Timed(network)
    texts = [joined([str(t) for t in row["tokens"]]) for _, row in rows]
    encoded = [network.encode(text, [(0, len(text))])[0] for text, _ in texts]
    sentences: list[npt.NDArray[np.float64]] = []
    for (where, row), (_, places), e, scored in zip(rows, texts, encoded, network.read(encoded), strict=True):
        values = []
        for item in row["pred_factuality"]:
            try:
                token, value = int(item[0]), float(item[1])
                place = places[token] if token >= 0 else places[len(places)]
            except (TypeError, ValueError, LookupError) as error:
                raise EvaluationError(
                    f"cannot read the predicate {item!r}",
                    where=where,
                    remedy="[token, value, confidence], with tokens counted from 0.",
                ) from error
            words = e.word_at(*place)
            values.append((float(scored.fact[words[0]]) if words else 0.0, value))
        sentences.append(np.array(values))
    out: dict[str, Any] = timed.about("factuality", int(sum(len(s) for s in sentences)))
    random = np.random.Generator(np.random.PCG64(SEED))
    draws = random.integers(0, len(sentences), size=(RESAMPLES, len(sentences)))
    resampled = [_scores(np.concatenate([sentences[k] for k in d])) for d in draws]
    whole = _scores(np.concatenate(sentences))
    for name, value, series in zip(("pearson_r", "mae"), whole, zip(*resampled, strict=True), strict=True):
        applies = [v for v in series if not np.isnan(v)]
        low, high = np.percentile(applies, [2.5, 97.5]) if applies else (np.nan, np.nan)
        for key, number in ((name, value), (f"{name}_low", low), (f"{name}_high", high)):
            out[key] = None if np.isnan(number) else round(float(number), DIGITS)
    return out


def _scores(pairs: npt.NDArray[np.float64]) -> tuple[float, float]:
    mine, gold = pairs[:, 0], pairs[:, 1]
    varied = bool(np.ptp(mine) and np.ptp(gold))
    r = float(np.corrcoef(mine, gold)[0, 1]) if varied else float("nan")
    return r, float(np.abs(mine - gold).mean())

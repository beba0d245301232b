"""What each head is trained to lower."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from foedera.knowledge import plover_types
from foedera.language.labels import TYPES

from .batches import Batch, mode_rows
from .examples import IGNORED, Pair
from .model import LINKS, Encoding, ReaderModel

_QUAD_OF: Final = torch.tensor([0, *(plover_types()[name].quad for name in TYPES[1:])])
NONE_WEIGHT = 0.3
"""Weight of a pair that is not related: there are many of them."""


def losses(model: ReaderModel, batch: Batch, smoothing: float = 0.0) -> dict[str, Tensor]:
    """The mean loss of each head that the batch has labels for."""
    encoding = model.encode(batch.pieces, batch.features, batch.mask, batch.first)
    out = {
        name: functional.cross_entropy(model.taggers[name](encoding.words).flatten(0, 1).float(), row.flatten(),
                                       ignore_index=IGNORED)
        for name, row in batch.tags.items() if bool((row != IGNORED).any())
    }  # fmt: skip
    if any(e.facts for e in batch.examples):
        out["fact"] = _fact(model, batch, encoding)
    if any(e.roles for e in batch.examples):
        out["roles"] = _roles(model, batch, encoding)
    if any(e.links for e in batch.examples):
        out["links"] = _links(model, batch, encoding)
    if batch.spans is not None:
        out |= _pairs(model, batch, encoding, smoothing)
    return out


def _fact(model: ReaderModel, batch: Batch, encoding: Encoding) -> Tensor:
    at = [(k, w, v) for k, e in enumerate(batch.examples) for w, v in e.facts]
    rows, words, values = zip(*at, strict=True)
    guessed = model.fact(encoding.words[list(rows), list(words)]).squeeze(-1).float()
    return functional.smooth_l1_loss(guessed, torch.tensor(values, device=guessed.device))


def _roles(model: ReaderModel, batch: Batch, encoding: Encoding) -> Tensor:
    scores = model.roles(encoding.words)
    rows, words, gold = [], [], []
    width = encoding.words.shape[1]
    for k, e in enumerate(batch.examples):
        for w, row in (e.roles or {}).items():
            rows.append(k)
            words.append(w)
            gold.append(functional.pad(torch.from_numpy(row), (0, width - len(row)), value=IGNORED))
    return functional.cross_entropy(scores[rows, words].flatten(0, 1).float(),
                                    torch.stack(gold).flatten().to(scores.device), ignore_index=IGNORED)  # fmt: skip


def _links(model: ReaderModel, batch: Batch, encoding: Encoding) -> Tensor:
    scores = model.links(encoding.words).float()
    at = [(k, c, s, t) for k, e in enumerate(batch.examples) for c, s, t in e.links or ()]
    rows, cues = [a[0] for a in at], [a[1] for a in at]
    outside = (batch.sentence < 0)[rows]
    total = scores.new_zeros(())
    for side in range(len(LINKS)):
        found = scores[rows, cues, :, side].masked_fill(outside, -1e4)
        found = torch.cat([found, model.unlinked[side].float().expand(len(rows), 1)], dim=1)
        gold = torch.tensor([a[2 + side] if a[2 + side] >= 0 else found.shape[1] - 1 for a in at], device=scores.device)
        total = total + functional.cross_entropy(found, gold)
    return total / len(LINKS)


def _pairs(model: ReaderModel, batch: Batch, encoding: Encoding, smoothing: float) -> dict[str, Tensor]:
    assert batch.spans is not None
    assert batch.region is not None
    mask = (1.0 - batch.mask[:, None, None, :]) * -1e4
    scores = model.pairs(encoding.words, encoding.kept, batch.spans, batch.region, mask)
    rows = [k for k, found in enumerate(batch.pairs) for _ in found]
    columns = [p for found in batch.pairs for p in range(len(found))]
    pairs = [p for found in batch.pairs for p in found]
    flat = {name: value[rows, columns].float() for name, value in scores.items()}
    out: dict[str, Tensor] = {}
    _related(out, model.related(encoding.words).squeeze(-1), batch.spans[rows, columns], rows, pairs)
    _types(out, flat["type"], pairs, smoothing)
    _known(out, "status", flat, pairs)
    _known(out, "stance", flat, pairs)
    _known(out, "stage", flat, pairs)
    _known(out, "trigger", flat, pairs, (batch.sentence < 0)[rows])
    for name in ("alleged", "symmetric"):
        at = [k for k, p in enumerate(pairs) if getattr(p, name) is not None]
        if at:
            gold = torch.tensor([float(getattr(pairs[k], name)) for k in at], device=flat[name].device)
            out[name] = functional.binary_cross_entropy_with_logits(flat[name][at, 0], gold)
    at = [k for k, p in enumerate(pairs) if p.modes is not None]
    if at:
        gold = mode_rows([pairs[k] for k in at]).to(flat["mode"].device)
        out["mode"] = functional.binary_cross_entropy_with_logits(flat["mode"][at], gold) * 20
    return out


def _related(out: dict[str, Tensor], scores: Tensor, spans: Tensor, rows: list[int], pairs: list[Pair]) -> None:
    """The first look at pairs of two: the mean over the words of source and target."""
    at = [k for k, p in enumerate(pairs) if p.types and p.source and p.target]
    if not at:
        return
    shares = spans[at].float() / spans[at].float().sum(-1, keepdim=True)
    found = torch.einsum("pi,pij,pj->p", shares[:, 0], scores.float()[[rows[k] for k in at]], shares[:, 1])
    gold = torch.tensor([float(pairs[k].types != (0,)) for k in at], device=found.device)
    out["related"] = functional.binary_cross_entropy_with_logits(found, gold)


def _types(out: dict[str, Tensor], scores: Tensor, pairs: list[Pair], smoothing: float) -> None:
    at = [k for k, p in enumerate(pairs) if p.types]
    if not at:
        return
    logs = functional.log_softmax(scores[at], dim=-1)
    allowed = torch.zeros_like(logs)
    share = torch.zeros_like(logs)
    for row, k in enumerate(at):
        types = list(pairs[k].types)
        allowed[row, types] = 1
        share[row, types] = 1 / len(types)
    joined = torch.tensor([pairs[k].joined for k in at], device=logs.device)
    # One class under two names: their sum. Several events: each of them.
    together = torch.logsumexp(logs.masked_fill(allowed == 0, -1e4), dim=-1)
    apart = (logs * share).sum(-1)
    nats = -torch.where(joined, together, apart)
    if smoothing:
        nats = (1 - smoothing) * nats - smoothing * logs.mean(-1)
    weight = torch.tensor([NONE_WEIGHT if pairs[k].types == (0,) else 1.0 for k in at], device=logs.device)
    out["type"] = (nats * weight).sum() / weight.sum()
    out["quad"] = (_quad_nats(logs, share) * weight * ~joined).sum() / weight.sum()


def _quad_nats(logs: Tensor, share: Tensor) -> Tensor:
    """What the quad classes cost, the sums of their types: a mistake within one costs less."""
    of = functional.one_hot(_QUAD_OF, int(_QUAD_OF.max()) + 1).T.to(logs)
    by_quad = torch.logsumexp(logs[:, None] + (1 - of) * -1e4, dim=-1)
    return -(by_quad * (share @ of.T)).sum(-1)


def _known(
    out: dict[str, Tensor], name: str, flat: Mapping[str, Tensor], pairs: list[Pair], outside: Tensor | None = None
) -> None:
    at = [k for k, p in enumerate(pairs) if getattr(p, name) is not None]
    if not at:
        return
    scores = flat[name][at]
    if outside is not None:
        scores = scores.masked_fill(outside[at], -1e4)
    gold = torch.tensor([getattr(pairs[k], name) for k in at], device=scores.device)
    out[name] = functional.cross_entropy(scores, gold)

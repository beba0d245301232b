"""The reader's network: one encoder, heads over its words, and a decoder that looks at pairs of mentions.

A pair is one more token that reads the sentence through the keys and values that the encoder has computed anyway, so
that a sentence is encoded once however many pairs it has. The decoder's layers start as copies of the encoder's last
ones (the idea of levitated markers, Ye et al. 2022, with weights of their own).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from foedera.language.encoding import FEATURES
from foedera.language.labels import MODES, ROLES, STAGES, STANCES, STATUSES, TYPES

from .encoder import HEADS, LAYERS, WIDTH, Layer, attention, pretrained
from .examples import TAG_HEADS

READ_LAYERS: Final = 3
"""Layers of the decoder; they read the last layers of the encoder."""
REGIONS: Final = 7
"""Where a piece stands to a pair: elsewhere, in source, in target, before, between (either way), behind."""
ROLE_WIDTH: Final = 96
LINK_WIDTH: Final = 64
RELATED_WIDTH: Final = 64
POINTER_WIDTH: Final = 96
LINKS: Final = ("source", "content")

PAIR_HEADS: Final = {
    "type": len(TYPES), "mode": len(MODES), "status": len(STATUSES), "alleged": 1, "symmetric": 1,
    "stance": len(STANCES), "stage": len(STAGES),
}  # fmt: skip


@dataclass(slots=True)
class Encoding:
    """What the encoder made of a batch.

    Attributes:
        words: (batch, words, WIDTH).
        kept: Keys and values of the layers that the decoder reads, each (batch, HEADS, pieces, WIDTH / HEADS).
    """

    words: Tensor
    kept: list[tuple[Tensor, Tensor]]


class PairLayer(nn.Module):
    """Reads a layer of the encoder for every pair."""

    def __init__(self, source: Layer) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.query.load_state_dict({"weight": source.qkv.weight[:WIDTH], "bias": source.qkv.bias[:WIDTH]})
        self.out, self.norm1 = copy.deepcopy(source.out), copy.deepcopy(source.norm1)
        self.up, self.down, self.norm2 = (copy.deepcopy(m) for m in (source.up, source.down, source.norm2))
        self.dropout = copy.deepcopy(source.dropout)
        self.regions = nn.Embedding(REGIONS, HEADS)
        nn.init.zeros_(self.regions.weight)

    def forward(self, x: Tensor, key: Tensor, value: Tensor, region: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, pairs, WIDTH); region: (batch, pairs, pieces); mask: additive, (batch, 1, 1, pieces)."""
        batch, pairs, _ = x.shape
        query = self.query(x).view(batch, pairs, HEADS, WIDTH // HEADS).transpose(1, 2)
        bias = self.regions(region).permute(0, 3, 1, 2) + mask
        mixed = attention(query, key, value, bias.to(query.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, pairs, WIDTH)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class PairDecoder(nn.Module):
    """What holds between the mentions of a pair."""

    def __init__(self, layers: list[Layer], dropout: float) -> None:
        super().__init__()
        self.source, self.target = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.nobody = nn.Parameter(torch.zeros(2, WIDTH))
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(PairLayer(layer) for layer in layers)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList(nn.Linear(WIDTH, size) for size in PAIR_HEADS.values())
        self.pointer = nn.Linear(WIDTH, POINTER_WIDTH)
        self.pointed = nn.Linear(WIDTH, POINTER_WIDTH)

    def forward(
        self, words: Tensor, kept: list[tuple[Tensor, Tensor]], spans: Tensor, region: Tensor, mask: Tensor
    ) -> dict[str, Tensor]:
        """Scores of every head, and ``trigger``: a score for each word.

        words: (batch, words, WIDTH); spans: (batch, pairs, 2, words), 1 in the words of source and target, all 0 for
        nobody; region: (batch, pairs, pieces); mask: additive, (batch, 1, 1, pieces).
        """
        weight = spans.to(words.dtype)
        size = weight.sum(-1, keepdim=True)
        means = torch.matmul(weight.flatten(1, 2), words).view(*weight.shape[:3], WIDTH) / size.clamp(min=1)
        means = means + (size == 0).to(words.dtype) * self.nobody
        x = self.norm(self.source(means[:, :, 0]) + self.target(means[:, :, 1]))
        for layer, (key, value) in zip(self.layers, kept, strict=True):
            x = layer(x, key, value, region, mask)
        x = self.dropout(x)
        scores = {name: head(x) for name, head in zip(PAIR_HEADS, self.heads, strict=True)}
        scores["trigger"] = torch.matmul(self.pointer(x), self.pointed(words).transpose(1, 2)) / POINTER_WIDTH**0.5
        return scores


class Biaffine(nn.Module):
    """A score for every ordered pair of words and every label."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.left = nn.Linear(WIDTH, width)
        self.right = nn.Linear(WIDTH, width)
        self.mixed = nn.Linear(width, width * labels, bias=False)
        self.alone = nn.Linear(width, labels)

    def forward(self, words: Tensor) -> Tensor:
        """(batch, words, WIDTH) → (batch, words, words, labels)."""
        batch, count, _ = words.shape
        left, right = functional.gelu(self.left(words)), functional.gelu(self.right(words))
        mixed = self.mixed(left).view(batch, count * self.labels, -1)
        scores = torch.matmul(mixed, right.transpose(1, 2)).view(batch, count, self.labels, count)
        return scores.transpose(2, 3) + self.alone(right)[:, None]


class ReaderModel(nn.Module):
    """All heads over one encoder."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = pretrained(FEATURES, dropout)
        self.dropout = nn.Dropout(dropout)
        self.taggers = nn.ModuleDict({name: nn.Linear(WIDTH, len(labels)) for name, labels in TAG_HEADS.items()})
        self.fact = nn.Linear(WIDTH, 1)
        self.roles = Biaffine(ROLE_WIDTH, len(ROLES))
        self.links = Biaffine(LINK_WIDTH, len(LINKS))
        # A first look at every pair, cheap enough for all: those that it is sure of are never decoded.
        self.related = Biaffine(RELATED_WIDTH, 1)
        self.unlinked = nn.Parameter(torch.zeros(len(LINKS)))
        layers = list(self.encoder.layers)
        self.pairs = PairDecoder(layers[LAYERS - READ_LAYERS :], dropout)

    def encode(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> Encoding:
        """Vectors of the words: those of their first pieces.

        pieces: (batch, pieces); first: (batch, words), index of the first piece of each word.
        """
        hidden, kept = self.encoder(pieces, features, mask)
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, WIDTH))
        return Encoding(self.dropout(words), kept[LAYERS - READ_LAYERS :])

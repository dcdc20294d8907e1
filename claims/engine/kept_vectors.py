"""Vectors of a report's sentences, kept as bytes: encoding them is most of what a comparison costs.

Token vectors are kept as half floats, which the scores of a comparison do not feel. What is to be
compared with kept vectors goes through the same halves, so that the first comparison of a text and
the tenth agree to the last bit.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from claims.engine.alignment import LONGEST
from claims.engine.packing import UnreadableError
from claims.engine.readings import Document
from claims.engine.vectors import Encoded, Encoder

_HEAD = struct.Struct("<IIII")  # checksum of all that follows; texts, tokens, length of a vector


class Known:
    """An encoder that has the vectors of some texts at hand and asks another for the rest."""

    def __init__(self, encoder: Encoder, known: Mapping[str, Encoded]) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known = known

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """The vectors of each text, in the order given."""
        missing = [text for text in texts if text not in self._known]
        fresh = dict(zip(missing, self._encoder.encode(missing), strict=True)) if missing else {}
        return [fresh[text] if text in fresh else self._known[text] for text in texts]


def texts_of(document: Document) -> list[str]:
    """The stretches of a report that a comparison encodes, each once; of claims in endless
    sentences it encodes others, and those are not kept.
    """
    stretches = (
        document.text[one.start : min(one.end, one.start + LONGEST)]
        for one in document.sentences
        if one.kind == "sentence"
    )
    return list(dict.fromkeys(stretches))


def pack(vectors: Sequence[Encoded]) -> bytes:
    """The vectors of the texts of a report, in their order."""
    sizes = np.array([len(one.tokens) for one in vectors], dtype="<u4")
    width = vectors[0].sentence.shape[0] if vectors else 0
    rows = [
        sizes.tobytes(),
        *(one.sentence.astype("<f4").tobytes() for one in vectors),
        *(one.tokens.astype("<f2").tobytes() for one in vectors),
        *(one.offsets.astype("<i4").tobytes() for one in vectors),
    ]
    body = struct.pack("<III", len(vectors), int(sizes.sum()), width) + b"".join(rows)
    return struct.pack("<I", zlib.crc32(body)) + body


def unpack(body: bytes, count: int) -> list[Encoded]:
    """The vectors that `pack` packed of so many texts. Raises `UnreadableError`."""
    if len(body) < _HEAD.size:
        raise UnreadableError("cut off")
    checksum, texts, tokens, width = _HEAD.unpack_from(body)
    if checksum != zlib.crc32(body[4:]) or texts != count:
        raise UnreadableError("changed, or of another text")
    at = _HEAD.size
    sizes = np.frombuffer(body, "<u4", texts, at)
    at += sizes.nbytes
    sentences = np.frombuffer(body, "<f4", texts * width, at).reshape(texts, width)
    at += sentences.nbytes
    halves = np.frombuffer(body, "<f2", tokens * width, at).reshape(tokens, width)
    at += halves.nbytes
    offsets = np.frombuffer(body, "<i4", tokens * 2, at).reshape(tokens, 2)
    ends = np.cumsum(sizes, dtype=np.int64)
    return [
        Encoded(
            sentence=sentences[number].astype(np.float32),
            tokens=halves[end - size : end].astype(np.float32),
            offsets=offsets[end - size : end].astype(np.int64),
        )
        for number, (size, end) in enumerate(zip(sizes.tolist(), ends.tolist(), strict=True))
    ]

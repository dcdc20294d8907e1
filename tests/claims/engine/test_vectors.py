"""The sentence model: right vectors, the same in any company, and no harm when it is absent."""

import importlib
import importlib.util
from typing import Any

import numpy as np
import pytest

from claims.engine import vectors

ENCODER: Any = vectors.load()
with_model = pytest.mark.skipif(ENCODER is None, reason="the sentence model is not installed")


@with_model
def test_sentence_vectors_are_those_that_the_models_authors_give():
    eating, bread, baby = ENCODER.encode(
        [
            "A man is eating food.",
            "A man is eating a piece of bread.",
            "The girl is carrying a baby.",
        ]
    )
    # The figures of the model's own documentation.
    assert eating.sentence @ bread.sentence == pytest.approx(0.7553, abs=2e-4)
    assert eating.sentence @ baby.sentence == pytest.approx(-0.1050, abs=2e-4)


@with_model
def test_a_text_has_the_same_vectors_whatever_stands_beside_it():
    texts = ["Rain fell.", "The council met for three hours on Monday.", "Rain fell.", "No."]
    together = ENCODER.encode(texts)
    for text, found in zip(texts, together, strict=True):
        (alone,) = ENCODER.encode([text])
        assert np.allclose(alone.tokens, found.tokens, atol=1e-5)
        assert np.allclose(alone.sentence, found.sentence, atol=1e-5)


@with_model
def test_order_of_the_texts_does_not_change_one_bit():
    texts = [f"Report number {n} came in at {n} o'clock." for n in range(40)]
    forth = ENCODER.encode(texts)
    back = ENCODER.encode(texts[::-1])[::-1]
    assert all(np.array_equal(a.tokens, b.tokens) for a, b in zip(forth, back, strict=True))


@with_model
def test_token_offsets_are_code_points_of_the_text():
    text = "Café 🛳 „Möwe“ sank."
    (found,) = ENCODER.encode([text])
    assert len(found.offsets) == len(found.tokens)
    pieces = [text[a:b] for a, b in found.offsets]
    assert pieces[0] == "Café"
    assert pieces[-2:] == ["sank", "."]


@with_model
def test_empty_and_endless_texts_have_vectors_too():
    empty, endless, digits = ENCODER.encode(["", "word " * 5000, "7" * 100_000])
    assert len(empty.tokens) == 0
    assert np.linalg.norm(empty.sentence) == pytest.approx(1)
    assert len(endless.tokens) <= vectors.MAX_PIECES
    assert len(digits.tokens) <= vectors.MAX_PIECES


def test_without_the_weights_there_is_no_encoder(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert vectors.load.__wrapped__() is None


def test_without_the_tokenizer_there_is_no_encoder(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert vectors.load.__wrapped__() is None

"""Records as bytes and back: the same records, or an error that says that they cannot be had."""

import zlib
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from claims.engine import alignment, compare, kept_vectors, packing, single
from claims.engine.readings import Claim, DateRange, Quantity, Report, Sentence
from claims.engine.vectors import Encoded

TEXT = (
    "“At least 1.5 million ballots were cast on 3 May,” the commission said.\n\n"
    "The ministry neither confirmed nor denied that about 40 of 300 stations had closed early."
)
REPORT = Report(id="r", source="Daily", title="Vote", published=date(2024, 5, 4), text=TEXT)


def test_what_was_read_of_a_report_comes_back_as_it_was() -> None:
    found = single.read(REPORT)
    again = single.unpack(single.pack(found), REPORT)
    assert found.claims == again.claims
    assert any(claim.reading.quantities for claim in again.claims)
    assert (found.document.sentences, found.document.clauses) == (
        again.document.sentences,
        again.document.clauses,
    )


def test_a_story_compares_alike_from_what_was_kept() -> None:
    other = Report(id="s", source="Post", title="", published=REPORT.published, text=TEXT[2:])
    known = {REPORT.id: single.unpack(single.pack(single.read(REPORT)), REPORT)}
    fresh, kept = compare.read([REPORT, other]), compare.read([REPORT, other], known=known)
    assert kept.documents["r"] is known["r"].document
    assert (
        compare.relate(kept, mode="thorough").discrepancies
        == compare.relate(fresh, mode="thorough").discrepancies
    )
    assert kept.claims == fresh.claims


def test_digits_and_open_ends_stay() -> None:
    figure = Quantity(start=0, end=4, low=Decimal("1.500"), high=None, derived=(Decimal("3E+2"),))
    day = DateRange(start=5, end=9, first=None, last=date(2024, 2, 29))
    again = packing.unpack(packing.pack((figure, day)), (Quantity, DateRange))
    assert again == [figure, day]
    assert str(again[0].low) == "1.500"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        zlib.compress(b"not json"),
        zlib.compress(b"[]"),
        zlib.compress(b"[[[1, 2, 0, 0]]]"),
        zlib.compress(b'[[["1", 2, 0, 0, "sentence"]]]'),
        zlib.compress(b'[[[1, 2, 0, 0, "verse"]]]'),
        zlib.compress(b"[[[1, 2, 0, true, null]]]"),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_bytes_that_hold_no_such_record_are_told(body: bytes) -> None:
    with pytest.raises(packing.UnreadableError):
        packing.unpack(body, (tuple[Sentence, ...],))


def test_a_changed_byte_is_told() -> None:
    body = bytearray(single.pack(single.read(REPORT)))
    body[len(body) // 2] ^= 1
    with pytest.raises(packing.UnreadableError):
        single.unpack(bytes(body), REPORT)


def test_a_type_that_no_record_holds_is_refused() -> None:
    with pytest.raises(packing.UnreadableError):
        packing.unpack(packing.pack([(1,)]), (dict,))
    assert packing.unpack(packing.pack([()]), (tuple[Claim, ...],)) == [()]


def encoded(size: int) -> Encoded:
    rows = np.arange(size * 4, dtype=np.float32).reshape(size, 4)
    return Encoded(
        sentence=np.array([0.1, 0.2, 0.3, 0.4], dtype=np.float32),
        tokens=rows,
        offsets=np.array([(n, n + 1) for n in range(size)], dtype=np.int64).reshape(-1, 2),
    )


@pytest.mark.parametrize("sizes", [(), (0,), (3, 0, 2)])
def test_vectors_come_back(sizes: tuple[int, ...]) -> None:
    given = [encoded(size) for size in sizes]
    again = kept_vectors.unpack(kept_vectors.pack(given), len(sizes))
    for one, other in zip(given, again, strict=True):
        for part in ("sentence", "tokens", "offsets"):
            assert np.array_equal(getattr(one, part), getattr(other, part))
            assert getattr(one, part).dtype == getattr(other, part).dtype


def test_vectors_that_are_cut_off_changed_or_anothers_are_told() -> None:
    body = kept_vectors.pack([encoded(3)])
    for held, count in ((b"", 1), (body[:-1], 1), (body[:-1] + b"\x7f", 1), (body, 2)):
        with pytest.raises(packing.UnreadableError):
            kept_vectors.unpack(held, count)


def test_only_texts_that_are_not_at_hand_are_asked_for() -> None:
    class Model:
        name = "model"

        def encode(self, texts: list[str]) -> list[Encoded]:
            assert texts == ["new"]
            return [encoded(1)]

    old = encoded(2)
    found = kept_vectors.Known(Model(), {"old": old}).encode(["old", "new", "old"])  # type: ignore[arg-type]
    assert found[0] is found[2] is old
    assert len(found[1].tokens) == 1


def test_a_long_sentence_is_encoded_in_part_and_each_text_once() -> None:
    text = "Rain fell. Rain fell.\n\n" + "and it rained " * 200 + "."
    document = single.read(Report(id="r", source="", title="", published=None, text=text)).document
    texts = kept_vectors.texts_of(document)
    assert texts[0] == "Rain fell."
    assert texts.count("Rain fell.") == 1
    assert max(map(len, texts)) <= alignment.LONGEST

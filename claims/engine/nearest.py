"""Which points a quotation may belong to, best first: what the form for a claim suggests.

Words and readings that are at hand are compared, nothing is parsed: a page asks for this each time
somebody selects a stretch of text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from claims.engine import terms
from claims.engine.affinity import same_responder
from claims.engine.readings import Reading
from claims.engine.tokens import tokenize

Key = TypeVar("Key")
Said = tuple[str, Reading]

# Beside words, whose weight for two claims of one sentence is about 5 to 10.
SAME_ANSWER = 4.0
SAME_UNIT = 2.0
SAME_KIND = 1.0  # more, where the state or the owner of the counted is the same too


def rank(quote: str, reading: Reading, points: Mapping[Key, Sequence[Said]]) -> list[Key]:
    """All keys of `points`, the likeliest home of the quotation first.

    Each point comes with what its claims say and how they are read. Words that few points share
    count most, then the same counted thing and the same responder. Points that are equally near
    keep their order.
    """
    words = {key: [_stems(exact) for exact, _ in said] for key, said in points.items()}
    idf = terms.rarity([[word for one in found for word in one] for found in words.values()])
    asked = terms.row(Counter(word for word in _stems(quote) if word in idf), idf)
    scores = {
        key: max(
            (
                terms.product(asked, terms.row(Counter(own), idf)) + kinship(reading, other)
                for own, (_, other) in zip(words[key], said, strict=True)
            ),
            default=0.0,
        )
        for key, said in points.items()
    }
    return sorted(points, key=lambda key: -round(scores[key], 6))


def _stems(text: str) -> list[str]:
    return terms.stems(tokenize(text))


def kinship(one: Reading, other: Reading) -> float:
    """What two readings have in common beyond words."""
    return _same_answer(one, other) + _same_count(one, other)


def _same_answer(one: Reading, other: Reading) -> float:
    if one.response is None or other.response is None:
        return 0.0
    return SAME_ANSWER if same_responder(one.response, other.response) else 0.0


def _same_count(one: Reading, other: Reading) -> float:
    if not one.quantities or not other.quantities:
        return 0.0
    p, q = one.quantities[0], other.quantities[0]
    if p.unit is None or p.unit != q.unit:
        return 0.0
    alike = (p.state, p.whose) == (q.state, q.whose) and (p.state or p.whose)
    return SAME_UNIT + (SAME_KIND if alike else 0.0)

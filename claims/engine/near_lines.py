"""The lines of a report that come nearest to a point: where to look before its silence is believed.

Matching leaves out claims that belong to a point, and a report whose claim was left out looks
silent. Nothing here says that a line answers the question: it says only which ones come nearest.
What was measured of them stands in `docs/quality.md`.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import nearest, terms
from claims.engine.nearest import Said
from claims.engine.readings import Reading, Span
from claims.engine.tokens import tokenize

MOST = 3  # lines for a point: what a person reads at one look
# The weights and the floor were chosen on the open stories of the labelled corpus. What readings
# have in common counts half as much beside a whole sentence as beside a quotation; so does a label
# beside claims.
KINSHIP = 0.5
LABEL = 0.5
FLOOR = 0.3  # a line below it shares no more than a frequent word


@dataclass(frozen=True, kw_only=True)
class Line(Span):
    """A sentence or heading of a report, with how its claims are read.

    `pair` is the best score of a pair in doubt of one of its claims with one of the point's; 0
    where there is none.
    """

    text: str
    readings: tuple[Reading, ...] = ()
    pair: float = 0.0


def nearest_lines(
    label: str, said: Sequence[Said], lines: Sequence[Line], claims: Sequence[str]
) -> list[Line]:
    """The lines nearest to a point, best first, at most `MOST`; none where nothing is near.

    `said` are the words and readings of the point's claims, `claims` the words of all claims of the
    story: a word that few of them share counts most. Lines that are equally near keep their order
    in the report, and the order of `said` and `claims` changes nothing.
    """
    words = [_stems(line.text) for line in lines]
    idf = terms.rarity([*words, *map(_stems, claims)])
    asked = [_row(_stems(exact), idf) for exact, _reading in said]
    named = _row(_stems(label), idf)
    scores = {}
    for at, line in enumerate(lines):
        row = _row(words[at], idf)
        shared = max((terms.product(one, row) for one in asked), default=0.0)
        alike = max((nearest.kinship(a, b) for _exact, a in said for b in line.readings), default=0)
        score = math.fsum((shared, LABEL * terms.product(named, row), KINSHIP * alike, line.pair))
        if score >= FLOOR:
            scores[at] = round(score, 6)
    return [lines[at] for at in sorted(scores, key=lambda at: (-scores[at], at))[:MOST]]


def _stems(text: str) -> list[str]:
    return terms.stems(tokenize(text))


def _row(words: Sequence[str], idf: dict[str, float]) -> dict[str, float]:
    return terms.row(Counter(word for word in words if word in idf), idf)

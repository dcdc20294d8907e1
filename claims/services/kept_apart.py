"""Pairs of claims that a person kept apart, as the engine is told of them.

A pair outlives the texts it was said of: in a newer version of a report the claim that says the
same words stands for the old one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.engine import readings
from claims.models import Claim, Counterpart
from claims.stored_reading import kind_and_slot
from reader.models import ArticleVersion, Story


@dataclass(frozen=True, kw_only=True)
class Said:
    """One claim of a pair: its row, and what a newer text has to say to stand for it."""

    row: int
    article: int
    exact: str
    kind: str


Pair = tuple[Said, Said]


def load_kept_apart(story: Story) -> list[Pair]:
    """The pairs of a story that a person kept apart; one query."""
    sides = [
        [
            f"{side}_id",
            f"{side}__article_version__article",
            f"{side}__exact",
            f"{side}__reading_kind",
        ]
        for side in ("claim", "other")
    ]
    rows = (
        Counterpart.objects.filter(story=story, status=Counterpart.Status.KEPT_APART)
        .order_by("pk")
        .values_list(*sides[0], *sides[1])
    )
    return [(_said(*row[:4]), _said(*row[4:])) for row in rows]


def _said(row: int, article: int, exact: str, kind: str) -> Said:
    return Said(row=row, article=article, exact=exact, kind=kind)


def kept_apart(
    pairs: Iterable[Pair],
    known: Mapping[str, Claim],
    found: Iterable[readings.Claim],
    versions: Mapping[str, ArticleVersion],
) -> frozenset[frozenset[str]]:
    """The pairs by the engine's ids, as far as its claims or those of people stand for them.

    `known` has the rows of claims by those ids; `found` are the engine's own, of `versions`.
    """
    names = {row.pk: name for name, row in known.items()}
    words: dict[tuple[int, str, str], str] = {
        (versions[claim.report].article_id, claim.exact, kind_and_slot(claim.reading)[0]): claim.id
        for claim in found
    }
    both = (
        {names.get(said.row, words.get((said.article, said.exact, said.kind), "")) for said in pair}
        for pair in pairs
    )
    return frozenset(frozenset(pair) for pair in both if len(pair) == 2 and "" not in pair)

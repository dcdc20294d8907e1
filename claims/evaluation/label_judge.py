"""A judge that answers from the labels: the ceiling of what asking about points could bring."""

from collections.abc import Sequence

from claims.engine.judges import ClaimPair, Finding, InContext, Opinion
from claims.engine.readings import Kind, Report, Span
from claims.evaluation.alignment import in_place
from claims.evaluation.corpus import LabelledStory
from claims.evaluation.labels import LabelledClaim
from claims.evaluation.values import same_figure

NAME = "labels"


class LabelJudge:
    """Knows the labels of one story and nothing else: no opinion where nobody marked a claim."""

    name = NAME

    def __init__(self, story: LabelledStory) -> None:
        self._reports: dict[str, Report] = {one.id: one for one in story.reports.values()}
        self._labels: dict[str, list[LabelledClaim]] = {name: [] for name in self._reports}
        for label in story.labels.claims.values():
            self._labels[story.reports[label.report].id].append(label)
        self._differences = story.labels.differences

    def same_point(self, pairs: Sequence[ClaimPair]) -> Sequence[Opinion | None]:
        """Yes for claims under one question, no for those under two."""
        return [self._opinion(pair) for pair in pairs]

    def relation(self, pairs: Sequence[ClaimPair]) -> Sequence[Finding | None]:
        """A conflict where a marked difference has both claims."""
        return [self._finding(pair) for pair in pairs]

    def _opinion(self, pair: ClaimPair) -> Opinion | None:
        first, second = (
            {label.question or label.id for label in self._marked(one)} for one in (pair.a, pair.b)
        )
        return Opinion(same=bool(first & second)) if first and second else None

    def _finding(self, pair: ClaimPair) -> Finding | None:
        first, second = ({label.id for label in self._marked(one)} for one in (pair.a, pair.b))
        for one in self._differences:
            if first & {*one.claims} and second & {*one.claims}:
                a, b = (
                    Span(start=side.claim.start, end=side.claim.end) for side in (pair.a, pair.b)
                )
                kind: Kind = one.kind  # type: ignore[assignment]  # the loader has checked the word
                return Finding(relation="conflict", kind=kind, quote_a=a, quote_b=b)
        return None

    def _marked(self, side: InContext) -> list[LabelledClaim]:
        """The labels where the claim stands; those with its figure, if there are any."""
        claim = side.claim
        report = self._reports[claim.report]
        near = [one for one in self._labels[claim.report] if in_place(one, [claim], report)]
        figures = claim.reading.quantities
        exact = [
            one
            for one in near
            if one.quantity and figures and same_figure(one.quantity, figures[0])
        ]
        return exact or near

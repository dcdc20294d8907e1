"""Which claim of the engine stands where a person marked one."""

from collections.abc import Iterable, Mapping

from claims.engine.readings import Claim, Comparison, Report, Span
from claims.evaluation.labels import LabelledClaim
from claims.evaluation.values import same_figure

ENOUGH = 0.3  # of the shorter of two stretches that must be common, to speak of one place


def common(one: Span, other: Span) -> float:
    """How much two stretches of one text have in common, as a share of the shorter."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, shared / min(one.end - one.start, other.end - other.start))


def in_place(label: LabelledClaim, claims: Iterable[Claim], report: Report) -> list[Claim]:
    """The engine's claims that stand where the label does, in reading order."""
    return [
        claim for claim in claims if claim.report == report.id and common(label, claim) >= ENOUGH
    ]


def align(
    labels: Mapping[str, LabelledClaim], comparison: Comparison, reports: Mapping[str, Report]
) -> dict[str, Claim | None]:
    """The engine's claim of each label, by the label's id: the nearest in value, then in extent.

    A sentence with two figures has two claims, so what they say decides between them. None where
    the engine has no claim there.
    """
    found: dict[str, Claim | None] = {}
    for name, label in labels.items():
        near = in_place(label, comparison.claims, reports[label.report])
        found[name] = max(near, key=lambda claim: _likeness(label, claim), default=None)
    return found


def _likeness(label: LabelledClaim, claim: Claim) -> tuple[bool, bool, float, int]:
    figures = claim.reading.quantities
    alike = (
        same_figure(label.quantity, figures[0])
        if label.quantity and figures
        else not (label.quantity or figures)
    )
    answers = bool(label.response) == bool(claim.reading.response)
    both = max(label.end, claim.end) - min(label.start, claim.start)
    shared = min(label.end, claim.end) - max(label.start, claim.start)
    return alike, answers, shared / both, -claim.start


def groups_of(aligned: Mapping[str, Claim | None], comparison: Comparison) -> dict[str, object]:
    """The group of each label: the point that its claim is in, else a group of its own."""
    homes = {claim: point.id for point in comparison.points for claim in point.claims}
    return {
        name: (homes.get(claim.id) or ("alone", claim.id)) if claim else ("none", name)
        for name, claim in aligned.items()
    }

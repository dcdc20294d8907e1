"""One tally for each stage of the engine on one labelled story.

Readings are judged only where a person marked a claim: labels do not cover all that a report says,
so what the engine reads elsewhere is neither right nor wrong here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.engine.readings import CERTAINTY_CLASS, Claim, Comparison
from claims.evaluation.alignment import align, common, groups_of, in_place
from claims.evaluation.corpus import LabelledStory
from claims.evaluation.flags import flag_tallies, kind_tallies
from claims.evaluation.labels import LabelledClaim
from claims.evaluation.tallies import Tally, b_cubed, matched, pairwise, total
from claims.evaluation.values import same_days, same_figure, same_name, same_unit, speaker

Scores = Callable[[str, str], float]


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """What the evaluation of one story needs: labels, the engine's answer and who stands where.

    `comparison` is that of thorough mode, whose flags say which of them quiet mode keeps.
    """

    story: LabelledStory
    comparison: Comparison
    aligned: Mapping[str, Claim | None]

    @classmethod
    def of(cls, story: LabelledStory, comparison: Comparison) -> "Evaluated":
        """Align the labels of the story with what the engine found."""
        aligned = align(story.labels.claims, comparison, story.reports)
        return cls(story=story, comparison=comparison, aligned=aligned)

    def pairs(self) -> Iterator[tuple[LabelledClaim, Claim | None]]:
        """Each label with the engine's claim there, None where it has none."""
        for name, label in self.story.labels.claims.items():
            yield label, self.aligned[name]

    def here(self, label: LabelledClaim) -> list[Claim]:
        """All claims of the engine where the label stands."""
        return in_place(label, self.comparison.claims, self.story.reports[label.report])


def tallies(evaluated: Evaluated) -> dict[str, Tally]:
    """The tally of each stage, by its name, in the order of the engine."""
    return {
        "claims": _claims(evaluated),
        "quantities": _quantities(evaluated),
        "units": _units(evaluated),
        "dates": _dates(evaluated),
        "speakers": total(_speaker(label, claim) for label, claim in evaluated.pairs()),
        "responses": total(_response(label, claim) for label, claim in evaluated.pairs()),
        "certainty": _certainty(evaluated, lambda word: word),
        "certainty class": _certainty(evaluated, lambda word: CERTAINTY_CLASS[word]),  # type: ignore[index]
        **_matching(evaluated),
        "verdicts": _verdicts(evaluated),
        **flag_tallies(evaluated.story, evaluated.comparison),
        **kind_tallies(evaluated.story, evaluated.comparison),
    }


def _claims(evaluated: Evaluated) -> Tally:
    """How many of the marked claims the engine has a claim for."""
    found = sum(claim is not None for _, claim in evaluated.pairs())
    return matched(found, found, len(evaluated.aligned))


def _quantities(evaluated: Evaluated) -> Tally:
    """Principal figures: right if the bounds are.

    A figure that stands outside the marked words, elsewhere in the clause, is no answer to them.
    """
    right = found = wanted = 0
    for label, claim in evaluated.pairs():
        figures = claim.reading.quantities[:1] if claim else ()
        wanted += label.quantity is not None
        hit = bool(label.quantity and figures and same_figure(label.quantity, figures[0]))
        found += hit or any(common(label, figure) > 0 for figure in figures)
        right += hit
    return matched(right, found, wanted)


def _units(evaluated: Evaluated) -> Tally:
    """Of the figures whose bounds are right, how many count what they should."""
    judged = [
        same_unit(label.quantity, claim.reading.quantities[0])
        for label, claim in evaluated.pairs()
        if label.quantity and claim and claim.reading.quantities
        if same_figure(label.quantity, claim.reading.quantities[0])
    ]
    return matched(sum(judged), len(judged), len(judged))


def _dates(evaluated: Evaluated) -> Tally:
    """Dates of events, wherever in the marked place the engine reads them; and as-of days."""
    right = found = wanted = 0
    for label, claim in evaluated.pairs():
        read = [day for one in evaluated.here(label) for day in one.reading.dates]
        inside = [day for day in read if label.start <= day.start and day.end <= label.end]
        if label.date:
            wanted += 1
            hit = any(same_days(label.date, day) for day in read)
            right += hit
            found += hit or bool(inside)
        if label.as_of and claim and claim.reading.as_of:
            wanted += 1
            found += 1
            right += same_days(label.as_of, claim.reading.as_of)
        elif label.as_of:
            wanted += 1
    return matched(right, found, wanted)


def _speaker(label: LabelledClaim, claim: Claim | None) -> Tally:
    link = speaker(claim) if claim else None
    unnamed = label.speaker_kind in ("anonymous", "unknown")
    wanted = bool(label.speaker) or unnamed
    right = False
    if link is not None and wanted:
        right = link.kind == label.speaker_kind if unnamed else same_name(label.speaker, link.name)
    return matched(right, link is not None, wanted)


def _response(label: LabelledClaim, claim: Claim | None) -> Tally:
    answer = claim.reading.response if claim else None
    right = bool(
        answer
        and label.response
        and answer.act == label.response[1]
        and same_name(label.response[0], answer.actor)
    )
    return matched(right, answer is not None, label.response is not None)


def _certainty(evaluated: Evaluated, of: Callable[[str], str]) -> Tally:
    judged = [
        of(claim.reading.certainty) == of(label.certainty)
        for label, claim in evaluated.pairs()
        if claim is not None
    ]
    return matched(sum(judged), len(judged), len(evaluated.aligned))


def _matching(evaluated: Evaluated) -> dict[str, Tally]:
    """Points as pairs of claims of different reports, and as groups."""
    labels = evaluated.story.labels.claims
    gold: dict[str, object] = {
        name: label.question or ("alone", name) for name, label in labels.items()
    }
    found = groups_of(evaluated.aligned, evaluated.comparison)
    reports = {name: label.report for name, label in labels.items()}
    return {
        "matching, pairs": pairwise(gold, found, reports),
        "matching, B-cubed": b_cubed(gold, found),
    }


def best_partners(evaluated: Evaluated, score: Scores) -> Tally:
    """How many claims that share a question with another report score best with a right partner.

    `score` tells how near two claims of the engine are, by their ids.
    """
    labels = evaluated.story.labels.claims
    right = found = wanted = 0
    for name, label in labels.items():
        others = [
            other
            for other, theirs in labels.items()
            if theirs.report != label.report and evaluated.aligned[other]
        ]
        fellows = {other for other in others if labels[other].question == label.question}
        mine = evaluated.aligned[name]
        if label.question is None or not fellows:
            continue
        wanted += 1
        if mine is None:
            continue
        found += 1
        best = max(others, key=lambda other: _near(score, mine, evaluated.aligned[other]))
        right += best in fellows
    return matched(right, found, wanted)


def _near(score: Scores, one: Claim, other: Claim | None) -> float:
    return score(one.id, other.id) if other else float("-inf")


def _verdicts(evaluated: Evaluated) -> Tally:
    """Questions whose verdict is that of the point which holds most of their claims."""
    points = {claim: point for point in evaluated.comparison.points for claim in point.claims}
    right = found = 0
    for question in evaluated.story.labels.questions.values():
        held = [
            points[claim.id]
            for label, claim in evaluated.pairs()
            if label.question == question.key and claim and claim.id in points
        ]
        homes: Sequence[str] = sorted(point.id for point in held)
        if not homes:
            continue
        found += 1
        home = max(homes, key=lambda one: (homes.count(one), one))
        right += next(point for point in held if point.id == home).verdict == question.verdict
    return matched(right, found, len(evaluated.story.labels.questions))

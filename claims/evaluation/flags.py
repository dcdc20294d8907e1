"""Which flags point at a difference that a person marked, and which differences no flag finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from claims.engine.readings import Claim, Comparison, Discrepancy, Kind
from claims.evaluation.alignment import common
from claims.evaluation.corpus import LabelledStory
from claims.evaluation.labels import Difference
from claims.evaluation.tallies import Tally, matched

HALF = 0.5  # of the shorter stretch, for a flag's claim to stand where a label does
SERIOUS = "high"


@dataclass(frozen=True, kw_only=True)
class JudgedFlag:
    """A flag with the marked differences that it points at, and the traps that it fell into."""

    flag: Discrepancy
    differences: tuple[Difference, ...]
    traps: tuple[str, ...]

    @property
    def right_kind(self) -> bool:
        """Whether one of the differences is of the flag's kind."""
        return any(found.kind == self.flag.kind for found in self.differences)


def judge_flags(story: LabelledStory, comparison: Comparison) -> list[JudgedFlag]:
    """Each flag, suggestions included, against the labels.

    A flag points at a difference if its claims stand at two or more of the claims that differ.
    """
    claims = {claim.id: claim for claim in comparison.claims}
    judged = []
    for flag in comparison.discrepancies:
        touched = _touched(story, [claims[one] for one in flag.claims])
        differences = tuple(
            one for one in story.labels.differences if len(touched & {*one.claims}) > 1
        )
        traps = tuple(
            one.why for one in story.labels.compatible if len(touched & {*one.claims}) > 1
        )
        judged.append(JudgedFlag(flag=flag, differences=differences, traps=traps))
    return judged


def _touched(story: LabelledStory, claims: Sequence[Claim]) -> set[str]:
    """The labels at which one of the claims stands."""
    return {
        name
        for name, label in story.labels.claims.items()
        if any(
            claim.report == story.reports[label.report].id and common(label, claim) >= HALF
            for claim in claims
        )
    }


def flag_tallies(story: LabelledStory, comparison: Comparison) -> Mapping[str, Tally]:
    """Flags of both modes, all differences and the serious ones, and whether the kind is right."""
    judged = judge_flags(story, comparison)
    quiet = [one for one in judged if not one.flag.suggestion]
    differences = story.labels.differences
    serious = [one for one in differences if one.severity == SERIOUS]
    true = [one for one in quiet if one.differences]
    return {
        "flags, quiet": _tally(quiet, differences),
        "flags, quiet, serious": _tally(quiet, serious),
        "flags, thorough": _tally(judged, differences),
        "flags, thorough, serious": _tally(judged, serious),
        "flags, quiet, kind": matched(sum(one.right_kind for one in true), len(true), len(true)),
    }


def _tally(flags: Sequence[JudgedFlag], wanted: Sequence[Difference]) -> Tally:
    """Flags that point at any difference are right; of `wanted` those found are counted."""
    return Tally(
        right=sum(bool(one.differences) for one in flags),
        found=len(flags),
        covered=sum(_is_found(one, flags) for one in wanted),
        wanted=len(wanted),
    )


def _is_found(difference: Difference, flags: Iterable[JudgedFlag]) -> bool:
    return any(difference in one.differences for one in flags)


def kind_tallies(story: LabelledStory, comparison: Comparison) -> dict[str, Tally]:
    """Quiet flags kind by kind: right if they point at a difference of their own kind."""
    quiet = [one for one in judge_flags(story, comparison) if not one.flag.suggestion]
    found = {}
    for kind in get_args(Kind):
        flags = [one for one in quiet if one.flag.kind == kind]
        wanted = [one for one in story.labels.differences if one.kind == kind]
        found[f"flags, {kind}"] = Tally(
            right=sum(one.right_kind for one in flags),
            found=len(flags),
            covered=sum(_is_found(one, flags) for one in wanted),
            wanted=len(wanted),
        )
    return found

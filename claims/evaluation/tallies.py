"""Precision, recall and F1 from counts; and the two scores of groupings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many were right of those found, and how many of those wanted were found.

    `right` counts what was found and right, `covered` what was wanted and found: the two differ
    where one finding covers several wanted things. A share of nothing is None.
    """

    right: float
    found: float
    covered: float
    wanted: float

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            right=self.right + other.right,
            found=self.found + other.found,
            covered=self.covered + other.covered,
            wanted=self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float | None:
        """The share of the found that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of the wanted that was found."""
        return self.covered / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; 0 where both are."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


NOTHING = Tally(right=0, found=0, covered=0, wanted=0)


def total(tallies: Iterable[Tally]) -> Tally:
    """All counts added up."""
    return sum(tallies, NOTHING)


def matched(right: int, found: int, wanted: int) -> Tally:
    """A tally where each finding answers one wanted thing."""
    return Tally(right=right, found=found, covered=right, wanted=wanted)


def pairwise(
    gold: Mapping[str, object], found: Mapping[str, object], apart: Mapping[str, object]
) -> Tally:
    """How many pairs of items that belong together are together, among pairs of different `apart`.

    All three map the items; `apart` names the report of each, because a point compares reports.
    """
    right = together = wanted = 0
    for one, other in combinations(sorted(gold), 2):
        if apart[one] == apart[other]:
            continue
        same, predicted = gold[one] == gold[other], found[one] == found[other]
        right += same and predicted
        together += predicted
        wanted += same
    return matched(right, together, wanted)


def b_cubed(gold: Mapping[str, object], found: Mapping[str, object]) -> Tally:
    """B-cubed (Bagga and Baldwin 1998): for each item the overlap of its two groups, averaged."""
    gold_groups, found_groups = _groups(gold), _groups(found)
    precise = recalled = 0.0
    for item in gold:
        mine, theirs = found_groups[found[item]], gold_groups[gold[item]]
        shared = len(mine & theirs)
        precise += shared / len(mine)
        recalled += shared / len(theirs)
    return Tally(right=precise, found=len(gold), covered=recalled, wanted=len(gold))


def _groups(labels: Mapping[str, object]) -> dict[object, set[str]]:
    groups: dict[object, set[str]] = {}
    for item, group in labels.items():
        groups.setdefault(group, set()).add(item)
    return groups

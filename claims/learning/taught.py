"""What people said about which claims answer one question: pairs to learn matching from.

Read from how things stand now, so that what was undone teaches nothing:

- the same: claims that a person put into one point, with the claims of other reports there; pairs
  that a person said are one; the claims of a flag that an editor confirmed.
- apart: pairs that a person kept apart; the two halves of a point that was split; a claim that was
  taken out, and those it left behind; the two claims of a flag that was dismissed because they are
  not about the same thing.

A pair that is said to be both teaches nothing. Rejected claims teach nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from django.db.models import Q

from claims.models import Claim, Counterpart, Decision, Discrepancy, MadeBy
from reader.models import Story

Pair = tuple[int, int]
NOT_THE_SAME = "not_same_thing"


@dataclass(frozen=True, kw_only=True)
class Taught:
    """Pairs of claims of different reports by their row ids, the smaller first."""

    same: frozenset[Pair]
    apart: frozenset[Pair]

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)


def taught_by(story: Story, rows: Collection[Claim]) -> Taught:
    """The pairs among these claims of the story; three queries, however many claims there are."""
    standing = [row for row in rows if row.status != Claim.Status.REJECTED]
    reports = {row.pk: row.article_version_id for row in standing}
    pairs, flags = _pairs_in_doubt(story), _decided_flags(story)
    same = [*_placed_together(standing), *pairs[Counterpart.Status.JOINED]]
    same += flags[Discrepancy.Status.CONFIRMED]
    apart = [*pairs[Counterpart.Status.KEPT_APART], *flags[Discrepancy.Status.DISMISSED]]
    apart += _parted(story, standing)
    one, other = _across(same, reports), _across(apart, reports)
    return Taught(same=one - other, apart=other - one)


def _across(pairs: Iterable[Pair], reports: Mapping[int, int]) -> frozenset[Pair]:
    """The pairs of known claims of two different texts, each once."""
    return frozenset(
        (min(pair), max(pair))
        for pair in pairs
        if all(name in reports for name in pair) and reports[pair[0]] != reports[pair[1]]
    )


def _placed_together(rows: Iterable[Claim]) -> Iterator[Pair]:
    """Claims that a person put into a point, with all others that stand there."""
    points: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        if row.point_id is not None:
            points[row.point_id].append(row)
    for members in points.values():
        for one, other in combinations(members, 2):
            if MadeBy.PERSON in (one.point_by, other.point_by):
                yield one.pk, other.pk


def _pairs_in_doubt(story: Story) -> Mapping[str, Sequence[Pair]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    told = Counterpart.objects.filter(story=story).told()
    for status, one, other in told.values_list("status", "claim", "other"):
        found[status].append((one, other))
    return found


def _decided_flags(story: Story) -> Mapping[str, Sequence[Pair]]:
    """The claims of confirmed flags, and of those dismissed as being about two things."""
    decided = Discrepancy.objects.filter(story=story).filter(
        Q(status=Discrepancy.Status.CONFIRMED)
        | Q(status=Discrepancy.Status.DISMISSED, decisions__reason_code=NOT_THE_SAME)
    )
    members: dict[tuple[int, str], list[int]] = defaultdict(list)
    links = decided.distinct().values_list("pk", "status", "links__claim")
    for flag, status, claim in links.order_by("pk", "links__claim"):
        members[flag, status].append(claim)
    found: dict[str, list[Pair]] = defaultdict(list)
    for (_flag, status), claims in members.items():
        # of three claims, nobody said which of them is about something else
        if status == Discrepancy.Status.CONFIRMED or len(claims) == 2:
            found[status] += combinations(claims, 2)
    return found


def _parted(story: Story, rows: Iterable[Claim]) -> Iterator[Pair]:
    """Claims that an editor put into two points, or took out of one, and that are still apart."""
    here = {row.pk: row.point_id for row in rows}
    decisions = Decision.objects.filter(story=story, undone_by__isnull=True, undoes__isnull=True)
    placing = Q(action="split") | Q(claim__isnull=False, values__before__has_key="point")
    for action, values, claim in decisions.filter(placing).values_list("action", "values", "claim"):
        before, after = values["before"], values["after"]
        if action == "split":
            homes = {int(pk): home for pk, (home, _by) in after["claims"].items()}
            moved = [pk for pk, home in homes.items() if home == after["into"]]
            left = [pk for pk, home in homes.items() if home != after["into"]]
        elif before["point"] is not None and after["point"] is None and "status" not in after:
            moved, left = [claim], [pk for pk, home in here.items() if home == before["point"]]
        else:
            continue
        for one, other in product(moved, left):
            if one in here and other in here and (here[one] is None or here[one] != here[other]):
                yield one, other

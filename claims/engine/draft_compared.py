"""The reports' figures that answer the question of a draft's line, by how they stand to its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.engine.draft_figures import STANDS, comparable, stands
from claims.engine.draft_ground import View
from claims.engine.draft_replaced import beside, replaced_by
from claims.engine.readings import Claim
from claims.engine.rules import grounds


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The comparable figures of the reports for one line, by how they stand to the line's.

    `same` have its value, `finer` and `coarser` are it before and after rounding, `around` hold it
    in their interval, `within` lie in its own, `apart` exclude it. `old` says which of them a later
    one has replaced, and by which.
    """

    same: tuple[Claim, ...]
    finer: tuple[Claim, ...]
    coarser: tuple[Claim, ...]
    around: tuple[Claim, ...]
    within: tuple[Claim, ...]
    apart: tuple[Claim, ...]
    old: dict[str, tuple[tuple[Claim, str], ...]]

    def present(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those that nothing has replaced."""
        return [claim for claim in claims if claim.id not in self.old]

    @property
    def any(self) -> bool:
        """Whether the reports give anything to hold the line against."""
        every = (self.same, self.finer, self.coarser, self.around, self.within, self.apart)
        return any(every)


def compare(line: Claim, view: View) -> Figures:
    """The reports' figures that answer the line's question, sorted by how they stand to it."""
    found: dict[str, list[Claim]] = {name: [] for name in STANDS}
    near = {claim.id for claim in view.partners[line.id].near}
    for claim in (*view.partners[line.id].all, *_alike(line, view)):
        if not comparable(line, claim) or view.is_part(claim):
            continue
        if claim.id in near or grounds.have_enough_in_common(line, claim):
            found[stands(line, claim)].append(claim)
    every = [claim for claims in found.values() for claim in claims]
    old = {
        claim.id: later
        for claim in every
        if (later := replaced_by(claim, [*every, *beside(claim, view)], view))
    }
    return Figures(**{name: tuple(claims) for name, claims in found.items()}, old=old)


def _alike(line: Claim, view: View) -> list[Claim]:
    """Claims that give the line's value, as it is or rounded, in other words than near ones do."""
    known = {claim.id for claim in view.partners[line.id].all}
    return [
        claim
        for claim in view.ground.claims
        if claim.id not in known
        and comparable(line, claim)
        and stands(line, claim) in ("same", "finer", "coarser")
    ]

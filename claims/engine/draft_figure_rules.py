"""What is found of a draft's figure: a bound made exact, an older value, rounder, sharper, another.

Each rule says nothing where one present report bears the line out as it stands.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from claims.engine import normal_form
from claims.engine.draft_compared import Figures
from claims.engine.draft_figures import as_told_with, comparable, is_given, stands
from claims.engine.draft_findings import Finding, ids
from claims.engine.draft_ground import SURE, View
from claims.engine.draft_replaced import beside, replaced_by
from claims.engine.readings import Claim
from claims.engine.rules import grounds, quantity, wording
from claims.engine.speakers import is_attributed

_BOUNDS = ("at_least", "more_than", "up_to", "less_than", "nearly", "about")
# Words by which a line gives a figure as that of an hour gone by.
_THEN = frozenset("by as-of initially at-first earlier then until had".split())
_GIVEN = "(?:said|spoken?|reported|put|counted|estimated|planned|expected|announced|set|fixed)"
_ONCE = re.compile(
    r"\b(?:initially|originally|earlier|at first|at one point|at the time|had (?:first|once)"
    r"|for (?:some|several|many|a few) (?:minutes|hours|days|weeks|months)"
    rf"|first {_GIVEN}|had been (?:{_GIVEN}|(?=\d)))",
    re.I,
)


def judge(line: Claim, found: Figures, view: View) -> list[Finding]:
    """What is to be said of the line's figure as such; how sure it is and whose is judged apart."""
    same = found.present(_closest(line, found.same, view))
    if same:
        return [*_bound(line, same, found), *_one_side(line, same, view)]
    if older := _older(line, found, view):
        return [older]
    if found.same:
        return []  # the draft gives it as what it was, or the later value as well
    if fine := found.present(found.finer):
        return [_of_digits("rounder", line, fine)]
    if coarse := [*found.present(found.coarser), *found.present(found.around)]:
        figure = line.reading.quantities[0]
        if _is_exact(line) and not found.present(found.within) and not is_given(figure, view):
            return [_of_digits("sharper", line, coarse)]
        return []
    if found.present(found.within):
        return []
    return _differs(line, found, view)


def _closest(line: Claim, same: Sequence[Claim], view: View) -> Sequence[Claim]:
    """Of the claims with the line's value those of its own speaker, else those as sure as it is.

    A speaker's figure is replaced by that speaker's next, though another still holds to it; and a
    forecast by the next forecast.
    """
    if is_attributed(line):
        speaker = view.context_with(line, same[0]).speaker(line) if same else ""
        if own := [claim for claim in same if view.context.speaker(claim) == speaker]:
            return own
    return [claim for claim in same if quantity.same_class(line, claim)] or same


def _is_exact(line: Claim) -> bool:
    figure = line.reading.quantities[0]
    return figure.low == figure.high


def _bound(line: Claim, same: Sequence[Claim], found: Figures) -> list[Finding]:
    """A bound made exact: every report that is as sure of it says "at least" or "about"."""
    if not _is_exact(line) or found.present(found.finer):
        return []
    surest = max(SURE.get(claim.reading.certainty, 0) for claim in same)
    sure = [claim for claim in same if SURE.get(claim.reading.certainty, 0) == surest]
    if any(claim.reading.quantities[0].modifier not in _BOUNDS for claim in sure):
        return []
    mine = normal_form.worded(line.reading.quantities[0])
    theirs = sorted({normal_form.worded(claim.reading.quantities[0]) for claim in sure})
    return [
        Finding(
            kind="firmer",
            rule="draft-bound",
            told=ids(sure),
            arithmetic=f"“{mine}” is firmer than “{'”, “'.join(theirs)}”",
        )
    ]


def _older(line: Claim, found: Figures, view: View) -> Finding | None:
    """The line's value was replaced, and no line of the draft has the later one."""
    alike = _closest(line, found.same, view) or found.finer
    gone = [claim for claim in alike if claim.id in found.old]
    later = {new.id: (new, why) for claim in gone for new, why in found.old[claim.id]}
    last = [(new, why) for new, why in later.values() if new.id not in found.old]
    if not gone or not last or _tells_time(line, gone, view):
        return None
    if any(_says(other, new) for other in view.lines for new, _why in last):
        return None
    old = sorted({normal_form.worded(one.reading.quantities[0]) for one in gone})
    new = sorted({normal_form.worded(one.reading.quantities[0]) for one, _why in last})
    return Finding(
        kind="older",
        rule="draft-older",
        told=ids(gone),
        against=ids([one for one, _why in last]),
        arithmetic=f"{', '.join(old)}, later {', '.join(new)}: {last[0][1]}",
    )


def _tells_time(line: Claim, told: Sequence[Claim], view: View) -> bool:
    """Whether the line says that its value is of an hour gone by: "by Wednesday evening"."""
    if _ONCE.search(line.exact):
        return True
    days, written = line.reading.as_of, view.written
    if days is None or days.last is None or (written and days.last >= written):
        return False
    if not wording.runs(line.exact) & _THEN:
        return False
    return any(view.context.as_of(claim).last == days.last for claim in told)


def _says(line: Claim, claim: Claim) -> bool:
    """Whether a line of the draft gives the value of a claim."""
    return comparable(line, claim) and stands(line, claim) in ("same", "finer")


def _gives(line: Claim, claim: Claim) -> bool:
    """Whether a line of the draft gives the number of a claim, of whatever it says so."""
    theirs = claim.reading.quantities[0]
    value = normal_form.stated_value(theirs)
    return _says(line, claim) or any(
        one.unit == theirs.unit and value is not None and value == normal_form.stated_value(one)
        for one in line.reading.quantities
    )


def _of_digits(kind: str, line: Claim, claims: Sequence[Claim]) -> Finding:
    """Rounder or sharper, with both figures."""
    mine = normal_form.worded(line.reading.quantities[0])
    theirs = sorted({normal_form.worded(claim.reading.quantities[0]) for claim in claims})
    first, last = (mine, ", ".join(theirs)) if kind == "rounder" else (", ".join(theirs), mine)
    return Finding(
        kind="rounder" if kind == "rounder" else "sharper",
        rule=f"draft-{kind}",
        told=ids(claims),
        arithmetic=f"“{first}” for “{last}”",
    )


def _differs(line: Claim, found: Figures, view: View) -> list[Finding]:
    """No report gives the line's figure, and present ones exclude it.

    Surely so by the quantity rule, or because no report has the figure anywhere. Such a figure is
    held against replaced ones too where the present ones tell nothing for sure: that a report has
    replaced them does not make it any better supported.
    """
    figure = line.reading.quantities[0]
    invented = not is_given(figure, view)
    value = normal_form.stated_value(figure)
    if any(
        (value, figure.unit) == (normal_form.stated_value(one), one.unit) for one in view.figures
    ):
        return []  # some report does give it, though for what may be another thing
    near = {claim.id for claim in view.partners[line.id].near}
    for claims in (found.present(found.apart), found.apart if invented else ()):
        sure = _excluding(line, claims, near if invented else frozenset(), view)
        if any(claim.id in near for claim, _ in sure):
            return [
                Finding(
                    kind="differs",
                    rule="draft-differs",
                    against=ids([claim for claim, _ in sure]),
                    arithmetic="; ".join(dict.fromkeys(arithmetic for _, arithmetic in sure)),
                )
            ]
    return []


def _excluding(
    line: Claim, claims: Sequence[Claim], likely: AbstractSet[str], view: View
) -> list[tuple[Claim, str]]:
    """Those that exclude the line's figure, with the arithmetic; of `likely` the unsure ones too.

    Whether a report's figure is of the line's question is judged as if both were of one hour.
    """
    sure = []
    for claim in claims:
        relation = quantity.relate(
            as_told_with(line, claim, view), claim, view.context_with(line, claim)
        )
        if relation is None or relation.outcome != "conflict":
            continue
        if not relation.suggestion or claim.id in likely:
            sure.append((claim, relation.arithmetic))
    return sure


def _one_side(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """The reports' figures exclude each other, and the draft gives only this one."""
    others = {
        claim.id: claim
        for one in same
        for claim in (*view.partners[line.id].near, *beside(one, view))
        if comparable(one, claim)
    }
    against: dict[str, tuple[Claim, str]] = {}
    for claim in others.values():
        for one in same:
            if arithmetic := _in_conflict(one, claim, view):
                against[claim.id] = (claim, arithmetic)
    open_ones = [pair for pair in against.values() if not _is_old(pair[0], same, view)]
    if not open_ones or any(_gives(other, claim) for other in view.lines for claim, _ in open_ones):
        return []
    return [
        Finding(
            kind="one_sided",
            rule="draft-one-side",
            told=ids(same),
            against=ids([claim for claim, _ in open_ones]),
            arithmetic="; ".join(dict.fromkeys(arithmetic for _, arithmetic in open_ones)),
        )
    ]


def _is_old(claim: Claim, same: Sequence[Claim], view: View) -> bool:
    return bool(replaced_by(claim, [*same, *beside(claim, view)], view))


def _in_conflict(one: Claim, other: Claim, view: View) -> str:
    """How two reports' figures exclude each other; empty if a person settled it.

    For sure by the quantity rule; in one point also where the rule only suggests it, as long as
    both have more in common than a unit.
    """
    if one.id == other.id or frozenset((one.id, other.id)) in view.ground.settled:
        return ""
    if view.origins_of([one, other]) < 2:
        return ""
    relation = quantity.relate(one, other, view.context)
    if relation is None or relation.outcome != "conflict":
        return ""
    likely = view.are_of_one_point(one, other) and grounds.have_enough_in_common(one, other)
    return relation.arithmetic if likely or not relation.suggestion else ""

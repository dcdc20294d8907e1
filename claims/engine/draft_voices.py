"""How sure a draft's line is, and whose word it is, beside those reports that say the same."""

from collections.abc import Sequence

from claims.engine import actors, normal_form
from claims.engine.draft_findings import Finding, ids
from claims.engine.draft_ground import SURE, View
from claims.engine.readings import Claim, Link
from claims.engine.speakers import is_attributed

_SMALL = frozenset("of the a an and for in at its his her their s".split())
# What sort of body a name is of: two ministries are not one.
_KINDS = frozenset(
    "ministry minister office department agency authority spokesman "
    "spokeswoman spokesperson council company firm group union president committee board".split()
)
_NAMELESS = ("anonymous", "unknown")


def judge(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """What the line makes of the certainty and the sources of those that say the same."""
    if not same or line.reading.certainty not in SURE:
        return []
    if firmer := _certainty(line, same):
        return [firmer]
    return _flat(line, same, view) or _speaker(line, same, view) or _chain(line, same)


def _certainty(line: Claim, same: Sequence[Claim]) -> Finding | None:
    """Surer than every report: what they hedge or predict is stated."""
    ranks = [SURE.get(claim.reading.certainty) for claim in same]
    mine = SURE[line.reading.certainty]
    if None in ranks or mine <= max(rank for rank in ranks if rank is not None):
        return None
    theirs = sorted({normal_form.stance(claim.reading) for claim in same})
    stance = normal_form.stance(line.reading)
    return Finding(
        kind="firmer",
        rule="draft-certainty",
        told=ids(same),
        arithmetic=f"“{stance}” is firmer than “{'”, “'.join(theirs)}”",
    )


def _flat(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """Stated flatly, while every report gives it as somebody's word."""
    if is_attributed(line) or line.reading.certainty != "asserted":
        return []
    if not all(is_attributed(claim) for claim in same) or _attributed_elsewhere(line, view):
        return []
    return [
        Finding(
            kind="firmer",
            rule="draft-flat",
            told=ids(same),
            arithmetic="the same content, in the reports with its source and here without one",
        )
    ]


def _attributed_elsewhere(line: Claim, view: View) -> bool:
    """Whether another line of the draft gives the same value with its source."""
    mine = normal_form.value(line.reading)
    return any(
        other.id != line.id
        and is_attributed(other)
        and bool(line.reading.quantities)
        and bool(other.reading.quantities)
        and normal_form.value(other.reading) == mine
        and other.reading.quantities[0].unit == line.reading.quantities[0].unit
        for other in view.lines
    )


def _speaker(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """Another source than any report names: no word of the name is in theirs."""
    mine = [link for link in _links(line) if _is_written_out(link, view)]
    if not mine or len(mine) < len(_links(line)) or not all(map(_links, same)):
        return []
    named = frozenset().union(*map(_name, mine))
    theirs = [
        _words(view.ground.reports[claim.report].source).union(*map(_name, _links(claim)))
        for claim in same
    ]
    if not named or any(_may_be_one(named, words) for words in theirs):
        return []
    return [
        Finding(
            kind="attributed",
            rule="draft-speaker",
            told=ids(same),
            arithmetic="no report gives this as the word of the source that the line names",
        )
    ]


def _is_written_out(link: Link, view: View) -> bool:
    """Whether the line itself names the source; whom "the company" means is a guess."""
    return bool(_words(link.of(view.text)) & _words(link.name) - _KINDS)


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names have more in common than what sort of body they are."""
    if one - _KINDS and other - _KINDS:
        return bool((one & other) - _KINDS)
    return bool(one & other)


def _chain(line: Claim, same: Sequence[Claim]) -> list[Finding]:
    """Nobody named where every report names somebody, or only the one who passed it on."""
    if not is_attributed(line) or not all(_links(claim) for claim in same):
        return []
    mine = _links(line)
    if not mine:
        said = "the line names nobody, and every report does"
    elif all(_first_is_missing(mine, _links(claim)) for claim in same):
        said = "the line names who passed it on, and the reports name somebody before"
    else:
        return []
    return [Finding(kind="attributed", rule="draft-chain", told=ids(same), arithmetic=said)]


def _first_is_missing(mine: Sequence[Link], theirs: Sequence[Link]) -> bool:
    """Whether the innermost source of a report is not in the line, but an outer one is."""
    if len(theirs) < 2:
        return False
    named = frozenset().union(*map(_name, mine))
    inner, outer = _name(theirs[-1]), frozenset().union(*map(_name, theirs[:-1]))
    return bool(named & outer) and not named & inner


def _links(claim: Claim) -> list[Link]:
    """The sources with a name."""
    links = claim.reading.attribution
    return [link for link in links if link.kind not in (*_NAMELESS, "outlet")]


def _name(link: Link) -> frozenset[str]:
    """The words of a source's name, and of the body that it speaks for."""
    return _words(f"{link.name} {actors.canonical(link.name) or ''}")


def _words(text: str) -> frozenset[str]:
    return frozenset(actors.fold(text).replace("(", " ").replace(")", " ").split()) - _SMALL

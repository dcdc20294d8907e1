"""How sure a draft's line is, and whose word it is, beside those reports that say the same."""

import re
from collections.abc import Sequence

from claims.engine import actors, normal_form
from claims.engine.draft_figures import comparable, stands
from claims.engine.draft_findings import Finding, ids
from claims.engine.draft_ground import SURE, View
from claims.engine.draft_replaced import replaced_by
from claims.engine.readings import Claim, Link
from claims.engine.speakers import is_attributed

_SMALL = frozenset("of the a an and for in at its his her their s".split())
# What sort of body a name is of: two ministries are not one.
_KINDS = frozenset(
    "ministry minister office department agency authority spokesman "
    "spokeswoman spokesperson council company firm group union president committee board "
    "government".split()
)
# Words by which a line points to a source without a verb of saying: "the trust's own tally".
_SOURCED = re.compile(
    r"\b(?:tall(?:y|ies)|counts?|counted|figures|estimate[sd]?|reckon\w*|lists?|records?|surveys?"
    r"|polls?|stud(?:y|ies)|statements?|reports?|reported|claims?|accord\w*|puts?|called|calls)\b",
    re.I,
)
# What is done, whatever lay ahead: "operations planned for the coming days have been called off".
_DONE = re.compile(r"\b(?:ha[sd]|have) been\b")
_AHEAD = re.compile(r"\b(?:will|would|shall|should|could|may|might|to be|due|set to|going to)\b")
# Whoever they are: a report may name the very same ones.
_ROLES = frozenset("organisers organizers officials authorities leaders critics opponents".split())
_FAR = 160  # characters before a figure in which its clause begins
_NAMELESS = ("anonymous", "unknown")
# By these words a line says itself that something lies ahead.
_INTENT = re.compile(
    r"\b(?:promis|pledg|vow|plan|intend|propos|want|seek|ask|demand|aim|hope|expect)\w*", re.I
)
# An aside is as sure as its own words: "the trust, which employs 11,400 people, fears that ...".
_ASIDE = re.compile(
    r",\s+(?:of )?(?:who|whom|which|whose|where)\b(?!.*\b(?:will|would|could|may|might)\b)"
)


def judge(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """What the line makes of the certainty and the sources of those that say the same."""
    if not same or line.reading.certainty not in SURE:
        return []
    if firmer := _certainty(line, same, view):
        return [firmer]
    return (
        _flat(line, same, view)
        or _speaker(line, same, view)
        or _other_figure(line, same, view)
        or _chain(line, same)
    )


def _certainty(line: Claim, same: Sequence[Claim], view: View) -> Finding | None:
    """Surer than every report: what they hedge or predict is stated."""
    ranks = [SURE.get(claim.reading.certainty) for claim in same]
    mine = SURE[line.reading.certainty]
    if _INTENT.search(line.exact):
        mine = min(mine, SURE["predicted"])
    if None in ranks or mine <= max(rank for rank in ranks if rank is not None):
        return None
    theirs = sorted({normal_form.stance(claim.reading) for claim in same})
    stance = normal_form.stance(line.reading)
    if stance in theirs or any(
        SURE.get(claim.reading.certainty, 0) >= mine or _is_aside(claim, view) or _is_done(claim)
        for claim in (*same, *_of_one_value(line, view))
    ):
        return None
    return Finding(
        kind="firmer",
        rule="draft-certainty",
        told=ids(same),
        arithmetic=f"“{stance}” is firmer than “{'”, “'.join(theirs)}”",
    )


def _flat(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """A figure stated flatly, while every report gives it as somebody's word.

    Of what happened nothing is said: whose word the reports give for it often is only who told it.
    """
    if not line.reading.quantities or is_attributed(line) or line.reading.certainty != "asserted":
        return []
    if not all(is_attributed(claim) for claim in same) or _attributed_elsewhere(line, view):
        return []
    if any(
        not is_attributed(claim) or _is_aside(claim, view)
        for claim in (*same, *_of_one_value(line, view))
    ):
        return []
    if _names_one(line, same) or _SOURCED.search(line.exact):
        return []
    return [
        Finding(
            kind="firmer",
            rule="draft-flat",
            told=ids(same),
            arithmetic="the same content, in the reports with its source and here without one",
        )
    ]


def _of_one_value(line: Claim, view: View) -> list[Claim]:
    """The reports' claims that give the line's figure of the same unit, whatever they say of it."""
    if not line.reading.quantities:
        return []
    mine = line.reading.quantities[0]
    value = normal_form.stated_value(mine)
    return [
        claim
        for claim in view.ground.claims
        if value is not None
        and claim.reading.certainty in SURE
        and any(
            one.unit == mine.unit and normal_form.stated_value(one) == value
            for one in claim.reading.quantities[:1]
        )
    ]


def _is_aside(claim: Claim, view: View) -> bool:
    """Whether a figure stands in a relative clause, which the sentence's doubt does not reach."""
    if not claim.reading.quantities:
        return False
    at = claim.reading.quantities[0].start
    report = view.ground.reports.get(claim.report)
    before = (report.text if report else view.text)[max(0, at - _FAR) : at]
    return bool(_ASIDE.search(before.rpartition(". ")[2]))


def _is_done(claim: Claim) -> bool:
    return bool(_DONE.search(claim.exact)) and not _AHEAD.search(claim.exact)


def _names_one(line: Claim, same: Sequence[Claim]) -> bool:
    """Whether the line names whose word it is, though by no word of saying: "the agency wants"."""
    mine = _words(line.exact)
    return any(mine >= _words(link.name) != frozenset() for one in same for link in _links(one))


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
    if _is_aside(line, view) or _is_of_another(line, mine):
        return []
    if not named or named & _ROLES or any(_may_be_one(named, words) for words in theirs):
        return []
    if any(_is_guess(link, claim, named, view) for claim in same for link in _links(claim)):
        return []
    return [
        Finding(
            kind="attributed",
            rule="draft-speaker",
            told=ids(same),
            arithmetic="no report gives this as the word of the source that the line names",
        )
    ]


def _other_figure(line: Claim, same: Sequence[Claim], view: View) -> list[Finding]:
    """A figure as the word of a source that has another one in the reports, and never this one."""
    if not line.reading.quantities or not _links(line) or _is_aside(line, view):
        return []
    if not all(_is_written_out(link, view) for link in _links(line)):
        return []
    speaker = view.context_with(line, same[0]).speaker(line)
    near = (one for one in view.partners[line.id].near if comparable(line, one))
    known = [one for one in (*near, *_of_one_value(line, view)) if _is_by(one, speaker, view)]
    known = [one for one in known if not replaced_by(one, known, view)]
    if not known or any(stands(line, one) != "apart" for one in known):
        return []
    if any(_is_by(one, speaker, view) for one in same) or _is_of_another(line, _links(line)):
        return []
    theirs = sorted({normal_form.worded(one.reading.quantities[0]) for one in known})
    return [
        Finding(
            kind="attributed",
            rule="draft-speaker",
            told=ids(same),
            against=ids(known),
            arithmetic=f"the source that the line names gives {', '.join(theirs)}",
        )
    ]


def _is_by(claim: Claim, speaker: str, view: View) -> bool:
    return view.context.speaker(claim) == speaker


def _is_guess(link: Link, claim: Claim, named: frozenset[str], view: View) -> bool:
    """Whether a report has only what sort of body it is: "the agency" may be the line's agency."""
    written = _words(link.of(view.ground.reports[claim.report].text))
    return bool(written & named) and not written - _KINDS


def _is_of_another(line: Claim, links: Sequence[Link]) -> bool:
    """Whether a figure stands between source and figure: "police counted 40, the organisers 90"."""
    at = line.reading.quantities[0].start if line.reading.quantities else 0
    others = line.reading.quantities[1:]
    return any(link.start < one.start < at for link in links for one in others)


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
    elif len(same) > 1 and all(_first_is_missing(mine, _links(claim)) for claim in same):
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
    bare = re.sub(r"['\u2019]s\b|[(),.;:]", " ", actors.fold(text))
    return frozenset(bare.split()) - _SMALL

"""One thing, two opposed descriptions: given supplies here, short of them there.

Sure where verb or object are opposites and the rest of the frame is common. Opposites anywhere in
claims of much the same words are a suggestion, and so is one statement with and without a "not".
"""

import functools
from collections.abc import Collection, Set

from claims.engine import frames
from claims.engine.lexicon import stems
from claims.engine.readings import Claim, Frame
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard, tells_change, told_later
from claims.engine.rules.quantity import same_class
from claims.engine.speakers import Context
from claims.engine.tokens import tokenize

CARD = RuleCard(
    name="description-opposites",
    kind="description",
    sentence=(
        "Two claims about the same thing differ in description when their words are opposites in "
        "the table of opposites, neither is negated, and their days meet."
    ),
    example="“The camp is well supplied” / “The camp is short of supplies”",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate two descriptions; None unless the table of opposites sets their words apart."""
    if a.reading.response or b.reading.response or not same_class(a, b):
        return None
    p, q = a.reading.frame, b.reading.frame
    opposed = frames.opposition(p, q) if p and q else None
    if p is None or q is None or opposed is None or _of_other_things(p, q):
        return _in_other_words(a, b, context)
    if later := told_later(a, b, context):
        return CARD.says(a, b, "updated", arithmetic=_opposite(*opposed), failed=later)
    unsure = _by_others(p, q) or wording.other_in_order(a, b)
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=_opposite(*opposed),
        severity="medium",
        suggestion=unsure,
    )


def _of_other_things(p: Frame, q: Frame) -> bool:
    """Whether the deeds are opposites and done to two things: "bought a mill", "sold the inn"."""
    return p.verb != q.verb and _disjoint(p.objects, q.objects)


def _by_others(p: Frame, q: Frame) -> bool:
    """Whether two doers do opposite things to one: both may be so, unless two names are one."""
    done_to = bool(p.objects and q.objects) and p.verb != q.verb
    return done_to and _disjoint(p.subjects, q.subjects)


def _disjoint(one: Collection[str], other: Collection[str]) -> bool:
    return bool(one and other) and not {*one} & {*other}


def _in_other_words(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Opposite words, or a "not" in one of them, in claims that otherwise share their words."""
    if a.report == b.report or not _about_one(a, b) or told_later(a, b, context):
        return None
    if wording.other_in_order(a, b):
        return None
    negated = [wording.negations(claim.exact) % 2 for claim in (a, b)]
    here, there = _words(a.exact), _words(b.exact)
    opposed = _opposed(here - there, there - here)
    if tells_change(a, b, context) and not {*(opposed or ())} & _AGAIN:
        return None
    if opposed and negated[0] == negated[1]:
        arithmetic, values = _opposite(*opposed), opposed
    elif not opposed and negated[0] != negated[1] and wording.closeness(a, b) >= wording.ALIKE:
        arithmetic = "the words are much the same, and one says that it is not so"
        values = ("not so", "so") if negated[0] else ("so", "not so")
    else:
        return None
    return CARD.says(
        a, b, "conflict", arithmetic=arithmetic, severity="medium", suggestion=True, values=values
    )


def _about_one(a: Claim, b: Claim) -> bool:
    """Whether two claims share half their words; one will do where it is the thing of both."""
    p, q = a.reading.frame, b.reading.frame
    if wording.is_close(a, b) or p is None or q is None:
        return wording.is_close(a, b)
    things = ({*frame.subjects, *frame.objects} for frame in (p, q))
    return bool(set.intersection(*things)) and wording.is_close(a, b, least=1)


_AGAIN = frozenset({"again"})  # against "for the first time" it tells of no change


@functools.lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """The words of a claim as the table of opposites has them: as they are, stems, and phrases."""
    return frozenset(
        form
        for token in tokenize(text)
        if token.kind == "word"
        for form in (token.lower, *stems(token.lower))
    ) | wording.runs(text)


def _opposed(one: Set[str], other: Set[str]) -> tuple[str, str] | None:
    """The first pair of opposites by the alphabet, one word on each side."""
    table = frames.opposites()
    pairs = ((a, b) for a in sorted(one) for b in sorted(table.get(a, frozenset()) & other))
    return next(pairs, None)


def _opposite(a: str, b: str) -> str:
    return f"“{a}” is the opposite of “{b}”"

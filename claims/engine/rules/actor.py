"""One deed, two doers: the same verb and object with other known actors as its subjects.

Doers that no table holds are a suggestion.
Across reports one set inside the other only says more. Inside one report any difference counts: the
report has given two answers to the same question.
"""

from claims.engine import actors
from claims.engine.lexicon import singular, words
from claims.engine.readings import Claim
from claims.engine.rules import quantity
from claims.engine.rules.base import LIGHT, Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="actor-sets",
    kind="actor",
    sentence=(
        "Two claims about the same deed differ in who did it when their actors are known and not "
        "the same; across reports, when they have none in common."
    ),
    example="“Norway signed the treaty” / “Sweden signed the treaty”",
)

_MARKS = ".,;:!?()\"“”‘’'"


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate who does what; None unless verb and object agree and all actors are known."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or a.reading.response or b.reading.response:
        return None
    if p.verb != q.verb or not set(p.objects) & set(q.objects) or not quantity.same_class(a, b):
        return None
    first, second = _known(p.subjects), _known(q.subjects)
    if p.negated != q.negated:
        return None
    if not first or not second:
        return _unlisted(a, b)
    if first == second:
        return CARD.says(a, b, "agree")
    if first & second and a.report != b.report:
        return CARD.says(a, b, "refined", failed="one names more actors than the other")
    arithmetic = f"{_list(first)} is not {_list(second)}"
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity="medium")


def _unlisted(a: Claim, b: Claim) -> Relation | None:
    """Doers that no table holds: a suggestion, for two names may be one."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or a.report == b.report or not p.subjects or not q.subjects:
        return None
    first, second = ({word for each in f.subjects for word in each.split()} for f in (p, q))
    if first & second or p.verb in LIGHT or words("anonymous") & (first | second):
        return None  # "officials" may be anybody's
    if one_is_no_name(a, b):
        return None
    arithmetic = f"{' and '.join(p.subjects)} is not {' and '.join(q.subjects)}"
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity="medium", suggestion=True)


def one_is_no_name(a: Claim, b: Claim) -> bool:
    """Whether one names its doers and the other tells what they are: "both countries", "captain".

    The two may be the same; a body ("the council") is told well enough by its kind.
    """
    return any(_are_named(p) and _has_kind(q) for p, q in ((a, b), (b, a)))


def _are_named(claim: Claim) -> bool:
    subjects = claim.reading.frame.subjects if claim.reading.frame else ()
    names = {word.strip(_MARKS).lower() for word in claim.exact.split() if word[:1].isupper()}
    return not _has_kind(claim) and all(
        actors.canonical(subject) or subject.split()[-1] in names for subject in subjects
    )


def _has_kind(claim: Claim) -> bool:
    """Whether a doer is a bare common noun, written small, or in the plural where it opens."""
    subjects = claim.reading.frame.subjects if claim.reading.frame else ()
    opening, *others = [word.strip(_MARKS) for word in claim.exact.split()] or [""]
    small = {singular(word) for word in others if word.islower()}
    if opening.lower() != singular(opening.lower()):
        small.add(singular(opening.lower()))
    return any(
        subject in small and subject not in words("bodies") and not actors.canonical(subject)
        for subject in subjects
    )


def _known(subjects: tuple[str, ...]) -> frozenset[str]:
    """The subjects, if all of them are known actors; else nothing, for a wrong doer misleads."""
    names = [actors.canonical(subject) for subject in subjects]
    return frozenset(name for name in names if name) if all(names) else frozenset()


def _list(names: frozenset[str]) -> str:
    return " and ".join(actors.display(name) for name in sorted(names))

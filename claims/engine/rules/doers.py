"""One deed in other words, two doers: "the port cancelled the contract", "the firm pulled out".

The verbs belong to one family of deeds, and something else ties the claims: an object, a common
day, or common words. Always a suggestion, for a family is wider than one deed.
"""

import functools
from collections.abc import Mapping

from claims.engine import actors, nouns
from claims.engine.lexicon import read_lines, words
from claims.engine.readings import Claim, Frame
from claims.engine.rules import wording
from claims.engine.rules.actor import one_is_no_name
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.rules.quantity import different_question, same_class, same_interval
from claims.engine.speakers import Context

CARD = RuleCard(
    name="actor-deeds",
    kind="actor",
    sentence=(
        "Two claims tell of one kind of deed, done to the same thing, on the same day or in much "
        "the same words, and name other doers."
    ),
    example="“The port cancelled the contract” / “The builder pulled out of the contract”",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the doers of two deeds of one family; None unless they may be one deed."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or a.report == b.report:
        return None
    if not same_class(a, b) and not _same_sum(a, b):
        return None
    if a.reading.response or b.reading.response or p.negated or q.negated:
        return None
    if not _one_family(p.verb, q.verb) or not _tied(a, b, p, q):
        return None
    first, second = _doers(p), _doers(q)
    if not first or not second or first & second or words("anonymous") & (first | second):
        return None
    if not _may_act(a, b) or one_is_no_name(a, b):
        return None
    left, right = sorted((_names(p), _names(q)))
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=f"{left} is not {right}",
        severity="medium",
        suggestion=True,
    )


def _tied(a: Claim, b: Claim, p: Frame, q: Frame) -> bool:
    """Whether more than the kind of deed is common to two claims."""
    if p.verb == q.verb and {*p.objects} & {*q.objects}:
        return False  # the pair of the rule for one verb and object
    days = [
        {(day.first, day.last) for day in claim.reading.dates if not day.vague} for claim in (a, b)
    ]
    common = wording.shared(a, b) - wording.content(f"{p.verb} {q.verb}")
    if p.verb == q.verb and not (p.objects and q.objects):
        return True  # "suspended the captain" and "suspended her": what it is done to is left out
    if {*p.objects} & {*q.objects} or days[0] & days[1]:
        return bool(common)
    return bool(common) and (p.verb == q.verb or wording.is_close(a, b))


def _same_sum(a: Claim, b: Claim) -> bool:
    """Whether both tell of one figure: who promises a sum and who grants it are of one deed."""
    p, q = a.reading.quantities[:1], b.reading.quantities[:1]
    return bool(p and q) and not different_question(p[0], q[0]) and same_interval(p[0], q[0])


def _doers(frame: Frame) -> frozenset[str]:
    """The words of the subjects, known actors under their one name."""
    known = [actors.canonical(subject) or subject for subject in frame.subjects]
    return frozenset(word for name in known for word in name.split())


def _names(frame: Frame) -> str:
    return " and ".join(actors.display(subject) for subject in frame.subjects)


def _one_family(one: str, other: str) -> bool:
    return bool(_families().get(one, _NONE) & _families().get(other, _NONE))


def _may_act(a: Claim, b: Claim) -> bool:
    """Whether the subjects are people or bodies: prices rise and rates fall without a doer.

    A capital letter tells a name, but for the first word of a claim; one side must be sure.
    """
    sure = [_is_agent(claim) for claim in (a, b)]
    return any(sure) and all(
        certain or claim.exact[:1].isupper() for certain, claim in zip(sure, (a, b), strict=True)
    )


def _is_agent(claim: Claim) -> bool:
    frame = claim.reading.frame
    heads = [subject.split()[-1] for subject in frame.subjects] if frame else []
    names = {word.lower() for word in claim.exact.split()[1:] if word[:1].isupper()}
    return all(
        actors.canonical(head) or nouns.is_person(head) or head in words("bodies") | names
        for head in heads
    )


_NONE: frozenset[int] = frozenset()


@functools.cache
def _families() -> Mapping[str, frozenset[int]]:
    """The families of each verb, by their line."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(read_lines("families.txt")):
        for verb in line.split():
            found.setdefault(verb.replace("-", " "), set()).add(number)
    return {verb: frozenset(numbers) for verb, numbers in found.items()}

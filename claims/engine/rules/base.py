"""What every rule answers with, and the card that explains it to a person."""

from collections.abc import Callable
from dataclasses import dataclass

from claims.engine import terms
from claims.engine.readings import Claim, Kind, Severity, Verdict
from claims.engine.speakers import Context
from claims.engine.tables import words
from claims.engine.tokens import tokenize


@dataclass(frozen=True, kw_only=True)
class Relation:
    """How two claims relate under one rule.

    `arithmetic` is what a person recomputes by hand; `failed` names the condition that kept a
    difference from being a conflict. A `suggestion` is shown in thorough mode only. `values` are
    what the rule compared in `a` and in `b`, where the card's kind does not say it.
    """

    a: Claim
    b: Claim
    card: "RuleCard"
    outcome: Verdict
    arithmetic: str = ""
    failed: str = ""
    severity: Severity = "low"
    suggestion: bool = False
    values: tuple[str, str] | None = None

    @property
    def kind(self) -> Kind:
        """The kind of discrepancy that the rule looks for."""
        return self.card.kind


@dataclass(frozen=True, kw_only=True)
class RuleCard:
    """A rule's stable name, the kind it flags and the sentence that an editor can check by hand.

    `example`: two statements that it sets apart, as the list of rules shows them.
    """

    name: str
    kind: Kind
    sentence: str
    example: str = ""

    def says(
        self,
        a: Claim,
        b: Claim,
        outcome: Verdict,
        *,
        arithmetic: str = "",
        failed: str = "",
        severity: Severity = "low",
        suggestion: bool = False,
        values: tuple[str, str] | None = None,
    ) -> Relation:
        """The relation of two claims under this rule."""
        return Relation(
            a=a,
            b=b,
            card=self,
            outcome=outcome,
            arithmetic=arithmetic,
            failed=failed,
            severity=severity,
            suggestion=suggestion,
            values=values,
        )


LIGHT = frozenset(
    {"be", "becom", "come", "get", "give", "go", "have", "make", "put", "remain", "take"}
)
Rule = Callable[[Claim, Claim, Context], Relation | None]


def same_predicate(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same thing: one verb, and a subject or object in common.

    A verb that says little by itself ("is", "has") must have both in common.
    """
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or not p.verb or p.verb != q.verb:
        return False
    subjects, objects = set(p.subjects) & set(q.subjects), set(p.objects) & set(q.objects)
    return bool(subjects and objects) if p.verb in LIGHT else bool(subjects or objects)


def same_content(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same, no more and no less on both sides.

    One may say more than the other, but not each: "voted in favour" is not "voted against the law".
    """
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or p.negated != q.negated or not same_predicate(a, b):
        return False
    first, second = ({*terms.stems(tokenize(claim.exact))} for claim in (a, b))
    return first <= second or second <= first


def told_later(a: Claim, b: Claim, context: Context) -> str:
    """Why another statement is an update: one speaker in a later report, or days too far apart."""
    printed = (context.reports[a.report].published, context.reports[b.report].published)
    if (
        context.speaker(a) == context.speaker(b)
        and None not in printed
        and printed[0] != printed[1]
    ):
        return "the same speaker said so in a later report"
    return "" if context.meet_freely(a, b) else "the days do not meet"


def tells_change(a: Claim, b: Claim, context: Context) -> str:
    """Why another state is an update: "is open again", "now", in what is not the older report."""
    first, second = (context.reports[claim.report].published for claim in (a, b))
    if first is None or second is None:
        return ""
    newer = [b] if first < second else [a] if second < first else [a, b]
    told = {token.lower for claim in newer for token in tokenize(claim.exact)}
    return "the newer report tells of a change" if told & words("relating", "changed") else ""


def figure_changed(a: Claim, b: Claim, context: Context) -> str:
    """Why another figure is an update: one speaker on a later day, or days that do not meet."""
    days = (context.day(a), context.day(b))
    if context.speaker(a) == context.speaker(b) and None not in days and days[0] != days[1]:
        return "the same speaker said so on a later day"
    return "" if context.meet(a, b) else "the days do not meet"

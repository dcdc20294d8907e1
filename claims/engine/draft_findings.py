"""What a check of a draft answers with: the lines, and what is found of each.

A finding holds ids and normal forms of the reports' claims and none of their words.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.engine.readings import Claim

DraftKind = Literal[
    "differs", "older", "firmer", "one_sided", "attributed", "unsupported", "sharper", "rounder"
]
# The gravest first: so findings of one line stand, and so a line is marked.
KINDS: Sequence[DraftKind] = (
    "differs",
    "older",
    "firmer",
    "one_sided",
    "attributed",
    "unsupported",
    "sharper",
    "rounder",
)

# What each rule says, for an editor to check by hand.
RULES: Mapping[str, str] = {
    "draft-differs": (
        "No report gives the line's value, and the statements quoted exclude it, by the rule that "
        "sets reports against each other."
    ),
    "draft-older": (
        "The line gives a value that the reports have replaced: its speaker gave a later one, or a "
        "later report says why it no longer holds."
    ),
    "draft-certainty": (
        "The line is surer than every report that says so: it states what they hedge, call "
        "possible or predict."
    ),
    "draft-bound": (
        "The line gives a figure as exact of which every report says that it is a bound or about "
        "so much."
    ),
    "draft-flat": "The line states flatly what every report that says so gives as somebody's word.",
    "draft-one-side": (
        "The reports are in conflict, and the line gives one side; no other line of the draft "
        "gives the other."
    ),
    "draft-speaker": "The line names a source that no report names for this.",
    "draft-chain": (
        "The line leaves out the first source: the reports name somebody behind the one that it "
        "names, or a name where it has none."
    ),
    "draft-unsupported": "No report of the story says this.",
    "draft-sharper": "The line is more exact than any report.",
    "draft-rounder": "The line rounds what the reports give more exactly.",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found of one line.

    `told` are the claims that the line goes back to, `against` those that say otherwise, later or
    more exactly; `arithmetic` is what a person recomputes by hand, in normal forms.
    """

    kind: DraftKind
    rule: str
    told: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    arithmetic: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A claim of the draft, the point that it joins, and what was found of it, gravest first.

    `told` are the claims that say the same, `origins` counts the independent texts among them.
    """

    claim: Claim
    point: Hashable | None
    findings: tuple[Finding, ...]
    told: tuple[str, ...]
    origins: int


def ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The claims' ids, each once, in their order."""
    return tuple(dict.fromkeys(claim.id for claim in claims))

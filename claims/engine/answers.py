"""Answers that do not say to what: "declined to comment", "stayed silent", "dismissed it".

Text scores cannot match them, for they hold no words of the matter. In one story a responder's bare
answers go to the question on which that responder is quoted most; two answers that each name their
own matter are joined by their words or not at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from claims.engine import terms
from claims.engine.readings import Claim, Document, Span
from claims.engine.tables import words
from claims.engine.tokens import tokens_in

Group = tuple[str, ...]


def gather(
    groups: Sequence[Group],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    fixed: Collection[str] = (),
    settled: Collection[str] = (),
) -> tuple[Group, ...]:
    """The groups with each responder's bare answers moved to where that responder answers.

    The claims of `fixed` stay where a person has put them, those of `settled` where their words
    have.
    """
    homes: dict[str, dict[Group, int]] = defaultdict(dict)
    bare: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        named = _answers(group, claims)
        for name in named:
            claim = claims[name]
            if name not in fixed and _is_bare(claim, documents[claim.report]):
                if name not in settled:
                    bare[_actor(claim)].add(name)
            else:
                homes[_actor(claim)][group] = homes[_actor(claim)].get(group, 0) + 1
    target: dict[str, Group] = {}
    for actor, names in bare.items():
        home = min(homes[actor], key=lambda group: (-homes[actor][group], group), default=())
        target |= dict.fromkeys(names, home or (f"answers of {actor}",))
    return _moved(groups, target)


def _moved(groups: Sequence[Group], target: Mapping[str, Group]) -> tuple[Group, ...]:
    """The groups after each claim of `target` has gone to its new one."""
    members: dict[Group, list[str]] = defaultdict(list)
    for group in groups:
        for name in group:
            members[target.get(name, group)].append(name)
    return tuple(sorted(tuple(sorted(found)) for found in members.values()))


def _answers(group: Iterable[str], claims: Mapping[str, Claim]) -> list[str]:
    return [name for name in group if claims[name].reading.response is not None]


def _actor(claim: Claim) -> str:
    assert claim.reading.response is not None  # only asked of answers
    return claim.reading.response.actor


def _is_bare(claim: Claim, document: Document) -> bool:
    """Whether nothing but the act and general words for the matter follow the responder."""
    response = claim.reading.response
    assert response is not None  # only asked of answers
    after = Span(start=max(claim.start, response.start), end=claim.end)
    told = [
        token
        for token in tokens_in(document.text, after)
        if not any(day.start <= token.start < day.end for day in claim.reading.dates)
        and token.lower not in words("answers", "general")
    ]
    return not terms.stems(told)

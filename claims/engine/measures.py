"""What a sum, a share or a length of time is of: "net profit", "turnout", "the stoppage".

A figure of soldiers says itself what it counts; a figure of euros does not. Two such figures
conflict only if the same thing was measured, so net profit never meets operating profit.
"""

from collections.abc import Sequence, Set

from claims.engine import deeds, nouns, phrases
from claims.engine.grammar import tagged
from claims.engine.lexicon import singular
from claims.engine.parts import Word
from claims.engine.readings import Clause, Document, Quantity

_NAMING = frozenset({"noun", "participle", "gerund"})


def measured(document: Document, clause: Clause, quantity: Quantity) -> str | None:
    """The measured thing in the singular, its describing nouns in front; None if it is not named.

    Looked for behind the figure ("5 % of the vote"), before a colon ("Net profit: 5 million"), then
    as the subject of the verb. None for figures that count things.
    """
    if not nouns.is_measure(quantity.unit):
        return None
    sentence = tagged(document)[clause.sentence]
    inside = [at for at, word in enumerate(sentence) if clause.start <= word.start < clause.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    behind = next((at for at in inside if sentence[at].start >= quantity.end), last)
    if behind + 1 < last and sentence[behind].lower == "of":
        return _name(sentence, phrases.after(sentence, behind + 1, last))
    ahead = next((at for at in inside if sentence[at].start >= quantity.start), last)
    colon = next((at for at in range(ahead - 1, first, -1) if sentence[at].text == ":"), None)
    if colon is not None:
        return _described(sentence, colon - 1, first, _NAMING | {"verb"})
    verbs = [
        deed
        for deed in deeds.read(document)[clause.sentence]
        if first <= deed.group.start < ahead and deed.subject and not deed.relative
    ]
    return _name(sentence, verbs[-1].subject) if verbs else None


def _name(sentence: Sequence[Word], span: tuple[int, int] | None) -> str | None:
    """The head of a phrase with the nouns and participles that describe it."""
    if span is None:
        return None
    head = phrases.head(sentence[span[0] : span[1]])
    return None if head is None else _described(sentence, span[0] + head, 0, _NAMING)


def _described(sentence: Sequence[Word], head: int, floor: int, tags: Set[str]) -> str:
    """A noun in the singular behind the words of these classes that stand right before it."""
    start = head
    while start > floor and sentence[start - 1].tag in tags and not sentence[start - 1].possessive:
        start -= 1
    before = [word.lower for word in sentence[start:head]]
    return " ".join([*before, singular(sentence[head].lower)])

"""What a sum, a share or a length of time is of: "net profit", "turnout", "the stoppage".

A figure of soldiers says itself what it counts; a figure of euros does not. Two such figures
conflict only if the same thing was measured, so net profit never meets operating profit.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from claims.engine import deeds, nouns, phrases
from claims.engine.figures import CHANGED
from claims.engine.grammar import tagged
from claims.engine.lexicon import singular
from claims.engine.parts import VERBAL, Word
from claims.engine.readings import Clause, Document, Quantity
from claims.engine.tables import table

_NAMING = frozenset({"noun", "participle", "gerund"})
_TABLE = table("units")["measured"]
_DOERS = frozenset(table("measured")["doers"]["words"].split())
_BASES = frozenset(_TABLE["bases"].split())
_LIGHT = frozenset(_TABLE["light"].split())
_PRISONS = frozenset(_TABLE["prisons"].split())
_OWNER_REACH = 8
_PERIOD_REACH = 4
_TAX_REACH = 8
# Costs that are lowered by a sum are that sum saved.
_COSTS = frozenset(_TABLE["costs"].split())
_LOWERING = frozenset(_TABLE["lowering"].split())
_PERIODS = {"quarter": "quarterly", "year": "annual", "month": "monthly", "half": "half-year"}
_ARTICLES = ("a", "an", "the", "his", "her", "its", "their")
_SPANS = frozenset(["all", "total", "cash", "late", "early", "mid", "recent"])
# Units that name what they measure.
_SELF_NAMED = frozenset(["magnitude"])


def _by_word(part: Mapping[str, str]) -> Mapping[str, str]:
    return {word: act for act, forms in part.items() for word in forms.split()}


_SUMS, _TERMS = _by_word(_TABLE["sums"]), _by_word(_TABLE["terms"])
_ACTS = _by_word(table("measured")["acts"])


@dataclass(frozen=True)
class _Place:
    """A figure in its sentence: its clause from `first` to `last`, itself `ahead` to `behind`."""

    sentence: Sequence[Word]
    first: int
    ahead: int
    behind: int
    last: int

    def lower(self, at: int) -> str:
        """The word at a place of the clause in lower case, empty outside it."""
        return self.sentence[at].lower if self.first <= at < self.last else ""


def measured(document: Document, clause: Clause, quantity: Quantity) -> str | None:
    """The measured thing in the singular, its describing nouns in front; None if it is not named.

    Looked for in the words tied to the figure ("a five-year contract", "a deficit of 3 percent",
    "5 % of the vote"), before a colon ("Net profit: 5 million"), then as the act ("was fined") or
    the subject of the verb. None for figures that count things.
    """
    if not nouns.is_measure(quantity.unit):
        return None
    if quantity.unit in _SELF_NAMED:
        return quantity.unit
    sentence = tagged(document)[clause.sentence]
    inside = [at for at, word in enumerate(sentence) if clause.start <= word.start < clause.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    behind = next((at for at in inside if sentence[at].start >= quantity.end), last)
    ahead = next((at for at in inside if sentence[at].end > quantity.start), last)
    place = _Place(sentence, first, ahead, behind, last)
    name = _named(document, clause, place, quantity)
    if name is not None and nouns.is_time(name.rsplit(" ", 1)[-1]):
        return None  # "5,200 replies in a day: 72 percent"
    if name is None or nouns.is_time(quantity.unit):
        return name
    period = _period(place)
    return f"{period} {name}" if period and period not in name.split() else name


def _period(place: _Place) -> str | None:
    """The period behind the figure: "90 million in the third quarter" is quarterly."""
    if place.lower(place.behind) not in ("in", "for", "during"):
        return None
    for at in range(place.behind + 1, min(place.behind + _PERIOD_REACH, place.last)):
        if place.lower(at) in _PERIODS:
            return _PERIODS[place.lower(at)]
        if place.sentence[at].tag not in ("det", "noun", "number"):
            return None
    return None


def _named(document: Document, clause: Clause, place: _Place, quantity: Quantity) -> str | None:
    dimension = _TABLE["dimensions"].get(place.lower(place.behind))
    if dimension and not nouns.is_time(quantity.unit):
        return f"{_subject(document, clause, place) or ''} {dimension}".strip()
    if profit := _before_tax(place, quantity):
        return profit
    tied = (
        _described_by(place)
        or _worth(place, quantity)
        or _before_of(place)
        or _behind(place, quantity)
    )
    if tied is not None:
        return _act_of(tied, quantity) or tied
    colon = next(
        (at for at in range(place.ahead - 1, place.first, -1) if place.sentence[at].text == ":"),
        None,
    )
    between = place.sentence[colon + 1 : place.ahead] if colon is not None else ()
    if colon is not None and not any(word.tag in VERBAL for word in between):
        return _described(place.sentence, colon - 1, place.first, _NAMING | {"verb"})
    return (
        _act(document, clause, place, quantity)
        or _changed(place)
        or _done(place, quantity)
        or _subject(document, clause, place)
    )


def _described_by(place: _Place) -> str | None:
    """The noun that the figure describes: "a five-year contract", "a 4 million euro fine"."""
    if place.behind >= place.last or place.behind <= place.ahead:
        return None
    final = place.sentence[place.behind - 1]
    hyphened = "-" in final.text
    article = place.lower(place.ahead) in _ARTICLES or place.lower(place.ahead - 1) in _ARTICLES
    alone = article and not final.lower.endswith("s")
    if not (hyphened or alone) or place.sentence[place.behind].tag not in _NAMING:
        return None
    found = phrases.after(place.sentence, place.behind, place.last)
    return _name(place.sentence, found, place.behind)


def _before_of(place: _Place) -> str | None:
    """The noun in "a deficit of 3 percent", "a contract for five years"."""
    joint, noun = place.lower(place.ahead - 1), place.ahead - 2
    if joint not in ("of", "for") or noun < place.first:
        return None
    word = place.sentence[noun]
    if joint == "for" and word.tag in VERBAL and word.stem in _TERMS:
        # "voted to strike for 48 hours"
        return _TERMS[word.stem]
    if _acts(word):
        # "debts of the club of 58 million"
        while joint == "of" and place.lower(noun) and place.lower(noun) != "of":
            noun -= 1
        noun -= 1
        if joint != "of" or noun < place.first or place.ahead - noun > _OWNER_REACH:
            return None
        word = place.sentence[noun]
    if word.tag != "noun" or word.lower in _LIGHT | CHANGED:
        return None
    return _described(place.sentence, noun, place.first, _NAMING)


def _before_tax(place: _Place, quantity: Quantity) -> str | None:
    """The profit in "made 96 million in the quarter, before interest and tax"."""
    if not nouns.is_money(quantity.unit):
        return None
    for at in range(place.behind, min(place.behind + _TAX_REACH, place.last)):
        if place.sentence[at].tag == "number" or place.sentence[at].tag in VERBAL:
            return None
        if place.lower(at) == "before" and place.lower(at + 1) in ("interest", "tax", "taxes"):
            return "operating profit" if place.lower(at + 1) == "interest" else "pretax profit"
    return None


def _worth(place: _Place, quantity: Quantity) -> str | None:
    """The thing in "a harbour contract worth 230 million"."""
    if place.lower(place.ahead - 1) != "worth" or not nouns.is_money(quantity.unit):
        return None
    noun = place.ahead - 2 - (place.lower(place.ahead - 2) == ",")
    if noun < place.first or place.sentence[noun].tag != "noun" or _acts(place.sentence[noun]):
        return None
    return _described(place.sentence, noun, place.first, _NAMING)


def _behind(place: _Place, quantity: Quantity) -> str | None:
    """The noun in "5 % of the vote", "3 million in damages", "six years in prison"."""
    joint = place.lower(place.behind)
    if nouns.is_time(quantity.unit):
        prison = joint in ("in", "behind") and place.lower(place.behind + 1) in _PRISONS
        return "sentence" if prison else None
    if joint != "of" and not (joint == "in" and nouns.is_money(quantity.unit)):
        return None
    found = phrases.after(place.sentence, place.behind + 1, place.last)
    name = _name(place.sentence, found)
    if found is None or name is None or name.rsplit(" ", 1)[-1] in _BASES:
        return None
    named = place.sentence[found[0]]
    dated = joint == "in" and (named.tag != "noun" or named.lower in _SPANS)
    return None if dated else name


def _act(document: Document, clause: Clause, place: _Place, quantity: Quantity) -> str | None:
    """The act that a sum or a term is named after, whoever is its subject: "was fined"."""
    for deed in reversed(deeds.read(document)[clause.sentence]):
        if place.first <= deed.group.start < place.ahead and not deed.relative:
            return _act_of(deed.group.stem, quantity)
    return None


def _changed(place: _Place) -> str | None:
    """What is changed by so much: "cut its costs by 40 million"."""
    noun = place.ahead - 2
    if place.lower(place.ahead - 1) != "by" or noun < place.first:
        return None
    if place.sentence[noun].tag != "noun" or place.lower(noun) in CHANGED:
        return None
    before = {place.lower(noun - step) for step in (1, 2, 3)}
    if singular(place.lower(noun)) in _COSTS and before & _LOWERING:
        return "saving"
    return _described(place.sentence, noun, place.first, _NAMING)


def _done(place: _Place, quantity: Quantity) -> str | None:
    """The act of one who pays or takes a sum: "has bid 18 million", "would spend 4 million"."""
    if not nouns.is_money(quantity.unit):
        return None
    inside = [word for word in place.sentence[place.first : place.ahead] if word.stem in _ACTS]
    return _ACTS[inside[-1].stem] if inside else None


def _acts(word: Word) -> bool:
    """Whether the word names someone who acts, and so nothing that is measured."""
    named = word.tag == "name" or word.possessive
    return named or singular(word.lower) in _DOERS or nouns.is_person(singular(word.lower))


def _act_of(name: str, quantity: Quantity) -> str | None:
    acts = _SUMS if nouns.is_money(quantity.unit) else {}
    acts = _TERMS if nouns.is_time(quantity.unit) else acts
    return acts.get(name.rsplit(" ", 1)[-1])


def _subject(document: Document, clause: Clause, place: _Place) -> str | None:
    verbs = [
        deed
        for deed in deeds.read(document)[clause.sentence]
        if place.first <= deed.group.start < place.ahead and deed.subject and not deed.relative
    ]
    subject = verbs[-1].subject if verbs else None
    if subject is None:
        return None
    head = phrases.head(place.sentence[subject[0] : subject[1]])
    if head is None or _acts(place.sentence[subject[0] + head]):
        return None
    return _name(place.sentence, subject)


def _name(sentence: Sequence[Word], span: tuple[int, int] | None, floor: int = 0) -> str | None:
    """The head of a phrase with the nouns and participles that describe it, back to `floor`."""
    if span is None:
        return None
    head = phrases.head(sentence[span[0] : span[1]])
    return None if head is None else _described(sentence, span[0] + head, floor, _NAMING)


def _described(sentence: Sequence[Word], head: int, floor: int, tags: Set[str]) -> str:
    """A noun in the singular behind the words of these classes that stand right before it."""
    start = head
    while start > floor and sentence[start - 1].tag in tags and not sentence[start - 1].possessive:
        start -= 1
    before = [word.lower for word in sentence[start:head]]
    return " ".join([*before, singular(sentence[head].lower)])

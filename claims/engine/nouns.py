"""The counted noun of a figure: found in the words after it, as one singular head noun.

There is no parser: the head of "3,000 North Korean soldiers had been sent" is the last of the first
run of plural nouns, and a closed list of function words and verbs ends the search.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.engine.numerals import numeral_at, touches, word_at
from claims.engine.tables import table, words
from claims.engine.tokens import Token

_LONGEST_PHRASE = 9
_PHRASE_ENDS = frozenset(",.;:)–—")
_OWNER = 4
_UNITS = table("units")
_IRREGULAR: Mapping[str, str] = _UNITS["nouns"]["irregular"]
_INVARIANT = frozenset(_UNITS["nouns"]["invariant"].split())
_SPELLING: Mapping[str, str] = _UNITS["measures"]["spelling"]
_ABBREVIATIONS: Mapping[str, str] = _UNITS["measures"]["abbreviations"]
_COMPOUNDS = frozenset(_UNITS["measures"]["compounds"])
_DESCRIBING = frozenset(_UNITS["nouns"]["describing"].split())
_DIMENSIONS = frozenset(_UNITS["nouns"]["dimensions"].split())
_STOP = frozenset(_UNITS["stop"]["words"].split())
_NOT_PLURAL = frozenset(_UNITS["stop"]["not_plural"].split())
_PERSONS = frozenset(_UNITS["persons"]["nouns"].split())
_MEASURES = frozenset(_UNITS["measures"]["nouns"].split()) | frozenset(_ABBREVIATIONS.values())
_TIMES = frozenset(_UNITS["measures"]["time"].split())
_MORE = frozenset(_UNITS["roles"]["addition_after"])
_OF_WHAT = frozenset("the these those its their his her our such".split())
STATE_NOUNS: Mapping[str, str] = {
    word: state
    for state, forms in _UNITS["states"].items()
    if state not in ("nouns", "tolls", "reaching", "between", "before")
    for word in forms.split()
}
_STATE_HEADS = frozenset(_UNITS["states"]["nouns"].split())


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A counted noun: its singular `head`, and the tokens of its phrase, `end` exclusive.

    `partitive` tells "12 of the soldiers", `more` tells "1,500 more soldiers", `state` what has
    happened to those counted where the noun itself says it ("12 deaths").
    """

    begin: int
    end: int
    head: str | None
    partitive: bool = False
    more: bool = False
    compound: bool = False
    state: str | None = None


def noun_after(tokens: Sequence[Token], at: int, *, single: bool) -> Noun:
    """The noun that a figure ending before this token counts; `head` is None without one.

    `single` says that the figure is one, so that its noun is a singular.
    """
    start = at
    if word_at(tokens, at) in ("-", "‑") and touches(tokens, at) and touches(tokens, at + 1):
        return _compound(tokens, at)
    if word_at(tokens, at) in ("sq", "square") and word_at(tokens, at + 1) in _ABBREVIATIONS:
        square = f"square {_ABBREVIATIONS[word_at(tokens, at + 1)]}"
        return Noun(begin=start, end=at + 2, head=square)
    if touches(tokens, at) and word_at(tokens, at) in _ABBREVIATIONS:
        return Noun(begin=start, end=at + 1, head=_ABBREVIATIONS[word_at(tokens, at)])
    partitive = more = False
    if word_at(tokens, at) == "of":
        taken_up = _taken_up(tokens, at)
        if taken_up is not None:
            return taken_up
        single = False
        at, partitive = _whole(tokens, at + 1)
        if word_at(tokens, at) in _STOP or at >= len(tokens):
            return Noun(begin=start, end=start, head=None, partitive=partitive)
    if word_at(tokens, at) in _MORE:
        more = True
        at += 1
        if word_at(tokens, at) == "than":
            return Noun(begin=start, end=start, head=None)
    end, head = _head(tokens, at, single=single)
    if head is None:
        return _without_head(
            tokens,
            at,
            Noun(begin=start, end=start + more, head=None, more=more, partitive=partitive),
        )
    # "claimed 63 lives", "63 deaths"
    unit, state = ("person", "dead") if head == "life" else counted_as(head)
    return Noun(begin=start, end=end, head=unit, partitive=partitive, more=more, state=state)


def _taken_up(tokens: Sequence[Token], at: int) -> Noun | None:
    """The phrase of "of them", "of whom", "of those who", at whose "of" this is; else None."""
    who = word_at(tokens, at + 1) == "those" and word_at(tokens, at + 2) == "who"
    if not who and word_at(tokens, at + 1) not in ("them", "whom", "which"):
        return None
    head = "person" if who else _apposed(tokens, at + 2)
    return Noun(begin=at, end=at + 2, head=head, partitive=True)


def _apposed(tokens: Sequence[Token], at: int) -> str | None:
    """The noun in "400 of them civilians", "38 of them were homes"; None where none ends it."""
    at += word_at(tokens, at) in ("are", "were")
    word = word_at(tokens, at)
    ends = at + 1 >= len(tokens) or tokens[at + 1].text in _PHRASE_ENDS
    return singular(word) if ends and is_plural(word) else None


def _whole(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Where the noun begins behind "of", and whether it names a whole: "its 12 plants"."""
    partitive = word_at(tokens, at) in _OF_WHAT
    at += partitive
    owner = at
    while owner - at < _OWNER and word_at(tokens, owner) not in ("'s", "", *_PHRASE_ENDS):
        owner += 1
    if at < owner and word_at(tokens, owner) == "'s":
        # "11,200 of Westmark's 15,000 staff"
        at, partitive = owner + 1, True
    inner = numeral_at(tokens, at) if at < len(tokens) else None
    # "three of its 12 plants", "17 of 18 sectors"
    return (at, partitive) if inner is None else (inner.end, True)


def _without_head(tokens: Sequence[Token], at: int, bare: Noun) -> Noun:
    """ "12 dead", "40 km": an adjective or a short form in the place of a noun, else none."""
    word = word_at(tokens, at)
    if word in STATE_NOUNS:
        return replace(bare, end=at + 1, head="person", state=STATE_NOUNS[word])
    if word in _ABBREVIATIONS and not bare.more:
        return replace(bare, end=at + 1, head=_ABBREVIATIONS[word])
    return bare


def counted_as(word: str) -> tuple[str, str | None]:
    """The unit of a noun and the state that it tells: "deaths" -> person, dead."""
    unit = singular(word)
    state = STATE_NOUNS.get(unit) if unit in _STATE_HEADS else None
    return ("person" if state and state != "casualty" else unit), state


def singular(word: str) -> str:
    """A noun in the singular, spelt one way: "children" -> "child", "meters" -> "metre"."""
    word = _IRREGULAR.get(word) or _without_plural(word)
    word = _SPELLING.get(word, word)
    return _same().get(word, word)


def is_plural(word: str) -> bool:
    """Whether the lower-case word looks like a plural or collective noun."""
    if word in _INVARIANT:
        return True
    if len(word) < 4 or word in _NOT_PLURAL or word in _STOP:
        return False
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) or word.endswith("men")


def is_measure(unit: str | None) -> bool:
    """Whether the unit measures (percent, euros, kilometres, days) and does not count things."""
    if unit is None:
        return False
    last = unit.rsplit(" ", 1)[-1]
    return unit in _MEASURES or last in _MEASURES or is_money(unit) or "per " in unit


def is_money(unit: str | None) -> bool:
    """Whether the unit is a currency."""
    return unit in _CURRENCIES


def is_time(unit: str | None) -> bool:
    """Whether the unit is a length of time."""
    return unit in _TIMES


def is_person(unit: str | None) -> bool:
    """Whether the unit is a general noun for people."""
    return unit is not None and unit.rsplit(" ", 1)[-1] in _PERSONS


_MONEY = _UNITS["money"]
_CURRENCIES = frozenset([*_MONEY["codes"].split(), *_MONEY["words"], *_MONEY["words"].values()])


@functools.cache
def _same() -> Mapping[str, str]:
    return {other: name for name, others in _UNITS["nouns"]["same"].items() for other in others}


def _without_plural(word: str) -> str:
    if not is_plural(word) or word in _INVARIANT:
        return word
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _compound(tokens: Sequence[Token], at: int) -> Noun:
    """ "a 10-day strike", "a five-member panel": the noun tied on by a hyphen."""
    word = word_at(tokens, at + 1)
    known = _ABBREVIATIONS.get(word) or singular(word)
    measures = known in _MEASURES or known in _TIMES
    return Noun(begin=at, end=at + 2, head=known if measures else None, compound=True)


def _head(tokens: Sequence[Token], at: int, *, single: bool) -> tuple[int, str | None]:
    """Where the noun phrase ends and its head, in the singular."""
    place = at
    last: int | None = None
    while place < len(tokens) and place - at < _LONGEST_PHRASE:
        token = tokens[place]
        if token.kind != "word":
            if not _is_tied(tokens, place, at):
                break
            place += 1
            continue
        if _ends_phrase(tokens, place, at, last, single=single):
            break
        if single:
            if not token.lower.endswith("ly") and token.lower != "'s":
                last = place
        elif is_plural(token.lower):
            last = place
        elif last is not None and not (token.lower == "'s" or _goes_on(tokens, place)):
            break
        place += 1
    if last is None:
        return at, None
    return last + 1, _unit(tokens, last, at)


def _ends_phrase(
    tokens: Sequence[Token], at: int, first: int, last: int | None, *, single: bool
) -> bool:
    """Whether the word is no part of the noun phrase from `first`, whose head so far is `last`."""
    word = tokens[at].lower
    if word in _STOP:
        # "2,100 in-patients"
        return not (word_at(tokens, at + 1) == "-" and touches(tokens, at + 1))
    if last is None:
        # "one contained the drug", "against whom one investigates"
        acts = word.endswith("ed") and word_at(tokens, at + 1) in ("the", "a", "an", "no")
        third = is_plural(word) and word not in _INVARIANT
        return single and at == first and (acts or third)
    if _is_verb(tokens, at, single=single) or word in _DIMENSIONS:
        return True
    before = tokens[last].lower
    # "24 junior riders starts" is a noun and its verb, "three sports halls" are halls.
    both = before.endswith("s") and word.endswith("s") and is_plural(word) and last == at - 1
    return both and not single and before not in _DESCRIBING


def _is_tied(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether a mark or number stands inside a word: "high-ranking", "25 A320 jets"."""
    if tokens[at].kind == "number":
        return at > begin and touches(tokens, at)
    tied = touches(tokens, at) and touches(tokens, at + 1)
    return tokens[at].text == "-" and tied and tokens[at + 1].kind == "word"


def _is_verb(tokens: Sequence[Token], at: int, *, single: bool) -> bool:
    """Whether the word after a noun is its verb: "soldiers arrived", "one man died"."""
    token = tokens[at]
    word = token.lower
    if token.capital:
        return False
    if any(
        word in words("verbs", kind) for kind in ("past_only", "past_or_participle", "reporting")
    ):
        return True
    if word in words("verbs", "present") or word in STATE_NOUNS and word not in _STATE_HEADS:
        return True
    return word.endswith("ed") or (single and word.endswith("ing"))


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether one more word may stand between two plurals: "sales team leaders"."""
    return is_plural(word_at(tokens, at + 1)) and not tokens[at].lower.endswith(("ing", "ly"))


def _unit(tokens: Sequence[Token], last: int, at: int) -> str:
    word = tokens[last].lower
    if last > at:
        pair = f"{tokens[last - 1].lower} {word}"
        both = f"{tokens[last - 1].lower} {_IRREGULAR.get(word) or _without_plural(word)}"
        if pair in _same() or both in _same():
            return _same().get(pair) or _same()[both]
        if tokens[last - 1].lower in _COMPOUNDS:
            return f"{tokens[last - 1].lower} {singular(word)}"
    return singular(word)

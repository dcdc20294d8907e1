"""Counts of one sentence before they are final: figures with their noun, role and state.

A `Count` is a working record; `quantities` makes the public `Quantity` of it after all stages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from claims.engine import happenings
from claims.engine.figures import CHANGED, Figure, figure_of, modified_after
from claims.engine.formers import is_former
from claims.engine.names import counts_nothing
from claims.engine.nouns import (
    STATE_NOUNS,
    Noun,
    is_measure,
    is_person,
    is_plural,
    is_time,
    noun_after,
    singular,
)
from claims.engine.numerals import numeral_at, word_at
from claims.engine.readings import Per, Role
from claims.engine.states import TOLLS, state_after, state_before, toll_reached
from claims.engine.tables import table, words
from claims.engine.tokens import Token

_ROLES = table("units")["roles"]
_ADDITION = frozenset(_ROLES["addition"])
_TOTAL = frozenset(_ROLES["total"])
_IN_ALL = (["in", "all"], ["in", "total"], ["altogether"], ["overall"], ["all", "told"])
_SPEAKERS = frozenset(table("units")["persons"]["speakers"].split())
_SHARE_CHANGED = frozenset(table("units")["changes"]["shares"]["verbs"].split())
_STATE_REACH = 5
_MOST_SPEAKERS = 12
_COLLECTIVES = table("units")["collectives"]
_INHABITED = frozenset(table("units")["inhabited"]["places"].split())
_IMPLIED = {unit: frozenset(verbs.split()) for unit, verbs in table("units")["implied"].items()}
_SPEECH_REACH = 6
_STRONG_REACH = 5
_OBJECT_REACH = 6
_ADDING = frozenset("add adds added adding".split())
_UNIT_REACH = 7
_LASTING = frozenset(table("units")["measures"]["lasting"].split())


@dataclass(kw_only=True)
class Count:
    """A figure of a sentence on its way to a quantity. Token places are of the sentence."""

    figure: Figure
    noun: Noun
    tokens: Sequence[Token]
    sentence: int
    unit: str | None
    state: str | None = None
    whose: str | None = None
    role: Role = "total"
    per: Per | None = None
    derived: tuple[Decimal, ...] = ()
    begin: int = field(default=0)
    end: int = field(default=0)
    change: bool = False
    over: Per | None = None
    former: bool = False
    dropped: bool = False

    @property
    def countable(self) -> bool:
        """Whether it counts things that a bare figure can take up: no money, no time, no ratio."""
        return self.unit is not None and not is_measure(self.unit) and self.role != "ratio"


def counts_of(tokens: Sequence[Token], taken: Sequence[bool], sentence: int) -> list[Count]:
    """The counts of a sentence; `taken` marks the tokens that belong to dates."""
    found: list[Count] = []
    at = floor = 0
    while at < len(tokens):
        numeral = None if taken[at] else numeral_at(tokens, at)
        if numeral is None:
            at += 1
            continue
        figure = figure_of(tokens, numeral, floor)
        count = _count(tokens, figure, sentence)
        if count is not None:
            found.append(count)
        at = floor = max(figure.end, at + 1)
    return found


def _count(tokens: Sequence[Token], figure: Figure, sentence: int) -> Count | None:
    if figure.unit is None:
        part = figure.spelt and figure.high is not None and 0 < figure.high < 1
        single = figure.modifier == "exact" and (figure.high == 1 or part)
        noun = noun_after(tokens, figure.end, single=single)
    else:
        noun = Noun(begin=figure.end, end=figure.end, head=None)
    if counts_nothing(tokens, figure, noun):
        return None
    if word_at(tokens, figure.begin - 1) == "aged":
        return None
    if _speaks(tokens, figure, noun) or _is_distance_in_time(tokens, noun):
        return None
    figure = modified_after(tokens, figure, max(noun.end, figure.end))
    unit = figure.unit or noun.head or _unit_around(tokens, figure)
    if is_time(unit) and "over" in figure.cues and figure.modifier == "more_than":
        figure = _stretched(tokens, figure)
    count = Count(
        figure=figure,
        noun=noun,
        tokens=tokens,
        sentence=sentence,
        unit=unit,
        begin=figure.begin,
        end=max(noun.end, figure.end) if noun.head or noun.partitive else figure.end,
    )
    count.former = is_former(tokens, figure)
    count.role = _role(count)
    count.state = None if is_measure(unit) else _state(count)
    if count.state is None and not is_measure(unit):
        _set_happening(count)
    count.change = is_measure(unit) and _is_change(count)
    if unit is None and count.state is not None and _follows_toll(count):
        count.unit = "person"
    return count


def _unit_around(tokens: Sequence[Token], figure: Figure) -> str | None:
    """The unit that other words than a noun behind tell: "162 on board", "a 300-strong crowd"."""
    after = [word_at(tokens, figure.end + step) for step in range(3)]
    if after[:2] == ["on", "board"] or after[0] == "aboard":
        return "person"
    if "strong" in (after[0], after[1] if after[0] == "-" else ""):
        ahead = (token.lower for token in tokens[figure.end : figure.end + _STRONG_REACH])
        unit: str = next((_COLLECTIVES[word] for word in ahead if word in _COLLECTIVES), "member")
        return unit
    return _implied(tokens, figure) or _unit_before(tokens, figure)


def _implied(tokens: Sequence[Token], figure: Figure) -> str | None:
    """The unit in "employs 5,200" and "a town of 14,000"."""
    before = [word_at(tokens, figure.begin - step) for step in (1, 2)]
    if before[0] == "of" and before[1] in _INHABITED:
        return "person"
    ends = figure.end >= len(tokens) or tokens[figure.end].kind != "word"
    implied = (unit for unit, verbs in _IMPLIED.items() if before[0] in verbs)
    return next(implied, None) if ends else None


def _unit_before(tokens: Sequence[Token], figure: Figure) -> str | None:
    """The unit that stands before its figure: "a crew of eight", "a magnitude of 6.8".

    Also further off: "put the crowd at 40,000", "the number of marchers rose to 300".
    """
    for place in range(figure.begin - 1, max(-1, figure.begin - _UNIT_REACH), -1):
        word = tokens[place].lower
        if tokens[place].kind != "word":
            return None
        if word == "magnitude":
            return word if figure.begin - place <= 2 else None
        if word in _COLLECTIVES and word_at(tokens, place + 1) in ("of", "at", "between", "to"):
            collective: str = _COLLECTIVES[word]
            return collective
        if is_plural(word) and word_at(tokens, place - 1) == "of":
            return singular(word) if word_at(tokens, place - 2) == "number" else None
    return None


# "300 more than on Monday", "40 more than last year": how many came on top
_COMPARED = frozenset(["on", "in", "last", "yesterday", "before", "previously"])


def _role(count: Count) -> Role:
    """Addition, part or total by the words next to the figure."""
    if count.noun.more or _ADDITION.intersection(count.figure.cues):
        return "addition"
    if count.noun.partitive and word_at(count.tokens, count.figure.begin - 1) != "all":
        return "part"
    after = [word_at(count.tokens, count.end + step) for step in range(2)]
    compared = after[1] == "than" and word_at(count.tokens, count.end + 2) not in _COMPARED
    if after[0] == "more" and not compared and not is_measure(count.unit):
        return "addition"
    if after in (["among", "them"], ["of", "them"], ["of", "whom"], ["of", "which"]):
        return "part"
    before = [word_at(count.tokens, count.begin - step) for step in (2, 1)]
    if before[1] in _ADDING and not is_measure(count.unit) and count.unit != "job":
        return "addition"
    if before[1] == "by" and before[0] in CHANGED and not is_measure(count.unit):
        return "addition"
    if before[1] == ",":
        before = [word_at(count.tokens, count.begin - step) for step in (3, 2)]
    if before[1] in ("including", "includes", "include", "included", "among"):
        return "part"
    if before in (
        ["of", "whom"],
        ["of", "which"],
        ["of", "them"],
        ["among", "them"],
        ["of", "these"],
        ["of", "those"],
    ):
        return "part"
    return "total"


def _is_change(count: Count) -> bool:
    """Whether it is by how much something changed: "rose by 9 percent", "a 9 percent rise"."""
    before = [word_at(count.tokens, count.begin - step) for step in (1, 2)]
    after = [word_at(count.tokens, count.end + step) for step in range(2)]
    if before[0] in _SHARE_CHANGED and after[0] != "of":
        return count.unit in ("percent", "percentage point")
    if before[0] in CHANGED or (before[0] in ("by", "of") and before[1] in CHANGED):
        return True
    if before[0] == "by" and any(
        word_at(count.tokens, count.begin - step) in CHANGED for step in range(3, _OBJECT_REACH)
    ):
        # "cut its costs by 40 million"
        return True
    if after[0] in ("higher", "lower", "more", "less"):
        return True
    return after[0] in CHANGED or after[0] == "-" and after[1] in CHANGED


def says_total(count: Count) -> bool:
    """Whether the words say that the figure is the whole: "a total of 40", "12,000 in all"."""
    if _TOTAL.intersection(count.figure.cues):
        return True
    near = [word_at(count.tokens, count.begin - step) for step in (3, 2, 1)]
    if "total" in near or "tally" in near or "figure" in near or "number" in near:
        return True
    after = [word_at(count.tokens, count.end + step) for step in (0, 1)]
    return any(after[: len(phrase)] == phrase for phrase in _IN_ALL)


def _stretched(tokens: Sequence[Token], figure: Figure) -> Figure:
    """The length of "spread over 18 months", which is no floor; "took over 10 hours" is one."""
    if word_at(tokens, figure.begin - 1) in _LASTING:
        return figure
    return replace(figure, low=figure.low, high=figure.low, low_open=False, modifier="exact")


def _state(count: Count) -> str | None:
    """What has happened to those counted, by the words next to them."""
    phrase = count.tokens[count.noun.begin : count.noun.end]
    inside = (STATE_NOUNS.get(token.lower) for token in phrase[:-1] if token.lower != "killing")
    return (
        next((state for state in inside if state), None)
        or state_before(count.tokens, count.begin)
        or count.noun.state
        or state_after(count.tokens, count.end)
    )


def _set_happening(count: Count) -> None:
    """What those counted do, by a phrase or by their noun; who comes is a person attending."""
    tokens, noun = count.tokens, count.unit or ""
    if noun == "job":
        count.state = happenings.of_posts(tokens, count.begin, count.end)
        return
    count.state = happenings.after(tokens, count.end) or happenings.done_to(tokens, count.begin)
    told = happenings.of_noun(noun)
    if count.state is None and count.noun.head is None:
        count.state = happenings.before(tokens, count.begin)
    if count.state is None and count.figure.value >= happenings.MANY:
        count.state = told
    if told is not None and count.state == told:
        count.unit = "person" if told == "attending" else "worker"


def _follows_toll(count: Count) -> bool:
    if toll_reached(count.tokens, count.begin):
        return True
    near = [word_at(count.tokens, count.begin - step) for step in range(1, _STATE_REACH + 1)]
    return any(word in TOLLS or word == "number" for word in near)


def _speaks(tokens: Sequence[Token], figure: Figure, noun: Noun) -> bool:
    """Whether those counted are only the ones who speak: "two officials said"."""
    before = [word_at(tokens, figure.begin - step) for step in (2, 1)]
    if noun.head == "source" or before == ["according", "to"]:
        return True
    if figure.value > _MOST_SPEAKERS or not (noun.head in _SPEAKERS or is_person(noun.head)):
        return False
    for token in tokens[noun.end : noun.end + _SPEECH_REACH]:
        if token.kind != "word" or token.lower in ("was", "were", "been", "be", "is", "are"):
            return False
        if token.lower in words("verbs", "reporting"):
            return True
    return False


def _is_distance_in_time(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether it is "two days later": a step in the tale, not a length."""
    after = word_at(tokens, noun.end)
    return is_time(noun.head) and after in ("later", "earlier", "ago", "before", "after")

"""Figures whose noun is left out: "1,500 more had been sent, for a total of 3,000", "two of them".

A figure takes the noun, the owner and, where it is plainly the same count, the state of one that
stands before it, in its sentence or up to two sentences back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.engine import actors
from claims.engine.counts import Count, says_total
from claims.engine.figures import CHANGED
from claims.engine.money import SUMS
from claims.engine.nouns import counted_as, is_measure, is_money, is_person, is_plural, singular
from claims.engine.numerals import word_at
from claims.engine.slots import named_after
from claims.engine.tables import words
from claims.engine.tokens import Token

Sentences = Mapping[int, Sequence[Token]]

_SENTENCES_BACK = 2
_COUNTS_BACK = 24
_SUBJECT_REACH = 12
_SPOKEN = frozenset(
    """
    counted count counts spoke speak speaks spoken talk talks talked put puts it figure number
    registered
    """.split()
)
_ENDS = frozenset('.,;:)"”')
_MILLION = 1_000_000
# What opens a state of their own: "one dead and 140 without shelter".
_OWN_STATE = frozenset("in with without under still also on".split())
# A count behind one of these is not what the sentence speaks of.
_PREPOSITIONS = frozenset("in of at for with across from to on by among".split())


def fill_gaps(counts: Sequence[Count], sentences: Sentences, text: str) -> None:
    """Give figures without a noun the noun and owner of the count they speak of.

    "1,500 more had been sent, for a total of 3,000"; "12,000 in all"; "three of them". `sentences`
    holds the tokens of each by its index.
    """
    for number, count in enumerate(counts):
        earlier = [
            other
            for other in counts[max(0, number - _COUNTS_BACK) : number][::-1]
            if count.sentence - other.sentence <= _SENTENCES_BACK and not other.dropped
        ]
        earlier = [other for other in earlier if not other.former] or earlier
        if count.unit is None and count.per is not None:
            _take_ratio(count, earlier)
        elif count.unit is None and (place := _beside_noun(count)) is not None:
            count.unit, state = counted_as(word_at(count.tokens, place))
            count.state = count.state or state
        elif count.unit is None and _is_share(count, earlier):
            count.unit = "percent"
        elif count.unit is None and not count.noun.compound:
            _take_noun(count, earlier)
            if count.unit is None:
                count.unit = _asked_for(count, sentences)
            if count.unit is None and _needs_noun(count):
                _take_plural(count, sentences, text)
        elif count.whose is None and count.countable:
            count.whose = _same_owner(count, earlier)


def _take_noun(count: Count, earlier: Sequence[Count]) -> None:
    known = [other for other in earlier if other.countable and _of_one_scale(other, count)]
    told = count.role in ("addition", "part") or says_total(count)
    near = [other for other in known if told or count.sentence - other.sentence <= 1]
    if count.noun.partitive:
        near = [other for other in near if _can_hold(other, count)]
    whole = [other for other in near if other.role != "part"] or near
    whole = [other for other in whole if not _is_aside(other)] or whole
    if _is_sum(count, earlier):
        count.unit = next(other.unit for other in earlier if is_money(other.unit))
        return
    if whole:
        count.unit, count.whose = whole[0].unit, whole[0].whose
        if count.state is None and _same_subject(whole[0], count):
            count.role = "part"
        beside = whole[0].sentence == count.sentence and count.begin - whole[0].end <= 2
        beside = beside and word_at(count.tokens, count.end) not in _OWN_STATE
        if count.state is None and (told or beside or _is_reported(count)):
            count.state = whole[0].state
    elif count.state is not None:
        count.unit = "person"


def _is_reported(count: Count) -> bool:
    """Whether the figure alone is what somebody says: "the ministry counted 3,800."."""
    before = word_at(count.tokens, count.begin - 1)
    spoken = before in ("of", "at") and word_at(count.tokens, count.begin - 2) in _SPOKEN
    ends = count.end >= len(count.tokens) or count.tokens[count.end].text in _ENDS
    return ends and (spoken or before in _SPOKEN or before in words("verbs", "reporting"))


def _of_one_scale(known: Count, count: Count) -> bool:
    """Whether millions may be more of the same: "20 goals ... a further 10 million" are not."""
    huge = count.figure.scaled and count.figure.value >= _MILLION
    return not huge or known.figure.scaled or known.figure.value * 1000 >= count.figure.value


def _beside_noun(count: Count) -> int | None:
    """Where its noun stands right before: "and deaths by 33", "Ballots cast: 61,204"; or None."""
    before = word_at(count.tokens, count.begin - 1)
    places = [count.begin - 2] if before in ("by", "to", "at") else []
    places += [count.begin - 2, count.begin - 3] if before == ":" else []
    topics = (place for place in places if place >= 0 and _is_topic(count.tokens, place))
    found = next(topics, None)
    named = "" if found is None else singular(count.tokens[found].lower)
    # "the rebels at more than 350": they say it
    return None if named in SUMS or (is_person(named) and before == "at") else found


def _needs_noun(count: Count) -> bool:
    """Whether the figure plainly counts something: "of them", "another 40", "12,000 deployed"."""
    after = word_at(count.tokens, count.end)
    if after == "in" and count.figure.scaled and count.figure.value >= _MILLION:
        # "a further 10 million in bonuses": a sum
        return False
    taken_on = after.endswith("ed") or after in words("verbs", "past_or_participle")
    before = {word_at(count.tokens, count.begin - step) for step in range(1, 5)}
    return count.noun.partitive or count.role == "addition" or taken_on or bool(before & CHANGED)


def _take_plural(count: Count, sentences: Sentences, text: str) -> None:
    """Take the plural that the sentence, or one of the two before it, speaks of first."""
    for back in range(_SENTENCES_BACK + 1):
        tokens = sentences.get(count.sentence - back, ())
        stop = count.begin if back == 0 else min(len(tokens), _SUBJECT_REACH)
        place = next((at for at in range(stop) if _is_topic(tokens, at)), None)
        if place is None:
            continue
        count.unit, state = counted_as(tokens[place].lower)
        count.state = count.state or state
        if count.noun.partitive:
            # "up to 12,000 of them": of a kind, not of a number given
            count.role = "total"
        found = actors.find(text, tokens[max(0, place - 3)].start, tokens[place].end)
        count.whose = found[-1][1] if found else named_after(count, text)
        return


def _asked_for(count: Count, sentences: Sentences) -> str | None:
    """What "How many came?" asks for in its own or one of the two sentences before: people."""
    for back in range(_SENTENCES_BACK + 1):
        tokens = sentences.get(count.sentence - back, ())
        for at in range(min(len(tokens), _SUBJECT_REACH)):
            if tokens[at].lower == "how" and word_at(tokens, at + 1) == "many":
                asked = word_at(tokens, at + 2)
                return counted_as(asked)[0] if _is_topic(tokens, at + 2) else "person"
    return None


def _is_topic(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    if at < 0 or tokens[at].kind != "word" or not is_plural(word):
        return False
    if tokens[at].capital and at:
        return False
    if word in SUMS:
        return False
    return not is_measure(singular(word)) and word_at(tokens, at + 1) != "'"


def _same_subject(whole: Count, part: Count) -> bool:
    """Whether it is "sent out 8,400 papers and got 6,100 back": some of those just counted."""
    if whole.sentence != part.sentence or not _can_hold(whole, part) or part.role != "total":
        return False
    verb = word_at(part.tokens, part.begin - 1)
    joined = word_at(part.tokens, part.begin - 2) in ("and", ",", "but")
    past = verb.endswith("ed") or verb in words("verbs", "past_or_participle") or verb == "got"
    return joined and past


def _take_ratio(count: Count, earlier: Sequence[Count]) -> None:
    """ "One nurse for every nine patients ... one for every seven": the same ratio again."""
    known = next((other for other in earlier if other.per and other.unit), None)
    if known is None and earlier and earlier[0].countable:
        # "1,200 officers, one for every 15 protesters"
        count.unit = earlier[0].unit
    if (
        known is None
        or known.per is None
        or count.per is None
        or known.sentence < count.sentence - 1
    ):
        return
    count.unit = known.unit
    if count.per.unit is None:
        count.per = replace(count.per, unit=known.per.unit)


def _is_aside(count: Count) -> bool:
    """Whether it stands behind a preposition: "in six countries", "of its five hospitals"."""
    before = [word_at(count.tokens, count.begin - step) for step in (2, 1)]
    possessed = before[1] in ("the", "its", "their", "his", "her", "these", "those")
    return before[0 if possessed else 1] in _PREPOSITIONS


def _is_sum(count: Count, earlier: Sequence[Count]) -> bool:
    """Whether a bare large figure is money: "112 million euros ... analysts had 118 million"."""
    return (
        count.figure.scaled
        and (count.role == "total" or count.role == "addition" and count.figure.value >= _MILLION)
        and bool(earlier)
        and is_money(earlier[0].unit)
    )


def _is_share(count: Count, earlier: Sequence[Count]) -> bool:
    """Whether a broken number goes on with percent: "37.4 percent, and the Alliance at 37.1"."""
    broken = count.figure.value != count.figure.value.to_integral_value()
    if not broken or count.figure.scaled or not earlier:
        return False
    near = earlier[0]
    return near.unit == "percent" and count.sentence - near.sentence <= 1


def _can_hold(whole: Count, part: Count) -> bool:
    """Whether the one figure is large enough for the other to be a part of it."""
    return whole.figure.high is None or part.figure.value <= whole.figure.high


def _same_owner(count: Count, earlier: Sequence[Count]) -> str | None:
    owners = [other.whose for other in earlier if other.unit == count.unit and other.whose]
    return owners[0] if len(set(owners)) == 1 else None

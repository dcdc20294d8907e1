"""What belongs to a count beside its noun: divisors, factors, parts and owners."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from claims.engine import actors
from claims.engine.counts import Count
from claims.engine.nouns import is_measure, is_money, is_person, is_time, singular
from claims.engine.numerals import word_at
from claims.engine.readings import Per
from claims.engine.tables import table, words
from claims.engine.tokens import Token

_MEASURES = table("units")["measures"]
_PER_THINGS = frozenset(_MEASURES["per_things"].split()) | frozenset(_MEASURES["time"].split())
_PER_ADVERBS = _MEASURES["per_adverbs"]
_GROUPS = frozenset(table("units")["persons"]["groups"].split())
# Of these a share of the whole is what is measured.
_WHOLE_OF = frozenset(["percent", "percentage point", "magnitude", "degree"])
_EACH = frozenset("each apiece".split())
_GROUP_REACH = 9
_OWNER_REACH = 4
_PER_REACH = 5
_OPENING = 2
_MOST_JOINED = 4
_MOVE_REACH = 6


def set_ratios(counts: Sequence[Count]) -> None:
    """Find "one steward per 25 voters", "$5 a barrel", "one in five", "12 deaths a day"."""
    for number, count in enumerate(counts):
        following = counts[number + 1] if number + 1 < len(counts) else None
        per = _per(count, following)
        if per is None:
            continue
        count.per, count.role = per, "ratio"
        joined = count
        for before in counts[max(0, number - _MOST_JOINED) : number][::-1]:
            # "one translator and three commanders for every 30 soldiers"
            if not _coordinated(before, joined) or before.unit is None or is_measure(before.unit):
                break
            before.per, before.role = per, "ratio"
            joined = before


def _per(count: Count, following: Count | None) -> Per | None:
    tokens, at = count.tokens, count.end
    word = word_at(tokens, at)
    if word == "of" and is_measure(count.unit) and word_at(tokens, at + 2) in ("a", "an", "per"):
        # "2.5 billion cubic metres of gas a year"
        unit = singular(word_at(tokens, at + 3))
        return Per(value=Decimal(1), unit=unit) if unit in _PER_THINGS else None
    for place in range(at, at + _PER_REACH):
        # "three commanders are assigned for every 30 soldiers"
        if word_at(tokens, place) == "for" and word_at(tokens, place + 1) in ("every", "each"):
            return _divisor(tokens, place + 2, following)
        if place >= len(tokens) or tokens[place].kind != "word" or _begins(following, place):
            break
    if word in ("in", "out") and following is not None:
        return _one_in(count, following)
    if word in _PER_ADVERBS:
        return Per(value=Decimal(1), unit=_PER_ADVERBS[word])
    if word in ("a", "an"):
        unit = singular(word_at(tokens, at + 1))
        ends = word_at(tokens, at + 2) not in ("ago", "earlier", "later", "old")
        return Per(value=Decimal(1), unit=unit) if unit in _PER_THINGS and ends else None
    return _per_divisor(count, following)


def _per_divisor(count: Count, following: Count | None) -> Per | None:
    """ "one for six", "40 to each ward", "per head"."""
    tokens, at = count.tokens, count.end
    word = word_at(tokens, at)
    lone = count.unit is None and count.figure.value == 1
    if word == "for" and lone and following is not None and following.figure.begin == at + 1:
        return _divisor(tokens, at + 1, following)
    if word == "to" and word_at(tokens, at + 1) in ("every", "each"):
        return _divisor(tokens, at + 2, following)
    if word in ("per", "each", "every", "/"):
        verb = word == "each" and _is_verb(word_at(tokens, at + 1))
        return None if verb else _divisor(tokens, at + 1, following)
    return None


def _is_verb(word: str) -> bool:
    """Whether a word behind "each" is what they each do: "40 guests each were", "11 each took"."""
    kinds = ("auxiliaries", "past_only", "past_or_participle")
    return word.endswith("ed") or any(word in words("verbs", kind) for kind in kinds)


def _begins(count: Count | None, at: int) -> bool:
    return count is not None and count.begin <= at


def _divisor(tokens: Sequence[Token], at: int, following: Count | None) -> Per | None:
    """What stands after "per" or "for every": a figure with its noun, or a noun."""
    if following is not None and following.figure.begin == at:
        following.dropped = True
        return Per(value=following.figure.value, unit=following.unit)
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].capital:
        return None
    return Per(value=Decimal(1), unit=singular(tokens[at].lower))


def _one_in(count: Count, following: Count) -> Per | None:
    """ "one in five voters", "three out of 10"."""
    tokens, at = count.tokens, count.end
    out = word_at(tokens, at) == "out" and word_at(tokens, at + 1) == "of"
    place = at + 2 if out else at + 1
    place += word_at(tokens, place) == "every"
    if following.figure.begin != place:
        return None
    if count.unit is not None:
        return _bare_in(count, following, out=out)
    if (
        not (out or count.figure.spelt or count.figure.value == 1)
        or following.figure.value <= count.figure.value
    ):
        return None
    following.dropped = True
    count.unit = following.unit
    return Per(value=following.figure.value, unit=following.unit)


def _bare_in(count: Count, following: Count, *, out: bool) -> Per | None:
    """ "nine trains in ten", "one share in four": the second number has no noun of its own."""
    verb = word_at(following.tokens, following.figure.end) in words("verbs", "present")
    if out or is_measure(count.unit) or not (following.unit is None or verb):
        return None
    small = following.figure.spelt or count.figure.value == 1
    if not small or following.figure.value <= count.figure.value:
        return None
    following.dropped = True
    return Per(value=following.figure.value, unit=count.unit)


def _coordinated(left: Count, right: Count) -> bool:
    """Whether only "and", "or" or a comma stands between two counts."""
    between = left.tokens[left.end : right.begin]
    return bool(between) and all(token.lower in ("and", ",") for token in between)


def set_parts(counts: Sequence[Count]) -> None:
    """ "including 500 officers and three generals": the second is a part as well."""
    for count in counts:
        after = [word_at(count.tokens, count.end + step) for step in range(2)]
        bulk = is_measure(count.unit) and count.unit not in _WHOLE_OF and not is_money(count.unit)
        if bulk and not is_time(count.unit) and after[0] == "of" and after[1] in ("the", "its"):
            # "600 tonnes of the diesel"
            count.role = "part" if count.role == "total" else count.role
    for left, right in pairwise(counts):
        if left.role == "part" and right.role == "total" and _coordinated(left, right):
            right.role = "part"
        if right.role == "part" and right.state is None and right.begin - left.end <= _OPENING:
            # "19 people, including four children, died"
            right.state = left.state if right.countable and left.countable else None
        # "Of the 8,400 papers sent out, 6,100 came back."
        opening = [word_at(left.tokens, left.begin - step) for step in (2, 1)]
        opens = (
            opening in (["of", "the"], ["of", "those"], ["of", "its"]) and left.begin <= _OPENING
        )
        opens = opens or (opening[1:] == ["of"] and left.begin == 1)
        if opens and right.unit is None and word_at(right.tokens, right.begin - 1) == ",":
            right.role = "part"


def multiply(counts: Sequence[Count]) -> None:
    """Make one derived total of "three wards of about 40 beds each"."""
    for factor, each in pairwise(counts):
        if factor.dropped or each.dropped or not _multiplies(factor, each):
            continue
        times, written = factor.figure.value, _written(each)
        low, high = each.figure.low, each.figure.high
        each.figure = replace(
            each.figure,
            low=None if low is None else low * times,
            high=None if high is None else high * times,
        )
        each.derived = (times, written)
        each.begin = factor.begin
        each.end += word_at(each.tokens, each.end) in _EACH
        each.role = "total"


def set_each(counts: Sequence[Count]) -> None:
    """Make ratios of "4 euros each" and "600 workers in each plant" that nothing multiplies."""
    for count in counts:
        at = count.end + (word_at(count.tokens, count.end) in ("in", "at", "for"))
        if word_at(count.tokens, at) in _EACH and count.role == "total" and not count.derived:
            count.per, count.role = Per(value=Decimal(1), unit=None), "ratio"


def _written(count: Count) -> Decimal:
    """The number as written, before its modifier made a band of it."""
    band = table("numbers")["bands"].get(count.figure.modifier)
    if band is None or count.figure.low is None:
        return count.figure.value
    return count.figure.low / Decimal(band["low"])


def _multiplies(factor: Count, each: Count) -> bool:
    if factor.unit is None or is_measure(factor.unit) or each.unit is None or is_time(each.unit):
        return False
    exact = factor.figure.modifier == "exact" and factor.figure.value > 1
    gap = each.begin - factor.end
    if not exact or not 1 <= gap <= _GROUP_REACH or factor.role == "ratio" or each.role != "total":
        return False
    between = factor.tokens[factor.end : each.begin]
    if any(token.text in ",;:.()" for token in between):
        return False
    told = any(word_at(each.tokens, each.end + step) in _EACH for step in range(2))
    return told or (factor.unit in _GROUPS and [token.lower for token in between] == ["of"])


def set_owners(counts: Sequence[Count], text: str) -> None:
    """Find whose people or things are counted: in the phrase, round it, or who sent them."""
    for count in counts:
        if count.unit is not None and not is_measure(count.unit):
            count.whose = (
                _named(count, text, count.figure.end, count.noun.end)
                or _possessor(count, text)
                or named_after(count, text)
                or _sender(count, text)
            )
    for before, count in pairwise(counts):
        if count.derived and count.whose is None:
            count.whose = before.whose


def _named(count: Count, text: str, begin: int, end: int) -> str | None:
    if begin >= end:
        return None
    tokens = count.tokens
    found = actors.find(text, tokens[begin].start, tokens[end - 1].end)
    return found[0][1] if found else None


def _possessor(count: Count, text: str) -> str | None:
    """ "North Korea's 12,000 soldiers"."""
    place = count.begin - 1
    if word_at(count.tokens, place) != "'s":
        return None
    return _named(count, text, max(0, place - _OWNER_REACH), place)


def named_after(count: Count, text: str) -> str | None:
    """The owner in "12,000 soldiers from North Korea", "two units of the Ukrainian army".

    People may have been moved before it says from where: "12,000 deployed to Russia from there".
    """
    tokens, begin = count.tokens, count.end
    if is_person(count.unit):
        while begin < min(count.end + _MOVE_REACH, len(tokens)) and tokens[begin].kind == "word":
            if tokens[begin].lower == "from":
                break
            begin += 1
    if word_at(tokens, begin) != "from":
        begin = count.end
    if word_at(tokens, begin) not in ("from", "of", "belonging"):
        return None
    stop = min(begin + 1 + _OWNER_REACH, len(tokens))
    for place in range(begin + 1, stop):
        if tokens[place].kind != "word":
            stop = place
            break
    return _named(count, text, begin + 1, stop)


def _sender(count: Count, text: str) -> str | None:
    """ "North Korea has sent about 10,000 soldiers": they are the sender's own."""
    if not is_person(count.unit) or word_at(count.tokens, count.begin - 1) not in words(
        "verbs", "sending"
    ):
        return None
    begin = count.begin - 1
    while (
        begin > 0 and count.begin - begin <= _GROUP_REACH and count.tokens[begin - 1].kind == "word"
    ):
        begin -= 1
    found = actors.find(text, count.tokens[begin].start, count.tokens[count.begin - 1].end)
    return found[-1][1] if found else None

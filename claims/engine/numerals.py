"""Numbers as written: digits, words, scales, fractions and rough plurals ("tens of thousands").

A numeral has no meaning yet: whether it counts anything is for `quantities` to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.engine.tables import table
from claims.engine.tokens import Token

_LONGEST_DIGITS = 18
_LONGEST_WORDS = 16
_LARGEST = Decimal(10) ** 15
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667", "⅛": "0.125"}
_SLASHED = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/8": "⅛"}
_CAPITAL_SUFFIXES = {"M": Decimal(10**6), "B": Decimal(10**9)}
_ORDINAL_ENDS = ("st", "nd", "rd", "th")


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A number between two tokens, `begin` inclusive and `end` exclusive.

    `low` and `high` are the same but for rough numbers, which are `vague`. `scaled` tells that a
    word of size ("million") belongs to it, `spelt` that it has no digits, `share` that it is a
    fraction.
    """

    begin: int
    end: int
    low: Decimal
    high: Decimal
    vague: bool = False
    scaled: bool = False
    spelt: bool = False
    share: bool = False

    def times(self, factor: Decimal) -> "Numeral":
        """The same number so many times over."""
        return replace(self, low=self.low * factor, high=self.high * factor)


def numeral_at(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The longest number that begins at this token, if any."""
    token = tokens[at]
    if token.kind == "number":
        return _digits(tokens, at)
    if token.kind != "word" or token.lower not in _FIRST_WORDS:
        return None
    if token.lower in ("no", "nobody"):
        return _nothing(tokens, at)
    return _half(tokens, at) or _rough(tokens, at) or _fraction(tokens, at) or _spelt(tokens, at)


def _nothing(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "no deaths", "no passengers", "nobody", "no one": a count of none."""
    words = [word_at(tokens, at + step) for step in range(3)]
    if words[0] == "nobody" or words[1] in NOTHING | _NOBODY:
        end = at + 1
    elif words[1] == "one" or words[1:] == ["-", "one"]:
        end = at + words.index("one") + 1
    else:
        return None
    return replace(_exact(at, end, Decimal(0)), spelt=True)


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The token in lower case, or an empty string beyond either end."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def touches(tokens: Sequence[Token], at: int) -> bool:
    """Whether no blank stands between this token and the one before."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def decimals(part: str) -> Mapping[str, Decimal]:
    """A part of the table of numbers that maps words to single figures."""
    return {word: Decimal(figure) for word, figure in table("numbers")[part].items()}


_WORDS = decimals("words")
NUMBER_WORDS = frozenset(_WORDS)
_SCALES = decimals("scales")
_SUFFIXES = decimals("suffixes")
_FRACTIONS = decimals("fractions")
_VAGUE = {word: (Decimal(a), Decimal(b)) for word, (a, b) in table("numbers")["vague"].items()}
_FEW = {word: (Decimal(a), Decimal(b)) for word, (a, b) in table("numbers")["few"].items()}
# "No deaths" is a count; "no evidence" is none.
NOTHING = frozenset(table("numbers")["nothing"]["nouns"].split())
_NOBODY = frozenset(table("numbers")["nothing"]["people"].split())
_FIRST_WORDS = frozenset({"a", "an", "no", "nobody", *_WORDS, *_FRACTIONS, *_VAGUE, *_FEW})


def _exact(begin: int, end: int, value: Decimal) -> Numeral:
    return Numeral(begin=begin, end=end, low=value, high=value)


def _digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    text = tokens[at].text
    end = at + 1
    slash = "".join(token.text for token in tokens[at : at + 3])
    if slash in _SLASHED:
        return _exact(at, at + 3, Decimal(_VULGAR[_SLASHED[slash]]))
    # "9/11" is no number, "$15/hour" is a rate.
    if len(text) > _LONGEST_DIGITS or _is_slashed(tokens, end):
        return None
    value = _value(text)
    if text.isdecimal() and touches(tokens, at) and tokens[at - 1].text == ".":
        # ".75%", but not the 4 of "1.2.4"
        value = value if touches(tokens, at - 1) else value.scaleb(-len(text))
    # "2 ½" and "2 1/2" are one number.
    slashed = _SLASHED.get("".join(token.text for token in tokens[end : end + 3]), "")
    if slashed and "." not in text:
        return _exact(at, end + 3, value + Decimal(_VULGAR[slashed]))
    if end < len(tokens) and tokens[end].text in _VULGAR and "." not in text:
        value += Decimal(_VULGAR[tokens[end].text])
        end += 1
    if touches(tokens, end):
        suffix = tokens[end]
        if suffix.lower in _ORDINAL_ENDS:
            return None
        size = _CAPITAL_SUFFIXES.get(suffix.text) or _SUFFIXES.get(suffix.lower)
        if suffix.text == "m" and word_at(tokens, end + 1).endswith(("s", "people")):
            # "1.3m ballots", but "the 100m race"
            size = Decimal(10**6)
        if size is not None:
            return replace(_exact(at, end + 1, value * size), scaled=True)
    return _and_a_half(tokens, _scaled(tokens, _exact(at, end, value)))


def _is_slashed(tokens: Sequence[Token], at: int) -> bool:
    ends = at + 1 < len(tokens) and tokens[at + 1].kind == "number"
    return ends and tokens[at].text == "/" and touches(tokens, at)


def _value(text: str) -> Decimal:
    whole = "".join(mark for mark in text if mark.isdecimal() or mark == ".")
    part = Decimal(_VULGAR.get(text[-1], 0))
    return (Decimal(whole) if whole else Decimal(0)) + part


def _scaled(tokens: Sequence[Token], found: Numeral) -> Numeral:
    """The numeral with the words of size that follow it: "1.4 million", "2 hundred thousand"."""
    scale = word_at(tokens, found.end)
    if scale == "dozens":
        return replace(found.times(_SCALES["dozen"]), end=found.end + 1, scaled=True)
    while scale in _SCALES and scale != "score" and found.high < _LARGEST:
        found = replace(found.times(_SCALES[scale]), end=found.end + 1, scaled=True)
        scale = word_at(tokens, found.end)
    # "3-million"
    if scale == "-" and word_at(tokens, found.end + 1) in _SCALES and touches(tokens, found.end):
        size = _SCALES[word_at(tokens, found.end + 1)]
        found = replace(found.times(size), end=found.end + 2, scaled=True)
    return found


def _spelt(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A number in words: "two hundred and five thousand", "a million", "two and a half million"."""
    total = group = Decimal(0)
    end = at
    scaled = False
    if word_at(tokens, at) in ("a", "an"):
        if word_at(tokens, at + 1) not in _SCALES:
            return None
        group, end = Decimal(1), at + 1
    while end - at < _LONGEST_WORDS:
        word = word_at(tokens, end)
        if word in _WORDS and _fits(group, _WORDS[word]):
            group += _WORDS[word]
        elif word in _SCALES and group and word != "score":
            scaled = True
            if _SCALES[word] > 100:
                total += group * _SCALES[word]
                group = Decimal(0)
            else:
                group *= _SCALES[word]
        elif not _joins(tokens, end, group=group, scaled=scaled):
            break
        end += 1
    if end == at:
        return None
    found = replace(_exact(at, end, total + group), spelt=True, scaled=scaled)
    return _and_a_half(tokens, found)


def _fits(group: Decimal, value: Decimal) -> bool:
    """Whether the word can follow: "twenty" then "five", "hundred" then anything below it."""
    if not group:
        return True
    return group % 100 == 0 or (group % 100 >= 20 and group % 10 == 0 and 0 < value < 10)


def _joins(tokens: Sequence[Token], at: int, *, group: Decimal, scaled: bool) -> bool:
    """Whether "-" or "and" goes on with the number: "twenty-five", "hundred and five"."""
    following = word_at(tokens, at + 1)
    if word_at(tokens, at) == "-" and touches(tokens, at) and touches(tokens, at + 1):
        if following in _WORDS:
            return _fits(group, _WORDS[following])
        return following in _SCALES
    joined = word_at(tokens, at) == "and" and scaled and following in _WORDS
    return joined and _fits(group, _WORDS[following])


def _and_a_half(tokens: Sequence[Token], found: Numeral) -> Numeral:
    following = [word_at(tokens, found.end + step) for step in range(3)]
    if following != ["and", "a", "half"]:
        return found
    # "a million and a half" adds half a million, "two and a half" half of one.
    sizes = (size for size in sorted(_SCALES.values(), reverse=True) if found.low >= size)
    unit = next(sizes, Decimal(1)) if found.scaled else Decimal(1)
    whole = found.low + unit / 2
    return _scaled(tokens, replace(found, low=whole, high=whole, end=found.end + 3))


def _half(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "half a million", "half a dozen"."""
    if word_at(tokens, at) != "half":
        return None
    end = at + 2 if word_at(tokens, at + 1) in ("a", "-") else at + 1
    size = _SCALES.get(word_at(tokens, end))
    if size is None:
        return None
    return replace(_exact(at, end + 1, size / 2), spelt=True, scaled=True)


def _rough(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "dozens", "tens of thousands", "several hundred", "a few"."""
    word = word_at(tokens, at)
    start = at
    if word == "a" and word_at(tokens, at + 1) in _FEW:
        at += 1
        word = word_at(tokens, at)
    if word in _FEW:
        low, high = _FEW[word]
        end = at + 1
        if word in ("couple", "handful") and word_at(tokens, end) == "of":
            end += 1
        found = Numeral(begin=start, end=end, low=low, high=high, vague=True, spelt=True)
        return _scaled(tokens, found)
    if word not in _VAGUE or (word == "scores" and word_at(tokens, at + 1) != "of"):
        return None
    low, high = _VAGUE[word]
    end = at + 1
    larger = _VAGUE.get(word_at(tokens, at + 2)) if word_at(tokens, end) == "of" else None
    if larger is not None:
        unit = larger[1] / 10
        low, high, end = low * unit, high * unit, at + 3
    return Numeral(begin=start, end=end, low=low, high=high, vague=True, spelt=True)


def _fraction(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "two-thirds of", "a quarter of", "half of": a share in percent."""
    top = Decimal(1)
    place = at
    if word_at(tokens, at) in ("a", "one") or word_at(tokens, at) in _WORDS:
        top = _WORDS.get(word_at(tokens, at), Decimal(1))
        place = at + 1
        if word_at(tokens, place) == "-":
            place += 1
    bottom = _FRACTIONS.get(word_at(tokens, place))
    if bottom is None or not 0 < top < bottom or top == 2 and word_at(tokens, place) == "quarters":
        return None
    if word_at(tokens, at - 1) in _WHICH_HALF:
        # "the first half of the year"
        return None
    if _is_of_change(tokens, at, place + 1):
        share = (top * 100 / bottom).quantize(Decimal("0.01"))
        return replace(_exact(at, place + 1, share), spelt=True, share=True)
    # "a two-thirds majority" needs no "of".
    tied = top > 1 and word_at(tokens, place - 1) == "-"
    if word_at(tokens, place + 1) != "of" and not tied:
        return None
    if word_at(tokens, place + 2) in ("a", "an", "one") and bottom <= 10:
        # "three-quarters of a percentage point", "a third of a mile": no share of a whole
        of = word_at(tokens, place + 3)
        if of in _SCALES or of in ("percentage", "percent", "point", "mile", "second"):
            part = (top / bottom).quantize(Decimal("0.0001"))
            return _scaled(tokens, replace(_exact(at, place + 3, part), spelt=True))
    if (place == at) != (word_at(tokens, at) == "half"):
        return None
    share = (top * 100 / bottom).quantize(Decimal("0.01"))
    return replace(_exact(at, place + 1, share), spelt=True, share=True)


def _is_of_change(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a fraction tells a change: "by almost a third", "a third less"."""
    if word_at(tokens, end) in ("less", "more", "fewer", "lower", "higher"):
        return True
    if word_at(tokens, end) == "of" or (end < len(tokens) and tokens[end].kind == "number"):
        return False
    before = [word_at(tokens, begin - step) for step in (1, 2)]
    return before[0] == "by" or (before[1] == "by" and before[0] in _ROUGHLY)


_WHICH_HALF = frozenset("first second other last latter next".split())
_ROUGHLY = frozenset("almost nearly about around roughly over".split())

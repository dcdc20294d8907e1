"""Currencies and percent signs before and behind a number."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claims.engine.numerals import Numeral, decimals, touches, word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_MONEY = table("units")["money"]
_CODES = frozenset(_MONEY["codes"].split())
_MONEY_SUFFIXES = decimals("money_suffixes")
# Nouns of sums, which are no counted things: "costs", "prices".
SUMS = frozenset(_MONEY["sums"].split())
SYMBOLS = _MONEY["symbols"]
_SCALE_WORDS = frozenset(table("numbers")["scales"])


def currency_before(tokens: Sequence[Token], at: int, floor: int) -> tuple[int, str | None]:
    """ "$", "US$", "€", "USD" before the number: where the figure begins, and its unit."""
    if at <= floor:
        return at, None
    sign = tokens[at - 1]
    unit = SYMBOLS.get(sign.text)
    if unit is None:
        word = sign.lower
        if sign.text.isupper() and word in _CODES:
            return at - 1, "cny" if word == "rmb" else word
        return (at - 1, "inr") if sign.text in ("Rs", "Rs.") else (at, None)
    if sign.text == "$" and at - 2 >= floor and touches(tokens, at - 1):
        prefix = _MONEY["dollars"].get(tokens[at - 2].lower.replace(".", ""))
        if prefix is not None and tokens[at - 2].capital:
            return at - 2, prefix
    return at - 1, unit


def with_unit(
    tokens: Sequence[Token], found: Numeral, unit: str | None
) -> tuple[Numeral, str | None]:
    """The numeral with a money suffix, percent sign or currency word that follows it."""
    following = word_at(tokens, found.end)
    if unit is not None:
        if touches(tokens, found.end) and following in _MONEY_SUFFIXES:
            found = replace(found.times(_MONEY_SUFFIXES[following]), end=found.end + 1)
        return found, unit
    if following in ("%", "percent", "pc") or following == "percentage":
        if word_at(tokens, found.end + 1).startswith("point"):
            return replace(found, end=found.end + 2), "percentage point"
        return replace(found, end=found.end + 1), "percent"
    if following == "basis" and word_at(tokens, found.end + 1).startswith("point"):
        return replace(found, end=found.end + 2), "basis point"
    if following == "per" and word_at(tokens, found.end + 1) == "cent":
        return replace(found, end=found.end + 2), "percent"
    if following == "-" and word_at(tokens, found.end + 1) in (
        "percent",
        "dollar",
        "euro",
        "cent",
        "cents",
    ):
        found = replace(found, end=found.end + 1)
    return _currency_after(tokens, found)


def _currency_after(tokens: Sequence[Token], found: Numeral) -> tuple[Numeral, str | None]:
    """ "50 billion euros", "3m Australian dollars", "40 cents", "thousands of dollars", "5 EUR"."""
    place = found.end
    if found.vague and word_at(tokens, place) == "of":
        place += 1
    scale = _MONEY_SUFFIXES.get(word_at(tokens, place)) if touches(tokens, place) else None
    after = place + 1 if scale else place
    for size in (2, 1, 0):
        national = " ".join(word_at(tokens, after + step) for step in range(size))
        at = after + size
        word = _singular(word_at(tokens, at))
        if at >= len(tokens) or tokens[at].kind != "word":
            continue
        unit = (
            _MONEY["national"].get(word, {}).get(national) if size else _plain_currency(tokens, at)
        )
        if unit is not None:
            found = found.times(scale) if scale else found
            part = word in _MONEY["hundredths"]
            found = found.times(Decimal("0.01")) if part else found
            return replace(found, end=at + 1), unit
    return found, None


def _plain_currency(tokens: Sequence[Token], at: int) -> str | None:
    token = tokens[at]
    if token.text.isupper() and token.lower in _CODES:
        return token.lower
    word = _singular(token.lower)
    if word == "pound" and word_at(tokens, at + 1) in ("of", "per"):
        return None
    if word in ("real", "won", "rand") and token.lower == "real":
        return None
    unit: str | None = _MONEY["words"].get(word) or _MONEY["hundredths"].get(word)
    # Verbs and nouns of the same spelling: "12 won".
    return None if token.lower == "won" and word_at(tokens, at - 1) not in _SCALE_WORDS else unit


def _singular(word: str) -> str:
    if word in ("pennies", "pence"):
        return "penny"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word

"""The fields of a reading that a person set: checked, completed, in the form that is stored.

Forms say more precisely what is wrong; this is the gate that nothing passes, whoever calls.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import stored_reading
from claims.engine import readings
from claims.services.changes import Refused
from claims.stored_reading import Json
from reader.text import clean_words

FIELD_WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "quantities": gettext_lazy("figures"),
        "as_of": gettext_lazy("as of"),
        "dates": gettext_lazy("dates"),
        "attribution": gettext_lazy("who says it"),
        "response": gettext_lazy("response"),
        "certainty": gettext_lazy("certainty"),
        "place": gettext_lazy("place"),
        "frame": gettext_lazy("who does what"),
    }
)
EMPTY: Final[Mapping[str, Any]] = MappingProxyType(stored_reading.to_json(readings.Reading()))
MAX_ITEMS = 40  # of a list in one reading
MAX_WORDS = 500  # code points of a name
MAX_MIRRORED = 120  # as long as the columns that mirror them
MAX_DIGITS = 30  # before or after the point
# A typed day of another year is a slip, and arithmetic at the calendar's very ends is none.
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(2999, 12, 31)


class Unreadable(Refused):
    """A field that makes no sense; `field` is its name in the stored form."""

    def __init__(self, field: str, part: str = "") -> None:
        words = {"field": FIELD_WORDS.get(field, field), "part": part}
        if part:
            super().__init__(_("“%(field)s” has a value that cannot be read: %(part)s.") % words)
        else:
            super().__init__(_("“%(field)s” has a value that cannot be read.") % words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class _Span:
    """Where the claim stands, for parts that come without a place of their own."""

    start: int
    end: int
    length: int


def check_fields(fields: Mapping[str, Any], *, start: int, end: int, length: int) -> Json:
    """The given fields of a reading as they are stored; missing parts get their plain values.

    `start` and `end` are the claim's, `length` that of its text. Raises `Unreadable` for a field or
    a part that does not exist, an unknown word, a number without end, a day outside the years 1000
    to 2999, bounds or days in the wrong order, and offsets outside the text.
    """
    span = _Span(start=start, end=end, length=length)
    checked: Json = {}
    for name, value in fields.items():
        if name not in FIELD_WORDS:
            raise Unreadable(name)
        stored = {**EMPTY, name: _CHECKS[name](name, value, span)}
        checked[name] = stored_reading.to_json(stored_reading.from_json(stored))[name]
    return checked


def _items(field: str, value: object, span: _Span) -> list[Json]:
    if not isinstance(value, list | tuple) or len(value) > MAX_ITEMS:
        raise Unreadable(field)
    return [_parts(field, item, _PARTS[field], span) for item in value]


def _days(field: str, value: object, span: _Span) -> Json | None:
    if value is None:
        return None
    days = _parts(field, value, _PARTS[field], None)
    return days if days["from"] or days["to"] else None


def _frame(field: str, value: object, span: _Span) -> Json | None:
    return None if value is None else _parts(field, value, _PARTS[field], None)


def _answer(field: str, value: object, span: _Span) -> Json | None:
    return None if value is None else _parts(field, value, _PARTS[field], span)


def _certainty(field: str, value: object, span: _Span) -> object:
    return _word(get_args(readings.Certainty))(field, "", value)


def _place(field: str, value: object, span: _Span) -> object:
    return _text(field, "", value)


def _parts(field: str, value: object, known: Mapping[str, "_Part"], span: _Span | None) -> Json:
    """One item of a field, part by part."""
    allowed = {*known, "start", "end"} if span else set(known)
    if not isinstance(value, Mapping) or not set(value) <= allowed:
        raise Unreadable(field)
    parts: Json = {
        name: part.check(field, name, value.get(name, part.default)) for name, part in known.items()
    }
    for low, high in (("low", "high"), ("from", "to")):
        first, last = parts.get(low), parts.get(high)
        if first is not None and last is not None and _ordinal(first) > _ordinal(last):
            raise Unreadable(field, low)
    if span is not None:
        parts["start"], parts["end"] = _offsets(field, value, span)
    return parts


def _ordinal(bound: str) -> Decimal:
    """Something to compare bounds by: figures, or ISO days without their dashes."""
    return Decimal(bound.replace("-", "")) if bound.count("-") == 2 else Decimal(bound)


def _offsets(field: str, value: Mapping[str, object], span: _Span) -> tuple[int, int]:
    start, end = value.get("start", span.start), value.get("end", span.end)
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= span.length:
        raise Unreadable(field, "start")
    return start, end


def _word(words: tuple[str, ...]) -> "_Check":
    def check(field: str, part: str, value: object) -> object:
        if value not in words:
            raise Unreadable(field, part)
        return value

    return check


def _flag(field: str, part: str, value: object) -> object:
    if not isinstance(value, bool):
        raise Unreadable(field, part)
    return value


def _text(field: str, part: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > MAX_WORDS:
        raise Unreadable(field, part)
    cleaned = clean_words(value)
    if len(cleaned) > MAX_WORDS:  # composed signs may come apart
        raise Unreadable(field, part)
    return cleaned or None


def _mirrored(field: str, part: str, value: object) -> str | None:
    text = _text(field, part, value)
    if text is not None and len(text) > MAX_MIRRORED:
        raise Unreadable(field, part)
    return text


def _words_needed(field: str, part: str, value: object) -> str:
    return _text(field, part, value) or ""


def _some_words(field: str, part: str, value: object) -> str:
    text = _text(field, part, value)
    if text is None:
        raise Unreadable(field, part)
    return text


def _number(field: str, part: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > 2 * MAX_DIGITS:
        raise Unreadable(field, part)
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise Unreadable(field, part) from error
    places = number.as_tuple().exponent
    if isinstance(places, str) or places < -MAX_DIGITS or number.adjusted() > MAX_DIGITS:
        raise Unreadable(field, part)
    return f"{number:f}"


def _some_number(field: str, part: str, value: object) -> str:
    number = _number(field, part, value)
    if number is None:
        raise Unreadable(field, part)
    return number


def _day(field: str, part: str, value: object) -> str | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(str(value))
    except ValueError as error:
        raise Unreadable(field, part) from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unreadable(field, part)
    return day.isoformat()


def _per(field: str, part: str, value: object) -> Json | None:
    if value is None:
        return None
    return _parts(field, value, {"value": _Part(_some_number), "unit": _Part(_text)}, None)


def _names(field: str, part: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > MAX_ITEMS:
        raise Unreadable(field, part)
    return [_some_words(field, part, name) for name in value]


def _factors(field: str, part: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > MAX_ITEMS:
        raise Unreadable(field, part)
    return [_some_number(field, part, factor) for factor in value]


_Check = Callable[[str, str, object], object]


@dataclass(frozen=True)
class _Part:
    """How a part is checked, and what stands for it where it is missing."""

    check: _Check
    default: object = None


_FROM_TO: Mapping[str, _Part] = {"from": _Part(_day), "to": _Part(_day)}
_PARTS: Mapping[str, Mapping[str, _Part]] = {
    "quantities": {
        "low": _Part(_number),
        "high": _Part(_number),
        "low_open": _Part(_flag, False),
        "high_soft": _Part(_flag, False),
        "unit": _Part(_mirrored),
        "state": _Part(_text),
        "whose": _Part(_mirrored),
        "modifier": _Part(_word(get_args(readings.Modifier)), "exact"),
        "role": _Part(_word(get_args(readings.Role)), "total"),
        "per": _Part(_per),
        "derived": _Part(_factors, ()),
        "vague": _Part(_flag, False),
        "measured": _Part(_text),
        "former": _Part(_flag, False),
        "change": _Part(_flag, False),
        "over": _Part(_per),
    },
    "as_of": _FROM_TO,
    "dates": {**_FROM_TO, "vague": _Part(_flag, False)},
    "attribution": {
        "name": _Part(_words_needed, ""),
        "kind": _Part(_word(get_args(readings.LinkKind)), "unknown"),
        "cue": _Part(_words_needed, ""),
    },
    "response": {
        "actor": _Part(_some_words),
        "act": _Part(_word(get_args(readings.Act))),
    },
    "frame": {
        "subjects": _Part(_names, ()),
        "verb": _Part(_words_needed, ""),
        "objects": _Part(_names, ()),
        "negated": _Part(_flag, False),
    },
}
_CHECKS: Mapping[str, Callable[[str, object, _Span], object]] = {
    "quantities": _items,
    "as_of": _days,
    "dates": _items,
    "attribution": _items,
    "response": _answer,
    "frame": _frame,
    "certainty": _certainty,
    "place": _place,
}

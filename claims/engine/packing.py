"""Frozen records as JSON and back: what was read of a report, kept for the next comparison.

A record is the list of its fields in the order of its class, so what one version of the engine
packed another must not unpack: keep `fingerprint.VERSION` beside it.
"""

import functools
import json
import types
import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Unpacker = Callable[[Any], Any]


class UnreadableError(ValueError):
    """The bytes hold no such record: they are cut off, changed, or of another engine."""


def pack(records: Sequence[object]) -> bytes:
    """Records, each of a known type, as compressed JSON with a checksum."""
    text = json.dumps([_plain(record) for record in records], separators=(",", ":"))
    return zlib.compress(text.encode(), level=6)


def unpack(body: bytes, kinds: Sequence[object]) -> list[Any]:
    """The records of `pack`, given the type of each. Raises `UnreadableError`."""
    try:
        found = json.loads(zlib.decompress(body))
        return [_unpacker(kind)(data) for kind, data in zip(kinds, found, strict=True)]
    except (zlib.error, ValueError, TypeError, InvalidOperation, RecursionError) as error:
        raise UnreadableError(str(error)) from error


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, part.name)) for part in fields(value)]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


@functools.cache
def _unpacker(kind: Any) -> Unpacker:
    """What makes a value of a type from JSON. Raises `TypeError` for types no record holds."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _of_record(kind)
    if origin is tuple:
        each = _unpacker(inner[0])
        return lambda data: tuple(each(one) for one in _checked(data, list))
    if origin in (Union, types.UnionType):
        other = _unpacker(next(one for one in inner if one is not types.NoneType))
        return lambda data: None if data is None else other(data)
    if origin is Literal:
        return functools.partial(_one_of, inner)
    if kind is Decimal:
        return lambda data: Decimal(_checked(data, str))
    if kind in (date, datetime):
        return lambda data: kind.fromisoformat(_checked(data, str))
    if kind in (str, int, bool):
        return lambda data: _checked(data, kind)
    raise TypeError(f"{kind} is packed in no record")


def _of_record(kind: Any) -> Unpacker:
    hints = get_type_hints(kind)
    parts = [(part.name, _unpacker(hints[part.name])) for part in fields(kind)]

    def made(data: Any) -> Any:
        pairs = zip(parts, _checked(data, list), strict=True)
        return kind(**{name: unpacked(value) for (name, unpacked), value in pairs})

    return made


def _checked(data: Any, kind: type) -> Any:
    if type(data) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    return data


def _one_of(words: Sequence[str], data: Any) -> Any:
    if data not in words:
        raise ValueError("an unknown word")
    return data

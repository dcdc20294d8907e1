"""Between a stored reading and the fields of the claim's form, both as plain values.

Only what a person changed comes back from the form: a field of the reading counts as changed where
one of its inputs differs from what was shown. What the form does not show of a figure or a chain
stays as it was.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from claims.engine import normal_form
from claims.engine.readings import Modifier, Quantity, Role
from claims.stored_reading import Json, from_json

# A field of the stored reading, and the inputs that stand for it.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "quantities": ("modifier", "figure", "figure_to", "unit", "whose", "role"),
    "attribution": ("speaker", "speaker_kind"),
    "certainty": ("certainty",),
    "as_of": ("as_of_from", "as_of_to"),
    "dates": ("date_from", "date_to"),
    "response": ("actor", "act"),
    "place": ("location",),
}
INPUTS = tuple(name for names in GROUPS.values() for name in names)
Values = Mapping[str, Any]  # of the inputs: Decimal, date, text; None or "" for nothing


def shown(reading: Json) -> dict[str, Any]:
    """What the form's inputs show for a stored reading."""
    parsed = from_json(reading)
    figure = next(iter(parsed.quantities), None)
    speaker = parsed.attribution[-1] if parsed.attribution else None
    day = next(iter(parsed.dates), None)
    return {
        **_shown_figure(figure),
        "speaker": speaker.name if speaker else "",
        "speaker_kind": speaker.kind if speaker else "",
        "certainty": parsed.certainty,
        "as_of_from": parsed.as_of.first if parsed.as_of else None,
        "as_of_to": parsed.as_of.last if parsed.as_of else None,
        "date_from": day.first if day else None,
        "date_to": day.last if day else None,
        "actor": parsed.response.actor if parsed.response else "",
        "act": parsed.response.act if parsed.response else "",
        "location": parsed.place or "",
    }


def _shown_figure(figure: Quantity | None) -> dict[str, Any]:
    """The figure as the report gives it, with the word that widens it."""
    if figure is None:
        return {
            "modifier": "exact",
            "figure": None,
            "figure_to": None,
            "unit": "",
            "whose": "",
            "role": "total",
        }
    stated = normal_form.stated_value(figure)
    return {
        "modifier": figure.modifier,
        "figure": figure.low if stated is None else stated,
        "figure_to": figure.high if stated is None else None,
        "unit": figure.unit or "",
        "whose": figure.whose or "",
        "role": figure.role,
    }


def changed(
    before: Json, given: Values, *, start: int, end: int, fields: Collection[str] | None = None
) -> Json:
    """The named fields of the reading as the inputs say; else those that `before` shows otherwise.

    New parts of a reading take the claim's span, in code points of its text.
    """
    if fields is None:
        seen = shown(before)
        fields = [field for field in GROUPS if differs(seen, given, field)]
    writers: Mapping[str, Callable[[Json, Values, Mapping[str, int]], Any]] = {
        "quantities": _quantities,
        "attribution": _attribution,
        "certainty": lambda _before, typed, _span: typed["certainty"],
        "as_of": lambda _before, typed, _span: _days(typed["as_of_from"], typed["as_of_to"]),
        "dates": _dates,
        "response": _response,
        "place": lambda _before, typed, _span: typed["location"] or None,
    }
    return {
        field: writers[field](before, given, {"start": start, "end": end})
        for field in GROUPS
        if field in fields
    }


def differs(seen: Values, given: Values, field: str) -> bool:
    """Whether the inputs of a field say something else than was shown."""
    if field == "quantities" and not _has_figure(seen) and not _has_figure(given):
        return False  # a modifier of nothing says nothing
    names = GROUPS[field]
    if field == "attribution" and not seen["speaker"] and not given["speaker"]:
        return False
    return any((given[name] or None) != (seen[name] or None) for name in names)


def _has_figure(values: Values) -> bool:
    return any(values[name] not in (None, "") for name in ("figure", "figure_to", "unit"))


def _quantities(before: Json, given: Values, span: Mapping[str, int]) -> list[Json]:
    """The principal figure as given; the claim's other figures as they were."""
    rest = before["quantities"][1:]
    if not _has_figure(given):
        return list(rest)
    known = from_json(before).quantities
    blank = Quantity(start=span["start"], end=span["end"], low=None, high=None)
    figure = known[0] if known else blank
    was, figure = figure, _bounded(figure, given)
    written: Json = {
        **(before["quantities"][0] if known else _blank_figure()),
        # what the engine multiplied tells nothing of a figure that a person gives
        **({} if figure is was else {"derived": []}),
        "start": figure.start,
        "end": figure.end,
        "low": None if figure.low is None else f"{figure.low:f}",
        "high": None if figure.high is None else f"{figure.high:f}",
        "low_open": figure.low_open,
        "high_soft": figure.high_soft,
        "modifier": figure.modifier,
        "vague": figure.modifier == "vague",
        "unit": given["unit"] or None,
        "whose": given["whose"] or None,
        "role": given["role"],
    }
    return [written, *rest]


def _blank_figure() -> Json:
    return {"state": None, "per": None, "derived": [], "measured": None, "change": False}


def _bounded(figure: Quantity, given: Values) -> Quantity:
    """The figure as the interval that its word makes of it, as the engine does."""
    shows = _shown_figure(figure)
    if all(given[name] == shows[name] for name in ("modifier", "figure", "figure_to")):
        return figure  # only its unit or role was changed
    word, low, high = given["modifier"], given["figure"], given["figure_to"]
    plain = replace(
        figure,
        low=low if low is not None else high,
        high=high if high is not None else low,
        low_open=word == "more_than",
        high_soft=word == "up_to",
        modifier=cast(Modifier, word),
        role=cast(Role, given["role"]),
    )
    if word in ("at_least", "more_than"):
        return replace(plain, high=None)
    if word in ("up_to", "less_than"):
        return replace(plain, low=None)
    return _widened(plain) if word in ("about", "nearly") else plain


def _widened(figure: Quantity) -> Quantity:
    from claims.engine.tables import table  # the engine's tables, loaded when first needed

    band = table("numbers")["bands"][figure.modifier]
    assert figure.low is not None  # a widened figure has both
    assert figure.high is not None
    return replace(
        figure, low=figure.low * Decimal(band["low"]), high=figure.high * Decimal(band["high"])
    )


def _attribution(before: Json, given: Values, span: Mapping[str, int]) -> list[Json]:
    """The chain with its last link as given; without a name that link goes."""
    chain = list(before["attribution"])
    if not given["speaker"]:
        return chain[:-1]
    last = {"cue": "", **span, **(chain[-1] if chain else {})}
    link = {**last, "name": given["speaker"], "kind": given["speaker_kind"] or "unknown"}
    return [*chain[:-1], link]


def _response(_before: Json, given: Values, span: Mapping[str, int]) -> Json | None:
    if not given["actor"] or not given["act"]:
        return None
    place = {name: (_before["response"] or span)[name] for name in ("start", "end")}
    return {**place, "actor": given["actor"], "act": given["act"]}


def _dates(before: Json, given: Values, span: Mapping[str, int]) -> list[Json]:
    rest = before["dates"][1:]
    days = _days(given["date_from"], given["date_to"])
    if days is None:
        return list(rest)
    old = before["dates"][0] if before["dates"] else {**span, "vague": False}
    return [{**old, **days}, *rest]


def _days(first: date | None, last: date | None) -> Json | None:
    if first is None and last is None:
        return None
    return {
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
    }

"""What each kind of difference rests on: the parts of a reading, as normal forms without places."""

from collections.abc import Mapping, Sequence

from claims import stored_reading
from claims.engine import normal_form
from claims.models import Claim

# The parts of a reading that each kind of difference rests on.
RESTS_ON: Mapping[str, Sequence[str]] = {
    "quantity": ("figure", "as_of", "certainty", "place"),
    "date": ("dates", "certainty"),
    "attribution": ("attribution",),
    "response": ("response", "as_of"),
    "certainty": ("certainty", "figure", "as_of"),
    "actor": ("frame",),
    "description": ("frame",),
    "place": ("place", "as_of"),
}


def normal_forms(kind: str, row: Claim) -> dict[str, object]:
    """The parts of a claim's effective reading that a difference of this kind rests on."""
    return {part: _part(row.effective, part) for part in RESTS_ON[kind]}


def in_short(kind: str, row: Claim) -> str:
    """What the claim says, in so far as a difference of this kind is about it: "12 people"."""
    read = stored_reading.from_json(row.effective)
    if kind == "certainty":
        return read.certainty
    if kind == "attribution":
        return " › ".join(link.name for link in read.attribution if link.name)
    if kind == "place" and read.place:
        return read.place
    return normal_form.value(read)


def _part(effective: Mapping[str, object], part: str) -> object:
    """One part of a reading without its place in the text."""
    if part == "figure":
        figures = effective.get("quantities")
        return unplaced(figures[0]) if isinstance(figures, list) and figures else None
    return unplaced(effective.get(part))


def unplaced(value: object) -> object:
    """What a part of a reading says, wherever it stands in a text."""
    if isinstance(value, Mapping):
        return {key: unplaced(item) for key, item in value.items() if key not in ("start", "end")}
    return [unplaced(item) for item in value] if isinstance(value, list) else value

"""When the engine's value and a person's are the same."""

import functools
import re
from decimal import Decimal

from claims.engine import actors, documents, quantities, terms
from claims.engine.readings import AsOf, Claim, DateRange, Link, Quantity, Report
from claims.evaluation.labels import Days, Figure

_UNNAMED = ("outlet", "unknown")
# Words that tell no body from another: "the ministry's spokesperson" is the ministry.
_ROLES = frozenset(
    "a an and at for from its of official officials on spokesman spokesperson spokeswoman "
    "statement the their".split()
)


def same_figure(label: Figure, found: Quantity) -> bool:
    """Whether the bounds are the same; a band round a labelled number will do."""
    if label.modifier in ("about", "nearly") and label.low is not None and label.low == label.high:
        low, high = found.low, found.high
        return low is not None and high is not None and low <= label.low <= high and low != 0
    return _bound(label.low, found.low) and _bound(label.high, found.high)


def _bound(wanted: Decimal | None, found: Decimal | None) -> bool:
    """An open lower end is written as nothing or as 0."""
    return (wanted or None) == (found or None)


def same_unit(label: Figure, found: Quantity) -> bool:
    """Whether both count the same noun, whatever stands before it.

    Labels hold the noun as the text has it, the engine one word for what readers take as one thing:
    "staff" is "worker", "euros" is "eur". So the label is read as the engine reads nouns as well.
    """
    return _head(found.unit or "") in (_head(label.unit), *map(_head, _as_read(label.unit)))


@functools.cache
def _as_read(unit: str) -> tuple[str, ...]:
    """The units that the engine reads in "There were 600 <noun>." and in "There were 6 <noun>."."""
    texts = (f"There were {count} {unit}." for count in (600, 6))
    reports = (Report(id="", source="", title="", published=None, text=text) for text in texts)
    read = [quantities.read(documents.parse(report)) for report in reports]
    return tuple(one.unit or "" for figures in read for one in figures[:1])


def _head(unit: str) -> str:
    words = re.findall(r"\w+", unit.casefold())
    return terms.stem(words[-1]) if words else ""


def same_days(label: Days, found: DateRange | AsOf) -> bool:
    """Whether both name the same stretch of days."""
    return (label.first, label.last) == (found.first, found.last)


def speaker(claim: Claim) -> Link | None:
    """The last link of the claim's chain that names a source; None where the outlet speaks."""
    links = [link for link in claim.reading.attribution if link.kind not in _UNNAMED]
    return links[-1] if links else None


def same_name(wanted: str, found: str) -> bool:
    """Whether two names mean one body: a country by its capital, or one name inside the other."""
    one, other = actors.canonical(wanted), actors.canonical(found)
    if one and other:
        return one == other
    first, second = _words(wanted), _words(found)
    return bool(first and second) and (first <= second or second <= first)


def _words(name: str) -> set[str]:
    return {
        terms.stem(word)
        for word in re.findall(r"\w+", name.casefold().replace("’s", "").replace("'s", ""))
        if word not in _ROLES
    }

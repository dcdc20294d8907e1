"""Single fields of a stored reading in words, for a person who compares or corrects them."""

from claims import stored_reading, words
from claims.engine import normal_form
from claims.engine.readings import AsOf, Reading
from claims.statements import normal
from claims.stored_reading import Json


def field(name: str, stored: Json) -> str:
    """One field of the reading; empty where it has none."""
    return _WRITERS[name](stored_reading.from_json(stored))


def _figure(read: Reading) -> str:
    return normal(read) if read.quantities else ""


def _speaker(read: Reading) -> str:
    return " › ".join(link.name for link in read.attribution if link.name)


def _certainty(read: Reading) -> str:
    return words.word(words.CERTAINTIES, read.certainty)


def _as_of(read: Reading) -> str:
    return normal_form.days(read.as_of) if read.as_of else ""


def _dates(read: Reading) -> str:
    spans = (AsOf(first=found.first, last=found.last) for found in read.dates)
    return ", ".join(normal_form.days(span) for span in spans)


def _response(read: Reading) -> str:
    if read.response is None:
        return ""
    return f"{read.response.actor}: {words.word(words.ACTS, read.response.act)}"


def _place(read: Reading) -> str:
    return read.place or ""


_WRITERS = {
    "quantities": _figure,
    "attribution": _speaker,
    "certainty": _certainty,
    "as_of": _as_of,
    "dates": _dates,
    "response": _response,
    "place": _place,
}

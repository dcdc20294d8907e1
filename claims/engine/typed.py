"""What a person types, in the forms that the engine compares by: "North Korean troops" and the
like are one thing with what it reads itself. What it wrote itself stays as it is.
"""

from dataclasses import replace

from claims.engine import actors, nouns, places
from claims.engine.money import SYMBOLS
from claims.engine.readings import Per, Quantity, Reading, Response


def normal(reading: Reading) -> Reading:
    """The reading with names and units in their one form; links without a name are left out."""
    answer = reading.response
    return replace(
        reading,
        quantities=tuple(_quantity(figure) for figure in reading.quantities),
        attribution=tuple(link for link in reading.attribution if link.name.strip()),
        response=_response(answer) if answer else None,
        place=place(reading.place) if reading.place else None,
    )


def unit(name: str) -> str | None:
    """A counted noun in the singular: "North Korean Soldiers" is "north korean soldier"."""
    *before, last = name.lower().split() or [""]
    if not before and last in ("%", *SYMBOLS):
        return "percent" if last == "%" else SYMBOLS[last]
    return nouns.singular(" ".join((*before, nouns.singular(last)))) or None


def actor(name: str) -> str:
    """The one lower-case name of a nation, body or person; a stranger's own without an article."""
    return actors.canonical(name) or actors.fold_body(name)


def place(name: str) -> str | None:
    """A place in lower case, a nation under its one name."""
    return places.normal(name.strip()) or name.strip().lower() or None


def _quantity(figure: Quantity) -> Quantity:
    per = figure.per
    return replace(
        figure,
        unit=unit(figure.unit) if figure.unit else None,
        whose=actor(figure.whose) or None if figure.whose else None,
        state=figure.state.strip().lower() or None if figure.state else None,
        measured=figure.measured.strip().lower() or None if figure.measured else None,
        per=Per(value=per.value, unit=unit(per.unit) if per.unit else None) if per else None,
    )


def _response(answer: Response) -> Response | None:
    """None where nobody is named: an answer of nobody would meet everyone's."""
    name = actor(answer.actor)
    return replace(answer, actor=name) if name else None

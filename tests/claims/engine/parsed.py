"""Reports cut and read for tests of the readers: one text in, plain values out."""

from datetime import date
from decimal import Decimal

from claims.engine import dates, documents, quantities
from claims.engine.readings import DateRange, Document, Quantity, Report

PUBLISHED = date(2024, 10, 23)  # a Wednesday
NEVER = None


def document(text: str, published: date | None = PUBLISHED) -> Document:
    """The text as a report of one source."""
    report = Report(id="r", source="A", title="", published=published, text=text)
    return documents.parse(report)


def clauses(text: str) -> list[str]:
    """The clauses of a text."""
    return [clause.of(text) for clause in document(text).clauses]


def figures(text: str) -> list[Quantity]:
    """The quantities of a text."""
    return quantities.read(document(text))


def interval(quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a quantity."""
    return quantity.low, quantity.high


def days(text: str, published: date | None = PUBLISHED) -> list[DateRange]:
    """The dates of a text."""
    return dates.read(document(text, published))

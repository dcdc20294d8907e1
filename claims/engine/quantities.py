"""Quantities of a report as intervals: bounds, counted noun, whose, role, ratio and derived totals.

The stages: figures with their nouns (`counts`), then ratios, products, parts and owners (`slots`)
and nouns left out (`ellipsis`). The tables are in `data/units.toml` and `data/numbers.toml`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from claims.engine import dates
from claims.engine.counts import Count, counts_of
from claims.engine.ellipsis import fill_gaps
from claims.engine.numerals import NUMBER_WORDS
from claims.engine.readings import DateRange, Document, Quantity
from claims.engine.slots import multiply, set_each, set_owners, set_parts, set_ratios
from claims.engine.stretches import set_stretches
from claims.engine.tallies import (
    drop_nobody,
    set_cents,
    set_currency,
    set_formers,
    set_results,
    set_work_done,
)
from claims.engine.tokens import Token, tokens_in
from claims.engine.wholes import set_posts_lost, settle

# A sentence with more numbers is a table that lost its lines, and so is one that holds little else.
_MOST_NUMBERS = 100
_FEW_NUMBERS = 6


def read(document: Document) -> list[Quantity]:
    """Every quantity of the report's sentences in text order, longer ones first."""
    days = dates.read(document)
    found: list[Count] = []
    spoken: dict[int, Sequence[Token]] = {}
    at = 0
    for sentence in document.sentences:
        if sentence.kind != "sentence":
            continue
        while at < len(days) and days[at].end <= sentence.start:
            at += 1
        tokens = tokens_in(document.text, sentence)
        if _is_table(tokens):
            continue
        spoken[sentence.index] = tokens
        counts = counts_of(tokens, _taken(tokens, days, at), sentence.index)
        drop_nobody(counts)
        set_results(counts)
        set_formers(counts)
        set_work_done(counts)
        set_ratios(counts)
        set_stretches(counts)
        multiply(counts)
        set_each(counts)
        set_parts(counts)
        set_owners(counts, document.text)
        set_posts_lost(counts)
        found += counts
    fill_gaps(found, spoken, document.text)
    settle(found)
    set_cents(found)
    set_currency(found)
    quantities = [_quantity(count, document) for count in found if not count.dropped]
    return sorted(quantities, key=lambda quantity: (quantity.start, -quantity.end))


def _is_table(tokens: Sequence[Token]) -> bool:
    """Whether a stretch is no sentence but the row of a table: numbers, and few words between."""
    numbers = sum(token.kind == "number" or token.lower in NUMBER_WORDS for token in tokens)
    return numbers > _MOST_NUMBERS or numbers > _FEW_NUMBERS and 2 * numbers > len(tokens)


def _taken(tokens: Sequence[Token], days: Sequence[DateRange], at: int) -> list[bool]:
    """Which tokens belong to a date; `at` is the first date that may lie in the sentence."""
    taken = []
    for token in tokens:
        while at < len(days) and days[at].end <= token.start:
            at += 1
        taken.append(at < len(days) and days[at].start <= token.start)
    return taken


def _quantity(count: Count, document: Document) -> Quantity:
    figure = count.figure
    clauses = document.clauses
    # No span crosses the clause of its number, which is where all else about it is read.
    core = count.tokens[figure.core].start
    clause = clauses[bisect_right(clauses, core, key=lambda one: one.start) - 1]
    return Quantity(
        start=max(count.tokens[count.begin].start, clause.start),
        end=min(count.tokens[count.end - 1].end, clause.end),
        low=_plain(figure.low),
        high=_plain(figure.high),
        low_open=figure.low_open,
        high_soft=figure.high_soft,
        unit=count.unit,
        state=count.state,
        change=count.change,
        whose=count.whose,
        modifier=figure.modifier,
        role=count.role,
        per=count.per,
        over=count.over,
        former=count.former,
        derived=tuple(factor for each in count.derived if (factor := _plain(each)) is not None),
        vague=figure.vague,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """The number without an exponent and without zeros behind the point."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()

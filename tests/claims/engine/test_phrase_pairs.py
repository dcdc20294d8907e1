"""Figures in words: pairs of reports that do not exclude each other, and pairs that do."""

from datetime import date
from pathlib import Path

import pytest

from claims.engine import documents, extraction
from claims.engine.readings import Claim, Report
from claims.engine.rules import Relation, bases, quantity
from claims.engine.speakers import Context, context_of


def pairs(name: str) -> list[tuple[str, str]]:
    """The pairs of a table beside this module, each with its kind left out."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(first, second) for _, first, second in rows]


COMPATIBLE = pairs("compatible_pairs.tsv")
CONFLICTING = pairs("conflicting_pairs.tsv")


def conflicts(first: str, second: str) -> list[Relation]:
    """The conflicts of figures between two reports of one day, as if their claims were one point.

    Suggestions count as well.
    """
    reports = {
        key: Report(id=key, source=f"Desk {key}", title="", published=date(2025, 3, 20), text=text)
        for key, text in (("a", first), ("b", second))
    }
    found = {key: extraction.claims(documents.parse(one)) for key, one in reports.items()}
    return [
        relation
        for a in found["a"]
        for b in found["b"]
        if (relation := _conflict(a, b, context_of([a, b], reports)))
    ]


def _conflict(a: Claim, b: Claim, context: Context) -> Relation | None:
    related = [rule(a, b, context) for rule in (quantity.relate, bases.relate)]
    return next((one for one in related if one and one.outcome == "conflict"), None)


def test_the_table_of_compatible_pairs_is_large() -> None:
    assert len(set(COMPATIBLE)) >= 450


@pytest.mark.parametrize(("first", "second"), COMPATIBLE)
def test_compatible_figures_are_no_conflict(first: str, second: str) -> None:
    assert [(one.arithmetic, one.suggestion) for one in conflicts(first, second)] == []
    assert [(one.arithmetic, one.suggestion) for one in conflicts(second, first)] == []


@pytest.mark.parametrize(("first", "second"), CONFLICTING)
def test_figures_that_exclude_each_other_are_flagged(first: str, second: str) -> None:
    assert any(not one.suggestion for one in conflicts(first, second))
    assert any(not one.suggestion for one in conflicts(second, first))

"""Figures on sentences in the manner of news, read by eye first: courts, tolls, ballots, prices."""

from pathlib import Path

import pytest

from claims.engine.readings import Quantity
from tests.claims.engine.parsed import figures

TABLE = Path(__file__).parent / "figures_in_news.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def told(figure: Quantity) -> str:
    """A figure in the words of the table."""
    low, high = ("" if bound is None else f"{bound:f}" for bound in (figure.low, figure.high))
    per = f"per {figure.per.value:f} {figure.per.unit or '-'}" if figure.per else ""
    words = [
        low if low == high else f"{low}..{high}",
        figure.unit or "-",
        "" if figure.role == "total" else figure.role,
        figure.state or "",
        "former" if figure.former else "",
        per,
    ]
    return " ".join(word for word in words if word)


def test_the_table_is_large() -> None:
    assert len(ROWS) >= 100


@pytest.mark.parametrize(("text", "read"), ROWS)
def test_figures_are_read_as_a_person_reads_them(text: str, read: str) -> None:
    assert "; ".join(map(told, figures(text))) == read

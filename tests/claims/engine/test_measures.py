"""What a sum, a share or a length of time is of."""

from datetime import date

import pytest

from claims.engine import documents, measures, quantities
from claims.engine.readings import Report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Operating profit was 171 million euros.", "operating profit"),
        ("The net profit sank to 102 million euros.", "net profit"),
        ("Net profit: 112 million euros, down on the year.", "net profit"),
        ("The party won 31 percent of the vote.", "vote"),
        ("Turnout reached 61 percent on Sunday.", "turnout"),
        ("The strike lasted three days.", "strike"),
        ("Twelve people died.", None),
    ],
)
def test_the_measured_thing(text: str, expected: str | None) -> None:
    document = documents.parse(
        Report(id="a", source="a", title="", published=date(2025, 3, 12), text=text)
    )
    found = quantities.read(document)[0]
    assert measures.measured(document, document.clauses[0], found) == expected

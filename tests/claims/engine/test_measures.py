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
        ("Dorval was fined 3 million euros.", "fine"),
        ("The court fined Dorval 5 million euros.", "fine"),
        ("The mill paid a fine of 3 million euros.", "fine"),
        ("The mill faces a 3 million euro fine.", "fine"),
        ("He was jailed for seven years.", "sentence"),
        ("The judge sentenced Marek to six years.", "sentence"),
        ("Marek got six years behind bars.", "sentence"),
        ("The island posted a deficit of 2.8 percent of GDP.", "deficit"),
        ("The deficit is forecast at 3.1 percent of output.", "deficit"),
        ("The singer signed a five-year contract.", "contract"),
        ("The singer signed a contract for five years.", "contract"),
        ("The storm did 40 million euros in damage.", "damage"),
        ("A 6.8-magnitude quake struck.", "magnitude"),
        ("The quake had a magnitude of 6.5.", "magnitude"),
    ],
)
def test_the_measured_thing(text: str, expected: str | None) -> None:
    document = documents.parse(
        Report(id="a", source="a", title="", published=date(2025, 3, 12), text=text)
    )
    found = quantities.read(document)[0]
    assert measures.measured(document, document.clauses[0], found) == expected

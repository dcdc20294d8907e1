"""What is written of the rules: every card in the manual, and the table of severities."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.engine import draft_findings
from claims.engine.readings import Claim
from claims.engine.rules import CARDS, RULES
from tests.claims.engine.build import answer, claim, context, dated, exactly, frame

MANUAL = Path(__file__).parents[3] / "docs" / "engine.md"


@pytest.mark.parametrize("name", sorted(CARDS))
def test_the_manual_has_a_row_for_each_rule(name: str) -> None:
    rows = [line for line in MANUAL.read_text().splitlines() if line.startswith(f"| `{name}` |")]
    assert len(rows) == 1
    kind, flags, example = rows[0].split("|")[2:5]
    assert kind.strip() in (CARDS[name].kind, "any")
    assert len(flags.split()) > 1
    assert "/" in example


def test_the_manual_tells_of_no_rule_that_is_not_there() -> None:
    rows = [line.split("`")[1] for line in MANUAL.read_text().splitlines() if _is_rule(line)]
    assert sorted(rows) == sorted(CARDS)


@pytest.mark.parametrize("name", sorted(draft_findings.RULES))
def test_the_manual_tells_of_each_rule_of_drafts(name: str) -> None:
    section = MANUAL.read_text().split("\n## Drafts\n")[1].split("\n## ")[0]
    assert name in section


def _is_rule(line: str) -> bool:
    return line.startswith("| `") and "-" in line.split("`")[1] and "." not in line.split("`")[1]


def told(report: str, **fields: Any) -> Claim:
    return claim(report, **fields)


CLOSED = frame("city", "close", "bridge")
SIGNED = frame("norway", "sign", "treaty")


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ({"quantities": exactly(10)}, {"quantities": exactly(20)}, "high"),
        ({"quantities": exactly(10)}, {"quantities": exactly(12)}, "medium"),
        ({"response": answer("oslo", "denied")}, {"response": answer("oslo", "confirmed")}, "high"),
        ({"response": answer("oslo", "denied")}, {"response": answer("oslo", "silent")}, "medium"),
        ({"response": answer("oslo", "denied")}, {"response": answer("oslo", "neither")}, "medium"),
        ({"response": answer("oslo", "denied")}, {"response": answer("oslo", "declined")}, "low"),
        ({"frame": CLOSED}, {"frame": CLOSED, "certainty": "denied"}, "high"),
        ({"frame": CLOSED}, {"frame": CLOSED, "certainty": "possible"}, "medium"),
        ({"frame": SIGNED}, {"frame": frame("sweden", "sign", "treaty")}, "medium"),
        ({"frame": CLOSED}, {"frame": frame("city", "open", "bridge")}, "medium"),
        (
            {"frame": SIGNED, "dates": (dated(date(2024, 10, 1), date(2024, 10, 1)),)},
            {"frame": SIGNED, "dates": (dated(date(2024, 10, 5), date(2024, 10, 5)),)},
            "medium",
        ),
        ({"frame": CLOSED, "speaker": "Mayor"}, {"frame": CLOSED}, "low"),
    ],
)
def test_the_severity_of_a_difference(
    first: dict[str, Any], second: dict[str, Any], level: str
) -> None:
    doer = {} if "response" in first or "frame" in first else {"frame": frame("guard", "count")}
    a, b = told("a", **doer, **first), told("b", **doer, **second)
    around = context(a, b)
    said = [rule(a, b, around) for rule in RULES]
    assert [one.severity for one in said if one and one.outcome == "conflict"] == [level]

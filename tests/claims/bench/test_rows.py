"""What a row says of its goal, and how it is printed."""

from typing import Any

import pytest

from claims.bench.rows import Row, as_json, as_line


def row(**fields: Any) -> Row:
    known = {"name": "page", "unit": "s", "against": "bare view", "goal": 12, "figure": 0.0341}
    return Row(**{**known, **fields})


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"ratio": 12.0}, "PASS"),
        ({"ratio": 12.1}, "MISS"),
        ({"ratio": 1.0, "skipped": "noisy"}, "SKIP"),
        ({"figure": 12}, "PASS"),  # without a ratio the goal is the figure's
        ({"figure": 13}, "MISS"),
        ({"figure": None}, "SKIP"),
        ({"ratio": 1.0, "goal": None}, "SKIP"),
    ],
)
def test_result_compares_with_the_goal(fields: dict[str, Any], result: str) -> None:
    assert row(**fields).result == result


def test_only_a_missed_count_fails() -> None:
    assert row(figure=13, is_count=True).fails
    assert not row(figure=12, is_count=True).fails
    assert not row(ratio=13.0).fails


def test_line_begins_with_the_columns_of_the_contract() -> None:
    line = as_line(row(ratio=9.876, spread=1.12, reps=9, load=0.5, note="html=27kB"))
    assert line.split("  ")[0] == "page"
    words = line.split()
    assert words[:6] == ["page", "0.0341", "s", "bare", "view", "9.88"]
    assert words[6:] == ["goal<=12", "PASS", "spread=1.12", "reps=9", "load=0.5", "html=27kB"]


def test_line_of_a_skipped_case_says_why() -> None:
    line = as_line(row(figure=None, skipped="spaCy is not installed"))
    assert line.endswith("SKIP(spaCy is not installed)\n")
    assert " PASS" not in line


def test_json_holds_every_row_with_its_result() -> None:
    found = as_json([row(ratio=2.0), row(name="x", figure=None)])
    assert found["schema"] == 1
    first, second = found["rows"]
    assert (first["name"], first["result"], first["ratio"]) == ("page", "PASS", 2.0)
    assert (second["figure"], second["result"]) == (None, "SKIP")

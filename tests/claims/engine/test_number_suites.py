"""Other people's cases: a measurement with a floor, not a target; only a fall is a failure.

`manage.py evaluate` prints the figures.
"""

import pytest

from claims.evaluation.suites import SUITES, data_folder, measure
from tests.testdata import data_path

FLOORS = {
    "sentences": 47 / 48,
    "percent": 0.93,
    "currency": 0.82,
    "dimension": 0.92,
    "quantulum3": 0.68,
    "number": 0.42,
    "number range": 0.45,
    "date": 0.23,
    "date period": 0.24,
    "date and time": 0.32,
}


@pytest.mark.parametrize("name", SUITES)
def test_share_of_cases_read_right(name: str) -> None:
    data_path(SUITES[name][0])  # skips without the data
    result = measure(name, data_folder())
    assert result.right / result.wanted >= FLOORS[name]

"""Whole stories in any order give the same comparison, and pairs grow with claims, not squared."""

import random
from pathlib import Path

import pytest

from claims.engine import compare, matching, signals
from claims.evaluation.corpus import load_story
from tests.claims.engine.texts import read

OPEN = Path("fixtures/corpus/open")
STORIES = ("norrhall-results", "ravensport-club-sale", "westmark-rail-strike")


@pytest.mark.parametrize("name", STORIES)
def test_order_of_the_reports_changes_nothing(name):
    reports = list(load_story(OPEN / name).reports.values())
    there = compare.compare(reports, mode="thorough")
    for seed in range(2):
        shuffled = random.Random(seed).sample(reports, len(reports))
        again = compare.compare(shuffled, mode="thorough")
        assert again == there


def test_order_settles_no_tie_between_equal_claims():
    text = "Nine boats left. Nine boats came back. The pier was shut."
    reports = read(dict.fromkeys("abcd", text))[1]
    given = [document.report for document in reports.values()]
    there = compare.compare(given)
    for seed in range(4):
        shuffled = random.Random(seed).sample(given, len(given))
        assert compare.compare(shuffled) == there


def test_listed_pairs_grow_with_the_claims_and_not_with_their_square():
    def listed(reports: int) -> float:
        texts = {
            f"report{number}": f"The north office counted {number + 3} ships at pier {number}."
            for number in range(reports)
        }
        claims, documents = read(texts)
        return len(matching.score(claims, documents, None).pairs) / len(claims)

    assert listed(240) <= signals.PARTNERS
    assert listed(240) <= listed(120) * 1.1

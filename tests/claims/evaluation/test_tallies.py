"""The measures are those of the textbooks."""

import pytest

from claims.evaluation.tallies import NOTHING, Tally, b_cubed, matched, pairwise, total


def test_precision_recall_and_their_mean() -> None:
    tally = matched(right=3, found=4, wanted=6)
    assert (tally.precision, tally.recall) == (0.75, 0.5)
    assert tally.f1 == pytest.approx(0.6)


def test_a_share_of_nothing_is_no_share() -> None:
    assert NOTHING.precision is NOTHING.recall is NOTHING.f1 is None
    assert matched(right=0, found=2, wanted=3).f1 == 0


def test_counts_are_added_not_averaged() -> None:
    added = total([matched(1, 1, 1), matched(0, 3, 3)])
    assert added == Tally(right=1, found=4, covered=1, wanted=4)


def test_pairs_inside_one_report_do_not_count() -> None:
    gold = {"a1": "x", "a2": "x", "b1": "x", "b2": "y"}
    found = {"a1": 1, "a2": 2, "b1": 1, "b2": 1}
    reports = {name: name[0] for name in gold}
    assert pairwise(gold, found, reports) == matched(right=1, found=2, wanted=2)


def test_b_cubed_of_the_same_grouping_is_one_and_of_one_heap_the_mean_share() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    same = b_cubed(gold, {"a": "x", "b": "x", "c": "y"})
    heap = b_cubed(gold, dict.fromkeys(gold, "all"))
    assert (same.precision, same.recall) == (1, 1)
    assert heap.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert heap.recall == 1

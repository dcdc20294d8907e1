"""Turns, ratios and growth, by a clock that the test moves."""

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle

import pytest

from claims.bench.timing import best_of, cheapest, exponent, race, timed_row


class Clock:
    """Stands still until something says that it takes time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []

    def __call__(self) -> float:
        return self.now

    def act(self, name: str, *seconds: float) -> Callable[[], None]:
        """Something that takes these seconds, one after another and again."""
        times: Iterator[float] = cycle(seconds)

        def take() -> None:
            self.told.append(name)
            self.now += next(times)

        return take


def test_ratio_is_the_median_of_the_turns() -> None:
    clock = Clock()
    # the first two calls of each warm up and show how many calls a turn takes
    ours = clock.act("ours", 1, 1, 2, 9, 4)
    found = race(ours, clock.act("other", 1), reps=3, least=0, clock=clock)
    assert (found.ratio, found.seconds, found.reps) == (4, 4, 3)


def test_cheapest_takes_the_cheapest_turn_of_each() -> None:
    clock = Clock()
    ours, other = clock.act("ours", 99, 6, 3, 4), clock.act("other", 99, 5, 2, 8)
    found = cheapest(ours, other, reps=3, clock=clock)
    assert (found.seconds, found.ratio, found.reps) == (3, 1.5, 3)
    assert found.spread == 4 / 3
    assert clock.told == ["ours", "other"] * 4


def test_both_take_turns() -> None:
    clock = Clock()
    race(clock.act("ours", 1), clock.act("other", 1), reps=2, least=0, clock=clock)
    assert clock.told == ["ours", "ours", "other", "other", *["ours", "other"] * 2]


def test_short_calls_are_repeated_until_the_clock_tells_them() -> None:
    clock = Clock()
    ours, other = clock.act("ours", 0.25), clock.act("other", 4)
    found = race(ours, other, reps=2, least=1, clock=clock)
    assert clock.told[4:] == [*["ours"] * 4, "other", *["ours"] * 4, "other"]
    assert (found.seconds, found.ratio) == (0.25, 1 / 16)


@pytest.mark.parametrize(
    ("times", "spread", "skipped"),
    [((2, 2, 2, 2, 2), 1, ""), ((1, 1, 2, 4, 4), 4, "noisy")],
)
def test_turns_that_disagree_are_no_measurement(
    times: Sequence[float], spread: float, skipped: str
) -> None:
    clock = Clock()
    ours = clock.act("ours", 1, 1, *times)
    found = race(ours, clock.act("other", 1), reps=5, least=0, clock=clock)
    row = timed_row(found, name="x", against="y", goal=1)
    assert found.spread == spread
    assert row.skipped == skipped


@pytest.mark.parametrize("power", [1, 1.5, 2])
def test_exponent_is_that_of_the_growth(power: float) -> None:
    sizes = [5, 20, 80]
    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_best_of_several_calls_is_the_shortest() -> None:
    clock = Clock()
    assert best_of(clock.act("x", 3, 2, 5), reps=3, clock=clock) == 2

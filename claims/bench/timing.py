"""Timing as ratios: ours and another thing take turns, so that a busy machine slows both alike."""

import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from claims.bench.rows import Row

NOISY = 1.5  # a spread beyond this says more about the machine than about the code

Act = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Race:
    """How long one call of ours takes (seconds), and how many times as long as the other's.

    `ratio` is the median of the ratios of single turns. `spread` is the upper quartile of these
    ratios over the lower one: 1 says that all turns agree.
    """

    seconds: float
    ratio: float
    spread: float
    reps: int


def race(
    ours: Act,
    other: Act,
    *,
    reps: int,
    least: float = 0.05,
    clock: Clock = time.perf_counter,
) -> Race:
    """Let both take turns `reps` times (2 at least), after one call of each that does not count.

    A turn repeats its call until it takes about `least` seconds, which a clock tells well.
    """
    calls = [_calls_for(act, least, clock) for act in (ours, other)]
    turns = [
        (_per_call(ours, calls[0], clock), _per_call(other, calls[1], clock)) for _ in range(reps)
    ]
    ratios = [mine / its for mine, its in turns]
    lower, _middle, upper = quantiles(ratios, n=4, method="inclusive")
    return Race(
        seconds=median(mine for mine, _ in turns),
        ratio=median(ratios),
        spread=upper / lower,
        reps=reps,
    )


def cheapest(ours: Act, other: Act, *, reps: int, clock: Clock = time.process_time) -> Race:
    """Like `race`, but by the cheapest turn of each, in seconds of the processor.

    For what only computes: a busy machine takes turns away, which the processor's clock leaves out,
    and spoils caches, which the cheapest of some turns leaves out mostly. `spread` is the
    middle turn of ours over the cheapest.
    """
    for act in (ours, other):
        act()  # fills what is filled at the first use
    turns = [(_per_call(ours, 1, clock), _per_call(other, 1, clock)) for _ in range(reps)]
    mine, its = (sorted(taken) for taken in zip(*turns, strict=True))
    return Race(seconds=mine[0], ratio=mine[0] / its[0], spread=median(mine) / mine[0], reps=reps)


def timed_row(found: Race, *, name: str, against: str, goal: float, note: str = "") -> Row:
    """A race as a row of the report; a noisy one counts as not measured."""
    return Row(
        name=name,
        unit="s",
        against=against,
        goal=goal,
        figure=found.seconds,
        ratio=found.ratio,
        spread=found.spread,
        reps=found.reps,
        load=os.getloadavg()[0],
        note=note,
        skipped="noisy" if found.spread > NOISY else "",
    )


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The e of seconds ~ sizes^e, by least squares: 1 grows in step, 2 with the square."""
    logs = [math.log(size) for size in sizes]
    times = [math.log(taken) for taken in seconds]
    middle, level = fmean(logs), fmean(times)
    rise = sum((x - middle) * (y - level) for x, y in zip(logs, times, strict=True))
    return rise / sum((x - middle) ** 2 for x in logs)


def best_of(act: Act, *, reps: int, clock: Clock = time.perf_counter) -> float:
    """The shortest of some calls (seconds): what else the machine does only ever adds."""
    return min(_per_call(act, 1, clock) for _ in range(reps))


def _calls_for(act: Act, least: float, clock: Clock) -> int:
    _per_call(act, 1, clock)  # fills what is filled at the first use
    once = _per_call(act, 1, clock)
    return max(1, math.ceil(least / once)) if once > 0 else 1


def _per_call(act: Act, calls: int, clock: Clock) -> float:
    start = clock()
    for _ in range(calls):
        act()
    return (clock() - start) / calls

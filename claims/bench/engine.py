"""The engine by words alone: against splitting the same text by pysbd, and as stories grow.

All by the processor's clock and the cheapest of some turns (`timing.cheapest`).
"""

import time
import warnings
from collections.abc import Callable
from functools import partial
from itertools import cycle

from claims.bench.made_up import SHARED as SHARED_MOSTLY
from claims.bench.made_up import make_story
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import best_of, cheapest, exponent, timed_row
from claims.engine import compare, documents, extraction, single
from claims.engine.readings import Report

READ_GOAL = 4
WHOLE_GOAL = 20
RELATE_GOAL = 1.0
AGAIN_GOAL = 0.2
GROWTH_GOAL = 1.3
SEEDS = 4  # other texts in each turn, so that nothing is remembered from the last
GROWTH_REPS = 2
RELATE_REPS = 3
SHARED = 0.25  # of the claims of reports that are unlike: one in four is told by others too


def reading(setting: Setting) -> Row:
    """Sentences, clauses, claims and readings of a few reports."""

    def read(reports: list[Report]) -> None:
        for report in reports:
            extraction.claims(documents.parse(report))

    return _against_pysbd(setting, "engine", READ_GOAL, read)


def whole(setting: Setting) -> Row:
    """The same, and matching, verdicts and flags."""
    return _against_pysbd(setting, "engine.compare", WHOLE_GOAL, compare.compare)


def relating(setting: Setting) -> Row:
    """Setting the claims of many unlike reports against each other, against reading them."""
    reports = _reports(setting, setting.sizes.related_reports, seed=1, shared=SHARED)
    found = compare.read(reports)
    reps = min(RELATE_REPS, setting.sizes.reps)
    taken = cheapest(
        lambda: compare.relate(found, mode="thorough"), lambda: compare.read(reports), reps=reps
    )
    note = f"{len(reports)} reports, {len(found.claims)} claims"
    return timed_row(taken, name="engine.relate", against="reading", goal=RELATE_GOAL, note=note)


def again(setting: Setting) -> Row:
    """Taking a report from what was kept of it, against reading it."""
    reports = _reports(setting, setting.sizes.engine_reports[0], seed=1)
    kept = [(single.pack(single.read(report)), report) for report in reports]

    def unpack() -> None:
        for body, report in kept:
            single.unpack(body, report)

    def read() -> None:
        for report in reports:
            single.read(report)

    found = cheapest(unpack, read, reps=setting.sizes.reps)
    return timed_row(found, name="engine.again", against="reading", goal=AGAIN_GOAL)


def growth(setting: Setting) -> Row:
    """How the whole comparison grows with the number of reports."""
    counts = setting.sizes.engine_reports
    seconds = []
    for count in counts:
        act = partial(compare.compare, _reports(setting, count, seed=1))
        seconds.append(best_of(act, reps=GROWTH_REPS, clock=time.process_time))
    return Row(
        name="engine.growth",
        unit="exponent",
        against="number of reports",
        goal=GROWTH_GOAL,
        figure=exponent(counts, seconds),
        reps=GROWTH_REPS,
        note=" ".join(f"{n}:{taken:.2g}s" for n, taken in zip(counts, seconds, strict=True)),
    )


def _against_pysbd(
    setting: Setting, name: str, goal: float, act: Callable[[list[Report]], object]
) -> Row:
    sizes = setting.sizes
    stories = [_reports(setting, sizes.engine_reports[0], seed) for seed in range(SEEDS)]
    ours, others = cycle(stories), cycle(stories)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # pysbd's own sources, on newer Pythons
        import pysbd
    segmenter = pysbd.Segmenter(language="en", clean=False)

    def split() -> None:
        for report in next(others):
            for paragraph in report.text.split("\n\n"):
                segmenter.segment(paragraph)

    found = cheapest(lambda: act(next(ours)), split, reps=max(sizes.reps, SEEDS))
    return timed_row(found, name=name, against="pysbd", goal=goal)


def _reports(
    setting: Setting, count: int, seed: int, shared: float = SHARED_MOSTLY
) -> list[Report]:
    sizes = setting.sizes
    made = make_story(
        reports=count, words=sizes.words, claims=sizes.claims, seed=seed, share=shared
    )
    return [
        Report(
            id=f"{number:03d}",
            source=report.source,
            title=report.title,
            published=report.published,
            text=report.text,
        )
        for number, report in enumerate(made)
    ]

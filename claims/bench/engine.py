"""The engine by words alone: against splitting the same text by pysbd, and as stories grow."""

import warnings
from collections.abc import Callable
from functools import partial
from itertools import cycle

from claims.bench.made_up import make_story
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import best_of, exponent, race, timed_row
from claims.engine import compare, documents, extraction
from claims.engine.readings import Report

READ_GOAL = 10
WHOLE_GOAL = 20
GROWTH_GOAL = 1.3
SEEDS = 4  # other texts in each turn, so that nothing is remembered from the last
GROWTH_REPS = 2


def reading(setting: Setting) -> Row:
    """Sentences, clauses, claims and readings of a few reports."""

    def read(reports: list[Report]) -> None:
        for report in reports:
            extraction.claims(documents.parse(report))

    return _against_pysbd(setting, "engine", READ_GOAL, read)


def whole(setting: Setting) -> Row:
    """The same, and matching, verdicts and flags."""
    return _against_pysbd(setting, "engine.compare", WHOLE_GOAL, compare.compare)


def growth(setting: Setting) -> Row:
    """How the whole comparison grows with the number of reports."""
    counts = setting.sizes.engine_reports
    seconds = []
    for count in counts:
        reports = _reports(setting, count, seed=1)
        seconds.append(best_of(partial(compare.compare, reports), reps=GROWTH_REPS))
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

    found = race(lambda: act(next(ours)), split, reps=sizes.reps, least=sizes.least)
    return timed_row(found, name=name, against="pysbd", goal=goal)


def _reports(setting: Setting, count: int, seed: int) -> list[Report]:
    sizes = setting.sizes
    made = make_story(reports=count, words=sizes.words, claims=sizes.claims, seed=seed)
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

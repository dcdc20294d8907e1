"""Labelled stories as training stories for the weights of matching."""

from itertools import combinations

from claims.engine import compare
from claims.engine.fitting import TrainingStory
from claims.engine.matching import Pair
from claims.engine.readings import Comparison
from claims.evaluation.alignment import align
from claims.evaluation.corpus import LabelledStory


def training(story: LabelledStory) -> TrainingStory:
    """The engine's claims of a story, with what the labels say of pairs of different reports.

    Where one claim stands for two labels, a pair is the same if one of them says so. Raises
    `ValueError` for a story that is only ever scored.
    """
    if story.scored:
        raise ValueError(f"{story.slug} is only scored: nothing is fitted on it.")
    read = compare.read(list(story.reports.values()))
    labels = story.labels.claims
    aligned = align(labels, Comparison(claims=read.claims), story.reports)
    same: set[Pair] = set()
    apart: set[Pair] = set()
    for one, other in combinations(sorted(labels), 2):
        first, second = aligned[one], aligned[other]
        if first is None or second is None or first.report == second.report:
            continue
        pair = (min(first.id, second.id), max(first.id, second.id))
        question = labels[one].question
        alike = question is not None and question == labels[other].question
        (same if alike else apart).add(pair)
    return TrainingStory(
        name=story.slug,
        documents=read.documents,
        claims=read.claims,
        same=frozenset(same),
        apart=frozenset(apart - same),
    )

"""How pairs of claims are weighed: the few numbers of `data/weights.toml`, read and written.

The file stays readable: `as_toml` writes each number under a comment that says what it does, with
the day and the stories that it was fitted on. `manage.py fit` is what writes it.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "weights.toml"
SIGNALS = {"model": ("words", "vectors", "alignment"), "no_model": ("words",)}
MOST = 1e6  # and no number is not a number
CUTS = ("high", "close", "low")
KINSHIPS = ("same_report", "same_answer", "same_count", "same_measure", "other_kind", "other_value")
NUMBERS = (*CUTS, *KINSHIPS, "share")

HEAD = """\
# How claims are matched. Each feature is standardised inside the story, claims of one report apart
# from claims of different reports, and the score of a pair is the weighted sum of its features.
# Two groups of claims are one point if they score `high` on average and their closest pair `close`.
# Above `low` two claims are counterparts: shown as perhaps the same, and never flagged.
# `same_report` is taken off pairs of one report: a report seldom says a thing twice.
# `same_answer` is added to answers ("denied", "declined to comment") of one responder.
# `same_count` is added to totals of one kind of people in two reports: those killed, or one
# nation's soldiers.
# `same_measure` is added to totals of one thing in one currency or in percent in two reports.
# `other_kind` is taken off figures of two sorts: money, a share, one of the measures, a count.
# `other_value` is taken off figures that count other things, where one stretch of text has several.
# `share` of a score is what the nearest claims of each side score with the other side.
# `prior` is what a feature looks like among reports of one event (mean, spread). It counts as
# `prior_pairs` pairs, so that a story of a few sentences has something to be measured against; and
# no spread is taken for smaller, or the best pairs of reports that have nothing in common would
# match.
# `manage.py fit --write` writes this file: change a number here, not a comment.
"""


class BadWeights(ValueError):
    """Weights that cannot be right; the message names the number and what is expected."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """The weights and cuts of one way to compare: with the sentence model, or by words alone.

    `signals` are the weights by signal; `cross` and `same` the mean and spread that each signal
    has, between reports and inside one. The other numbers are explained in the file.
    """

    high: float
    close: float
    low: float
    same_report: float
    same_answer: float
    same_count: float
    same_measure: float
    other_kind: float
    other_value: float
    share: float
    signals: Mapping[str, float]
    cross: Mapping[str, tuple[float, float]]
    same: Mapping[str, tuple[float, float]]

    def weight(self, name: str) -> float:
        """What a feature counts: a signal, or one of the exceptions."""
        return self.signals[name] if name in self.signals else float(getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class Weights:
    """All numbers that matching works with, and where they come from."""

    model: Way
    no_model: Way
    prior_pairs: int
    fitted: date | None = None
    stories: tuple[str, ...] = ()

    def way(self, *, model: bool) -> Way:
        """The numbers for comparing with the sentence model, or without."""
        return self.model if model else self.no_model

    def as_toml(self) -> str:
        """The readable file, comments included; `parse` gives the same weights back."""
        lines = [HEAD]
        if self.fitted:
            lines += [f"fitted = {self.fitted.isoformat()}"]
        if self.stories:
            lines += ["stories = [", *(f'    "{name}",' for name in self.stories), "]"]
        lines += [f"prior_pairs = {self.prior_pairs}"]
        for name in SIGNALS:
            lines += _written(name, getattr(self, name))
        return "\n".join(lines) + "\n"


def _written(name: str, way: Way) -> list[str]:
    """One way as the lines of its tables."""
    lines = ["", f"[{name}]", *(f"{key} = {getattr(way, key)}" for key in NUMBERS)]
    lines += ["", f"[{name}.weights]", *(f"{key} = {way.signals[key]}" for key in SIGNALS[name])]
    for kind, prior in (("cross", way.cross), ("same", way.same)):
        lines += ["", f"[{name}.prior.{kind}]"]
        lines += [f"{key} = {list(prior[key])}" for key in SIGNALS[name]]
    return lines


@functools.cache
def default() -> Weights:
    """The weights that come with the engine."""
    return parse(FILE.read_text(encoding="utf-8"))


def parse(text: str) -> Weights:
    """Read weights from the text of their file. Raises `BadWeights`."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadWeights(f"The weights are no TOML: {error}") from None
    known = {"prior_pairs", "fitted", "stories", *SIGNALS}
    _only(found, known, "The weights")
    stories, fitted = found.get("stories", []), found.get("fitted")
    if not isinstance(stories, list) or not all(isinstance(name, str) for name in stories):
        raise BadWeights("stories must be a list of names.")
    if not (fitted is None or type(fitted) is date):
        raise BadWeights("fitted must be a day, as in 2024-09-23.")
    pairs = _number(found, "prior_pairs", "The weights")
    if pairs < 0:
        raise BadWeights("prior_pairs must not be below 0.")
    return Weights(
        **{name: _way(_table(found, name, "The weights"), name) for name in SIGNALS},
        prior_pairs=int(pairs),
        fitted=fitted,
        stories=tuple(stories),
    )


def _way(found: Mapping[str, Any], name: str) -> Way:
    _only(found, {*NUMBERS, "weights", "prior"}, name)
    numbers = {key: _number(found, key, name) for key in NUMBERS}
    if not numbers["low"] <= numbers["high"] <= numbers["close"]:
        raise BadWeights(f"{name}: low must not be above high, and high not above close.")
    if not 0 <= numbers["share"] < 1:
        raise BadWeights(f"{name}: share must be at least 0 and below 1.")
    weights, prior = _table(found, "weights", name), _table(found, "prior", name)
    _only(weights, {*SIGNALS[name]}, f"{name}.weights")
    return Way(
        **numbers,
        signals={key: _number(weights, key, f"{name}.weights") for key in SIGNALS[name]},
        cross=_prior(prior, "cross", name),
        same=_prior(prior, "same", name),
    )


def _prior(found: Mapping[str, Any], kind: str, name: str) -> dict[str, tuple[float, float]]:
    where = f"{name}.prior.{kind}"
    rows = _table(found, kind, f"{name}.prior")
    _only(rows, {*SIGNALS[name]}, where)
    read = {}
    for key in SIGNALS[name]:
        pair = rows.get(key)
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadWeights(f"{where}: {key} must be a mean and a spread, as in [0.1, 0.3].")
        mean, spread = (_number({key: value}, key, where) for value in pair)
        if spread <= 0:
            raise BadWeights(f"{where}: the spread of {key} must be above 0.")
        read[key] = (mean, spread)
    return read


def _table(found: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    if not isinstance(found.get(key), dict):
        raise BadWeights(f"{where}: the table {key} is missing.")
    return dict(found[key])


def _number(found: Mapping[str, Any], key: str, where: str) -> float:
    value = found.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -MOST < value < MOST:
        raise BadWeights(f"{where}: {key} must be a number.")
    return float(value)


def _only(found: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(found) - known)
    if unknown:
        raise BadWeights(
            f"{where}: {unknown[0]} is not known; known are {', '.join(sorted(known))}."
        )

"""Texts made to be slow: each costs about as much to read as plain prose of the same length."""

import time
from collections.abc import Mapping
from functools import partial

from claims.bench.made_up import FIRST_DAY, make_story
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import best_of
from claims.engine import documents, extraction
from claims.engine.readings import Report

GOAL = 3
REPS = 2
NAMED = 3  # of the dearest shapes
SHAPES: Mapping[str, str] = {
    "digits": "1234567890",
    "ones": "1 ",
    "figures": "123 456 ",
    "number words": "two hundred and three thousand ",
    "quotes": '"',
    "quoted letters": "“a” ",
    "quotations": "“yes,” he said. ",
    "brackets": "(",
    "bracketed letters": "(a) ",
    "endless sentence": "the minister said that ships from the country were in the region and ",
    "commas": "said, ",
    "bare commas": ", ",
    "nations": "North Korea ",
    "long names": "Jean Claude van der Something ",
    "dates": "on Monday 3 October 2024 ",
    "answers": "denied confirmed said ",
    "speakers": "he said she said ",
    "one word": "a",
    "full stops": ". ",
    "hyphens": "a-b-",
    "shares": "5 percent of ",
    "sums": "$5 million, ",
    "tolls": "12 people were killed. ",
    "lines": "a\n",
    "initials": "U.S. ",
    "ordinals": "the first second third ",
}


def worst(setting: Setting) -> Row:
    """The dearest shape, as so many times what prose costs."""
    length = setting.sizes.hostile_length
    prose = _seconds(_prose(setting, length))
    texts = {name: _of_length(shape, length) for name, shape in SHAPES.items()}
    texts["nested brackets"] = "(" * (length // 2) + ")" * (length // 2)
    taken = {name: _seconds(text) / prose for name, text in texts.items()}
    dearest = sorted(taken, key=lambda name: -taken[name])[:NAMED]
    return Row(
        name="engine.hostile",
        unit="times",
        against="prose of the same length",
        goal=GOAL,
        figure=taken[dearest[0]],
        reps=REPS,
        note=", ".join(f"{name} {taken[name]:.2g}" for name in dearest),
    )


def _prose(setting: Setting, length: int) -> str:
    """Made-up reports, one after the other."""
    sizes = setting.sizes
    made = make_story(reports=4, words=sizes.words, claims=sizes.claims)
    return _of_length("\n\n".join(report.text for report in made) + "\n\n", length)


def _of_length(shape: str, length: int) -> str:
    return (shape * (length // len(shape) + 1))[:length]


def _seconds(text: str) -> float:
    report = Report(id="hostile", source="Courier", title="", published=FIRST_DAY, text=text)
    return best_of(partial(_read, report), reps=REPS, clock=time.process_time)


def _read(report: Report) -> None:
    extraction.claims(documents.parse(report))

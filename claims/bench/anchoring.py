"""Finding a quote again in a newer text: against bare rapidfuzz, and against `str.find`.

diff-match-patch is no dependency: by the performance note it takes 93 times as long as rapidfuzz.
"""

import random

from rapidfuzz import fuzz

from claims.bench.made_up import make_story
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import cheapest, timed_row
from claims.engine import quotes
from claims.engine.anchoring import carry

LETTERS = 50_000
QUOTE = 100  # letters, with four edits in its new text
EDITS = 4
CLAIMS = 40
QUOTE_GOAL = 1.5
SAME_GOAL = 3
STORY_GOAL = 3  # one difference of both texts, however many claims, and no guess without it


def quote(setting: Setting) -> Row:
    """One quote of a hundred letters after four edits, against rapidfuzz alone."""
    text, exact, _ = _texts()
    found = cheapest(
        lambda: quotes.near(text, exact),
        lambda: fuzz.partial_ratio_alignment(exact, text),
        reps=setting.sizes.reps,
    )
    return timed_row(found, name="anchor", against="rapidfuzz", goal=QUOTE_GOAL)


def unchanged(setting: Setting) -> Row:
    """The claims of a text that did not change, against `str.find`."""
    text, _, spans = _texts()
    wanted = [text[start:end] for start, end in spans]

    def find() -> None:
        for exact in wanted:
            text.find(exact)

    found = cheapest(lambda: carry(text, text, spans), find, reps=setting.sizes.reps)
    return timed_row(found, name="anchor.same", against="str.find", goal=SAME_GOAL)


def carried(setting: Setting) -> Row:
    """Forty claims over a difference of both texts, against looking each up by rapidfuzz."""
    text, _, spans = _texts()
    new = _edited(text, 0, len(text), 40)
    wanted = [text[start:end] for start, end in spans]

    def look_up() -> None:
        for exact in wanted:
            fuzz.partial_ratio_alignment(exact, new)

    found = cheapest(lambda: carry(text, new, spans), look_up, reps=setting.sizes.reps)
    note = f"{len(spans)} claims"
    return timed_row(found, name="anchor.report", against="rapidfuzz", goal=STORY_GOAL, note=note)


def _texts() -> tuple[str, str, list[tuple[int, int]]]:
    """A long text, a quote of it as it stood before four edits, and places of claims."""
    made = make_story(reports=8, words=2000, claims=40, seed=1)
    joined = "\n\n".join(report.text for report in made)
    text = (joined * (LETTERS // len(joined) + 1))[:LETTERS]
    start = LETTERS * 2 // 3
    exact = _edited(text, start, start + QUOTE, EDITS)[start : start + QUOTE]
    step = LETTERS // CLAIMS
    return text, exact, [(at, at + QUOTE) for at in range(step // 2, LETTERS - QUOTE, step)]


def _edited(text: str, start: int, end: int, number: int) -> str:
    chance = random.Random(1)  # noqa: S311 - nothing here is secret
    signs = list(text)
    for at in chance.sample(range(start, end), number):
        signs[at] = "x"
    return "".join(signs)

"""Finding quoted words in a text again, exactly or nearly: by what stands around them, with floors.

A wrong place is worse than none: a near match below the floor is no match, and a few letters are
never matched nearly. Rules and figures: docs/engine.md, "Claims in newer texts".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

CONTEXT = 32  # code points before and behind a quote that are compared
SHORT = 14  # code points; a shorter quote says little by itself, so its context has to agree
CONTEXT_FLOOR = 0.55
# Of a hundred: the least likeness of a near match. Below it Hypothesis' users reported quotes
# marked on unrelated words (hypothesis/h#2634 has "Linus" on "chines").
NEAR_FLOOR = 75.0
_SHORT_FLOOR = 85.0  # the same for a quote of a word or two: one letter of it may differ
_MOST_PLACES = 200  # of one exact quote that are looked at
_WORD = re.compile(r"\w+(?:[.,:'’]\w+)*")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t\n", " "),
        "…": "...",
    }
)
_BLANKS = re.compile(r" +")
_DASHES = re.compile(r" ?-+ ?")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands; `score` is 1 where words and context are the same."""

    start: int
    end: int
    score: float


def describe(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a span by which it is known again."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def find(
    text: str, exact: str, *, prefix: str = "", suffix: str = "", hint: int | None = None
) -> Found | None:
    """Where the quote stands: the place whose context is likest, then the nearest to `hint`.

    Exact places come first; only where there is none a near one is taken, if it is near enough.
    None for an empty quote and where nothing comes near.
    """
    if not exact or not text:
        return None
    places = [(start, start + len(exact)) for start in _exact_places(text, exact)]
    places = places or _near_places(text, exact)
    if not places:
        return None

    def rank(place: tuple[int, int]) -> tuple[float, float]:
        about = around(text, place, prefix, suffix) if prefix or suffix else 1.0
        words = likeness(exact, text[place[0] : place[1]])
        away = abs(place[0] - hint) if hint is not None else place[0]
        return words * 0.6 + about * 0.4, -away

    best = max(places, key=rank)
    return Found(*best, rank(best)[0])


def select(text: str, exact: str, *, prefix: str = "", suffix: str = "") -> list[tuple[int, int]]:
    """Where a Web Annotation quote selector points: all places with just these words around.

    An empty quote selects nothing: a claim's span is never empty.
    """
    return [
        (start, start + len(exact))
        for start in (_exact_places(text, exact) if exact else ())
        if text.endswith(prefix, 0, start) and text.startswith(suffix, start + len(exact))
    ]


def occurrences(text: str, exact: str) -> list[tuple[int, int]]:
    """Where exactly these words stand as whole words, the first few hundred."""
    found = ((start, start + len(exact)) for start in _exact_places(text, exact))
    return [place for place in found if _whole(text, *place)]


def around(text: str, place: tuple[int, int], prefix: str, suffix: str) -> float:
    """How alike the words before and behind the place are to the known ones, 0 to 1.

    The nearer half of each side counts as much as the whole of it. Where nothing is known to stand
    around, nothing speaks against the place: 1.
    """
    start, end = place
    before = text[max(0, start - len(prefix)) : start]
    behind = text[end : end + len(suffix)]
    half = CONTEXT // 2
    sides = []
    if prefix:
        sides += [likeness(prefix, before), likeness(prefix[-half:], before[-half:])]
    if suffix:
        sides += [likeness(suffix, behind), likeness(suffix[:half], behind[:half])]
    return sum(sides) / len(sides) if sides else 1.0


def same_but_marks(one: str, other: str) -> bool:
    """Whether two stretches differ in nothing but forms of quotes, dashes and blanks."""
    return one == other or folded(one) == folded(other)


def folded(text: str) -> str:
    """The words with one form for each quote, dash and blank."""
    return _DASHES.sub("-", _BLANKS.sub(" ", text.translate(_FOLDED))).strip()


def near(text: str, exact: str) -> tuple[int, int] | None:
    """The stretch of the text that is nearest to the quote, in whole words; None below the floor.

    Short quotes are not looked for: their likeness to something is chance. Nor is a quote in a text
    shorter than itself: the library would look for the text in the quote.
    """
    if len(exact) < SHORT or len(text) < len(exact):
        return None
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=NEAR_FLOOR)
    if found is None:
        return None
    start, end = snapped(text, found.dest_start, found.dest_end)
    return (start, end) if start < end else None


def snapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span out to the edges of words, without blanks at its ends."""
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The places of the words and numbers between two offsets."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield found.span()


def _exact_places(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(exact, at + 1)


def _near_places(text: str, exact: str) -> list[tuple[int, int]]:
    """The nearest stretch, and where the same words stand again."""
    floor = NEAR_FLOOR if len(exact) >= SHORT else _SHORT_FLOOR
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=floor)
    if found is None or found.dest_end <= found.dest_start:
        return []
    start, end = snapped(text, found.dest_start, found.dest_end)
    again = text[start:end]
    return [(place, place + len(again)) for place in _exact_places(text, again)]


def likeness(one: str, other: str) -> float:
    """How alike two stretches are, letter by letter, 0 to 1."""
    return fuzz.ratio(one, other) / 100


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    cut = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not cut and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())

"""The stretch of a sentence that a source answers for: behind its verb, before it, or round it."""

from collections.abc import Sequence

from claims.engine import deeds
from claims.engine.deeds import Deed
from claims.engine.parts import Word
from claims.engine.readings import Document, Span

_CUTTING = frozenset({"but", "while", "although", "though", "whereas"})
_FINITE = frozenset({"verb", "be", "have", "modal"})
_OPENERS = frozenset(
    "after when because since as if once before until while although though whereas".split()
)


def span_of(phrase: Sequence[Word]) -> Span:
    """From the first word to the last, closing commas left out."""
    inner = [word for word in phrase if word.tag != "mark"] or phrase
    return Span(start=phrase[0].start, end=inner[-1].end)


def text_between(document: Document, first: Word, last: Word) -> str:
    """The text from one word to another, blanks folded."""
    return " ".join(document.text[first.start : last.end].split())


def leading(sentence: Sequence[Word], first: int, content: int) -> Span:
    """From where the content begins to the end of the sentence or the next independent clause."""
    opened = (
        first > 0 and sentence[first - 1].lower in _OPENERS and sentence[first - 1].tag == "sub"
    )
    for at in range(content + 1, len(sentence)):
        word = sentence[at]
        cut = word.text == ";" or cuts(sentence, at)
        if cut or (opened and first <= 1 and word.text == ","):
            return Span(start=sentence[content].start, end=sentence[at].start)
    return Span(start=sentence[content].start, end=sentence[-1].end)


def next_saying(sentence: Sequence[Word], done: Sequence[Deed], number: int) -> int | None:
    """Where a coordinated clause begins that has a verb of saying of its own.

    "... that two men had died | but said", "... | and his party admitted".
    """
    for deed in done[number + 1 :]:
        if not deeds.says(deed.group) or deed.relative or deed.inverted or not deed.subject:
            continue
        same = deed.shared and deed.subject == done[number].subject
        begins = deed.group.start if same else deed.subject[0]
        before = sentence[begins - 1] if begins else None
        if before is not None and before.lower in ("and", "but") and (same or not deed.shared):
            return begins - 1
    return None


def up_to(scope: Span, sentence: Sequence[Word], stop: int | None) -> Span:
    """The stretch cut off before the word at `stop`."""
    if stop is None or sentence[stop].start <= scope.start:
        return scope
    return Span(start=scope.start, end=min(scope.end, sentence[stop - 1].end))


def cuts(sentence: Sequence[Word], at: int) -> bool:
    """Whether a contrasting clause begins here: ", but"."""
    return sentence[at].lower in _CUTTING and sentence[at - 1].text == ","


def whole(sentence: Sequence[Word], first: int, last: int) -> Span:
    """The sentence up to a trailing source; beyond it too if it goes on after a comma."""
    start = 0
    sourced = any(word.lower == "according" for word in sentence[:first])
    for at in range(first - 1, 0, -1):
        if sentence[at].text == ";" or (sourced and cuts(sentence, at)):
            start = at + 1
            break
    contrast = (at for at in range(last + 1, len(sentence)) if cuts(sentence, at))
    stop = next(contrast, len(sentence))
    rest = sentence[last + 1 : stop]
    describes = bool(rest) and rest[0].tag == "wh" and sentence[last].text == ","
    adds = len(rest) > 1 and (rest[0].lower == "including" or _adds(rest))
    goes_on = (
        not describes and len(rest) > 1 and (adds or any(word.tag in _FINITE for word in rest))
    )
    end = sentence[stop - 1].end if goes_on else sentence[first - 1].end
    return Span(start=sentence[start].start, end=end)


def _adds(rest: Sequence[Word]) -> bool:
    """Whether a statement goes on with "bringing ...", behind a day too: "on Friday, bringing"."""
    for word, after in zip(rest, (*rest[1:], None), strict=True):
        if word.text == "," and after is not None:
            return after.tag == "gerund"
        if word.tag in _FINITE or word.tag == "mark":
            return False
        if word.tag == "gerund":
            return word is rest[0]
    return False

"""Sources without a verb of saying: "according to", "citing", "a briefing by", "Mayor: ..."."""

from collections.abc import Iterator, Sequence

from claims.engine import deeds, phrases
from claims.engine.grammar import tagged
from claims.engine.lexicon import singular, words
from claims.engine.memory import UNKNOWN, Memory
from claims.engine.mentions import closes_speech
from claims.engine.naming import name_of
from claims.engine.parts import Word
from claims.engine.readings import Document, Span
from claims.engine.saying import INNER, MAIN, OUTER, Saying
from claims.engine.speech_acts import believed, counts_by, heard_from
from claims.engine.speech_scopes import leading, span_of, text_between, whole

_HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "apparently"})
_NAMING = ("according", "citing")  # behind these stands somebody, even one called Summers or Dawn
_OPENING_QUOTES = frozenset('"“')
_LABEL = 8


def read(document: Document, number: int) -> Iterator[Saying]:
    """The sources of one sentence that no verb of saying names."""
    sentence, memory = tagged(document)[number], deeds.memory(document, number)
    yield from _label(document, sentence, number, memory)
    for at, word in enumerate(sentence):
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        if word.lower == "according" and following is not None and following.lower == "to":
            yield from _prepositional(document, sentence, at, at + 2, memory, OUTER)
        elif word.lower == "citing":
            yield from _prepositional(document, sentence, at, at + 1, memory, INNER)
        elif (
            word.lower in words("briefings")
            and word.tag in ("noun", "name")
            and following is not None
            and following.lower in ("by", "from")
        ):
            yield from _prepositional(document, sentence, at, at + 2, memory, INNER)
        elif source := (
            counts_by(sentence, at) or heard_from(sentence, at) or believed(sentence, at)
        ):
            yield from _prepositional(document, sentence, at, source, memory, OUTER)
        elif word.lower == "so" and _named_last(sentence, at):
            yield from _prepositional(document, sentence, at, at + 1, memory, MAIN)
        elif word.lower in _HEARSAY:
            span = Span(start=word.start, end=word.end)
            whole = Span(start=sentence[0].start, end=sentence[-1].end)
            yield Saying(UNKNOWN, span, word.text, span, whole, INNER, "report")


def _named_last(sentence: Sequence[Word], at: int) -> bool:
    """Whether a source and nothing else closes the sentence: "..., so the union."."""
    found = phrases.after(sentence, at + 1)
    if found is None or at < 2 or not (sentence[at - 1].text == "," or closes_speech(sentence, at)):
        return False
    return sentence[at + 1].tag in ("det", "name") and found[1] >= len(sentence) - 1


def _prepositional(
    document: Document, sentence: Sequence[Word], cue: int, start: int, memory: Memory, rank: int
) -> Iterator[Saying]:
    phrase = phrases.after(sentence, start)
    if phrase is None:
        return
    inside = sentence[phrase[0] : phrase[1]]
    if sentence[cue].lower not in _NAMING and _tells_when(inside):
        return
    own = Span(start=sentence[cue].start, end=inside[-1].end)
    if cue <= 1 and phrase[1] < len(sentence):
        scope = leading(sentence, phrase[1], phrase[1])
    else:
        scope = whole(sentence, cue, phrase[1])
    named = name_of(document, inside, memory)
    cue_text = text_between(document, sentence[cue], sentence[start - 1])
    yield Saying(named, span_of(inside), cue_text, own, scope, rank, "say")


def _tells_when(phrase: Sequence[Word]) -> bool:
    """Whether a phrase is a time: "the end of the year", "next spring", "noon"."""
    at = phrases.head(phrase)
    if at is None:
        return False
    return phrases.is_time(phrase[at]) or singular(phrase[at].lower) in words("times")


def _label(
    document: Document, sentence: Sequence[Word], number: int, memory: Memory
) -> Iterator[Saying]:
    """ "Police: 40 held", "Ann Berg, the mayor: "It is safe"", "The mayor was clear: "...""."""
    colon = next((at for at, w in enumerate(sentence[: 4 * _LABEL]) if w.text == ":"), 0)
    if not 0 < colon < len(sentence) - 1:
        return
    quoted = sentence[colon + 1].text in _OPENING_QUOTES
    verbs = [d for d in deeds.read(document)[number] if d.group.start < colon and d.group.finite]
    if verbs:
        subject = verbs[-1].subject
        if not quoted or subject is None or any(deeds.says(deed.group) for deed in verbs):
            return
        start, end = subject
    else:
        found = phrases.after(sentence, 0)
        if found is None or found[1] != colon or colon > _LABEL:
            return
        start, end = found
    phrase = sentence[start:end]
    if document.text[phrase[0].start : phrase[-1].end].isupper():
        return  # the label of a script: "PRESENTER:"
    named = name_of(document, phrase, memory)
    if not (quoted and named.kind != "unknown") and not _is_speaker(phrase):
        return
    own = Span(start=sentence[start].start, end=sentence[colon].end)
    scope = leading(sentence, start, colon + 1)
    yield Saying(named, span_of(phrase), ":", own, scope, MAIN, "say")


def _is_speaker(phrase: Sequence[Word]) -> bool:
    """Whether the phrase in front of a colon is somebody who speaks, and no heading."""
    head = phrases.head(phrase)
    if head is None:
        return False
    noun = phrase[head].lower
    people = words("titles") | words("representatives") | words("persons") | words("anonymous")
    return singular(noun) in people or noun in people | {"police", "army", "government", "ministry"}

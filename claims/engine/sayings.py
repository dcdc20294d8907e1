"""Who says what in one sentence: each source with the words that name it and the stretch it answers
for.

A source can stand before what it says ("the mayor said the bridge is closed"), after it ("...,
the mayor said") or in the middle; a saying inside a saying is nested in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.engine import actors, contents, deeds, phrases, tables
from claims.engine.deeds import Deed, can_act, closes_speech
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import singular, words
from claims.engine.naming import UNKNOWN, Memory, Named, name_of
from claims.engine.parts import Word
from claims.engine.readings import Document, Span
from claims.engine.speech_acts import acts, believed, counts_by, heard_from, shapes_figure
from claims.engine.speech_scopes import leading, next_saying, span_of, text_between, up_to, whole

_REPORTED = frozenset(
    {"report", "say", "believe", "think", "understand", "allege", "rumour", "rumor", "estimate"}
)
_FIGURED = frozenset({"estimate", "put", "reckon"})
_HEARD = frozenset("court jury inquest inquiry tribunal hearing panel parliament committee".split())
_HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "apparently"})
OUTER, MAIN, INNER = 0, 1, 2
_AGENT = 8


@dataclass(frozen=True, slots=True)
class Saying:
    """One source: `own` are its words and its cue; `rank` orders those of equal scope."""

    named: Named
    at: Span
    cue: str
    own: Span
    scope: Span
    rank: int
    stem: str


def _speech(name: str) -> frozenset[str]:
    return tables.words("speech", name)


def read(document: Document, number: int) -> list[Saying]:
    """The sayings of one sentence in text order."""
    sentence = tagged(document)[number]
    done = deeds.read(document)[number]
    found: list[Saying] = []
    for at in range(len(done)):
        found += _of_verb(document, sentence, done, at, found)
    found += _of_phrases(document, sentence, deeds.memory(document, number))
    found = [_nested(document, each, found) for each in found]
    return sorted(found, key=lambda each: (each.own.start, each.rank))


def _nested(document: Document, saying: Saying, found: Sequence[Saying]) -> Saying:
    """ "The mayor said that, according to the police, ...": the source of the one who speaks."""
    if saying.rank != OUTER or not saying.cue.lower().startswith("according"):
        return saying
    for each in found:
        between = document.text[each.own.end : saying.own.start] if each is not saying else "-"
        if each.rank == MAIN and between.strip(" ,") in ("", "that"):
            return replace(saying, rank=INNER)
    return saying


def _of_verb(
    document: Document,
    sentence: Sequence[Word],
    done: Sequence[Deed],
    number: int,
    sofar: Sequence[Saying],
) -> list[Saying]:
    deed = done[number]
    group, subject = deed.group, deed.subject
    if found := _acted(document, sentence, done, number):
        return found
    if group.stem not in _speech("say") | _speech("gives_object") | contents.OTHER_CUES:
        return []
    if group.passive:
        return _passive(document, sentence, deed)
    if group.stem in ("quote", "cite"):
        return _quoting(document, sentence, deed)
    if group.negated or group.modal:
        return []
    if not group.finite:
        return _continuing(document, sentence, done, number, sofar)
    content = contents.said(sentence, done, number)
    if subject is None or not _may_say(sentence[subject[0] : subject[1]], deed):
        return []
    first, last = group.start, group.end
    if not deed.shared:
        first, last = min(subject[0], first), max(subject[1], last)
    idle = deed.shared and sentence[group.start - 1].lower == "as"  # "as promised"
    trailing = not idle and group.stem in _speech("trailing") and _trails(sentence, first, last)
    if content is None and not trailing:
        return []
    own = Span(start=sentence[first].start, end=contents.own_end(sentence, group, last, content))
    scope = leading(sentence, first, content) if content else whole(sentence, first, last)
    if content:
        scope = up_to(scope, sentence, next_saying(sentence, done, number))
    cue = text_between(document, sentence[group.start], sentence[group.end - 1])
    at = span_of(sentence[subject[0] : subject[1]])
    main = Saying(deed.named, at, cue, own, scope, MAIN, group.stem)
    return [*_listener(document, sentence, group, main), main]


def _acted(
    document: Document, sentence: Sequence[Word], done: Sequence[Deed], number: int
) -> list[Saying]:
    """ "The firm rejected the claim", "the police corrected their figure": they have spoken."""
    deed = done[number]
    subject = deed.subject
    content = contents.begins(sentence, done, number)
    clause = content is not None and deed.group.stem in _speech("say")
    if not acts(sentence, deed) and not shapes_figure(sentence, deed):
        return []
    if subject is None or clause or deed.inverted or _is_behind(sentence, deed):
        return []
    if not _may_say(sentence[subject[0] : subject[1]], deed):
        return []
    if deed.named.kind == "unknown" or deed.group.end >= len(sentence):
        return []
    first = deed.group.start if deed.shared else min(subject[0], deed.group.start)
    own = Span(start=sentence[first].start, end=sentence[deed.group.end - 1].end)
    scope = leading(sentence, first, deed.group.end)
    scope = up_to(scope, sentence, next_saying(sentence, done, number))
    cue = text_between(document, sentence[deed.group.start], sentence[deed.group.end - 1])
    at = span_of(sentence[subject[0] : subject[1]])
    return [Saying(deed.named, at, cue, own, scope, MAIN, "say")]


def _is_behind(sentence: Sequence[Word], deed: Deed) -> bool:
    """Whether the source stands behind what it says: "..., the government promised."."""
    first = min(deed.subject[0], deed.group.start) if deed.subject else deed.group.start
    trails = _trails(sentence, first, max(deed.group.end, deed.subject[1] if deed.subject else 0))
    following = sentence[deed.group.end] if deed.group.end < len(sentence) else None
    return trails and (following is None or following.tag == "mark") and not deed.shared


def _trails(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Whether the source stands behind what it says, or in commas inside it."""
    last += last < len(sentence) and sentence[last].lower == "out"  # "it points out"
    if first > 1 and sentence[first - 1].lower == "as" and sentence[first - 2].text == ",":
        return True
    inside = first > 0 and last < len(sentence)
    inside = inside and sentence[first - 1].text == "," and sentence[last].text == ","
    return inside or closes_speech(sentence, first)


def _may_say(phrase: Sequence[Word], deed: Deed) -> bool:
    """Whether the subject is a source: no "we", and no mere thing that "suggests" something."""
    if not can_act(phrase) or phrase[0].lower in ("we", "you", "i"):
        return False
    if deed.relative and not deeds.is_name(phrase):
        return False
    thing = deed.named.kind == "person" and phrase[0].tag != "pron" and not deeds.is_name(phrase)
    thing = thing and not any(singular(word.lower) in words("persons") for word in phrase)
    return not (thing and deed.group.stem in _speech("of_things"))


def _listener(
    document: Document, sentence: Sequence[Word], group: Group, main: Saying
) -> list[Saying]:
    """The news medium that was told: it stands outside the one who told it."""
    if group.stem != "tell":
        return []
    phrase = phrases.after(sentence, group.end)
    if phrase is None:
        return []
    start, end = sentence[phrase[0]].start, sentence[phrase[1] - 1].end
    media = [
        (span, e) for span, e in actors.matches(document.text, start, end) if e.kind == "agency"
    ]
    if not media or media[0][0].start - start > 4:
        return []
    span = media[0][0]
    named = Named(span.of(document.text), "agency")
    own = Span(start=main.own.start, end=span.end)
    return [Saying(named, span, "told", own, main.scope, OUTER, "tell")]


def _continuing(
    document: Document,
    sentence: Sequence[Word],
    done: Sequence[Deed],
    number: int,
    sofar: Sequence[Saying],
) -> list[Saying]:
    """ "..., adding that ...": the same speaker, or the subject of the main verb."""
    group, word = done[number].group, sentence[done[number].group.start]
    if word.tag != "gerund" or group.start == 0:
        return []
    if sentence[group.start - 1].text not in (",", "and"):
        return []
    content = contents.begins(sentence, done, number)
    named = sofar[-1].named if sofar else done[number].named
    if content is None or named.kind == "unknown":
        return []
    own = Span(start=word.start, end=sentence[group.end - 1].end)
    scope = leading(sentence, group.start, content)
    return [Saying(named, own, word.text, own, scope, MAIN, group.stem)]


def _passive(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
    """ "is believed to", "was quoted by X as saying": hearsay, with the agent if one is named."""
    group = deed.group
    quoted = group.stem in ("quote", "cite")
    following = sentence[group.end].lower if group.end < len(sentence) else ""
    told = group.stem in ("tell", "inform") and following == "by"
    told = told or (group.stem in _FIGURED and following == "at")
    hearsay = told or group.stem in _REPORTED and following in ("to", "that", "by", "as")
    if group.negated or not (hearsay or quoted):
        return []
    first = deed.subject[0] if deed.subject else group.start
    clause = Span(start=sentence[first].start, end=sentence[-1].end)
    cue = text_between(document, sentence[group.start], sentence[group.end - 1])
    own = Span(start=sentence[group.start].start, end=sentence[group.end - 1].end)
    agent = None
    near = range(group.end, min(len(sentence), group.end + (_AGENT if following == "at" else 1)))
    by = next((at for at in near if sentence[at].lower == "by"), None)
    if by is not None:
        agent = phrases.after(sentence, by + 1)
    found: list[Saying] = []
    if agent is not None:
        phrase = sentence[agent[0] : agent[1]]
        named = name_of(document, phrase, Memory())
        found.append(Saying(named, span_of(phrase), cue, own, clause, OUTER, group.stem))
    if quoted and deed.subject is not None:
        at = span_of(sentence[deed.subject[0] : deed.subject[1]])
        found.append(Saying(deed.named, at, cue, own, clause, MAIN, "say"))
    if agent is None and not quoted:
        found.append(Saying(UNKNOWN, own, cue, own, clause, INNER, group.stem))
    return found


def _quoting(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
    """ "The agency quoted the minister as saying that ...": both are links of the chain."""
    group, subject = deed.group, deed.subject
    found = phrases.after(sentence, group.end) if subject and group.finite else None
    if subject is None or found is None or found[1] + 2 >= len(sentence):
        return []
    if [word.lower for word in sentence[found[1] : found[1] + 2]] != ["as", "saying"]:
        return []
    inner = sentence[found[0] : found[1]]
    own = Span(start=sentence[subject[0]].start, end=sentence[found[1] + 1].end)
    scope = leading(sentence, subject[0], found[1] + 2)
    cue = text_between(document, sentence[group.start], sentence[group.end - 1])
    outer = span_of(sentence[subject[0] : subject[1]])
    named = name_of(document, inner, Memory())
    return [
        Saying(deed.named, outer, cue, own, scope, OUTER, group.stem),
        Saying(named, span_of(inner), "saying", own, scope, MAIN, "say"),
    ]


def _of_phrases(document: Document, sentence: Sequence[Word], memory: Memory) -> Iterator[Saying]:
    """Sources without a verb of saying: "according to", "citing", "a briefing by", "reportedly"."""
    for at, word in enumerate(sentence):
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        if word.lower == "according" and following is not None and following.lower == "to":
            yield from _prepositional(document, sentence, at, at + 2, memory, OUTER)
        elif word.lower == "citing":
            yield from _prepositional(document, sentence, at, at + 1, memory, INNER)
        elif (
            word.lower in words("briefings")
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
    own = Span(start=sentence[cue].start, end=inside[-1].end)
    if cue <= 1 and phrase[1] < len(sentence):
        scope = leading(sentence, phrase[1], phrase[1])
    else:
        scope = whole(sentence, cue, phrase[1])
    named = name_of(document, inside, memory)
    cue_text = text_between(document, sentence[cue], sentence[start - 1])
    yield Saying(named, span_of(inside), cue_text, own, scope, rank, "say")

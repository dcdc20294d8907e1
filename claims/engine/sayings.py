"""Who says what in one sentence: each source with the words that name it and the stretch it answers
for.

A source can stand before what it says ("the mayor said the bridge is closed"), after it ("...,
the mayor said") or in the middle; a saying inside a saying is nested in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import actors, contents, deeds, hearsay, outlets, phrases, source_phrases, tables
from claims.engine.deeds import Deed, can_act
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import singular, words
from claims.engine.memory import Named
from claims.engine.mentions import closes_speech, is_name
from claims.engine.parts import VERBAL, Word
from claims.engine.readings import Document, Span
from claims.engine.saying import INNER, MAIN, OUTER, Saying
from claims.engine.speech_acts import acts, shapes_figure
from claims.engine.speech_scopes import leading, next_saying, span_of, text_between, up_to, whole

_IN_MIND = frozenset({"think", "believe", "suggest", "find", "show"})


def _speech(name: str) -> frozenset[str]:
    return tables.words("speech", name)


def read(document: Document, number: int) -> list[Saying]:
    """The sayings of one sentence in text order."""
    sentence = tagged(document)[number]
    done = deeds.read(document)[number]
    found: list[Saying] = []
    for at in range(len(done)):
        found += _of_verb(document, sentence, done, at, found)
    found += source_phrases.read(document, number)
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
    found = _acted(document, sentence, done, number) or hearsay.heard(document, sentence, deed)
    found = found or hearsay.turned(document, sentence, deed)
    if found := found or _what_is_said(sentence, deed):
        return found
    says = group.stem in _speech("say") | _speech("gives_object") | contents.OTHER_CUES
    if not says and not _goes_on_to_say(sentence, group):
        return []
    if group.passive or group.stem in ("quote", "cite"):
        read_as = hearsay.passive if group.passive else hearsay.quoting
        return read_as(document, sentence, deed)
    if group.negated or group.modal or _is_label(sentence, subject):
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
    may_trail = group.stem in _speech("trailing") or not says
    trailing = not idle and may_trail and _trails(sentence, first, last)
    trailing = trailing and not (group.stem in _IN_MIND and _goes_on(sentence, group))
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


def _what_is_said(sentence: Sequence[Word], deed: Deed) -> list[Saying]:
    """ "Sixty are missing: that is what the chief says": all that stands before it."""
    subject, group = deed.subject, deed.group
    if subject is None or not subject[0] >= 3 or group.stem not in _speech("trailing"):
        return []
    lead = [word.lower for word in sentence[subject[0] - 3 : subject[0]]]
    if lead[0] not in ("that", "this") or lead[2] != "what" or sentence[subject[0] - 2].tag != "be":
        return []
    first = subject[0] - 3
    own = Span(start=sentence[first].start, end=sentence[group.end - 1].end)
    scope = Span(start=sentence[0].start, end=sentence[max(first - 1, 0)].end)
    at = span_of(sentence[subject[0] : subject[1]])
    return [Saying(deed.named, at, "says", own, scope, MAIN, "say")]


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


def _is_label(sentence: Sequence[Word], subject: tuple[int, int] | None) -> bool:
    """Whether the subject is what somebody calls a thing: "rejected as rumour reports that"."""
    if subject is None or subject[0] < 2 or subject[1] - subject[0] > 1:
        return False
    label, before = sentence[subject[0]], sentence[subject[0] - 2]
    named = label.tag == "noun" and not label.lower.endswith("s")
    return named and sentence[subject[0] - 1].lower == "as" and before.tag in VERBAL


def _goes_on_to_say(sentence: Sequence[Word], group: Group) -> bool:
    """ "..., the statement goes on": the one who spoke before says more."""
    on = group.end < len(sentence) and sentence[group.end].lower == "on"
    behind = sentence[group.end + 1] if group.end + 1 < len(sentence) else None
    return group.stem == "go" and on and (behind is None or behind.tag == "mark")


def _goes_on(sentence: Sequence[Word], group: Group) -> bool:
    """ "..., buyers think twice": the verb has more to tell."""
    return group.end < len(sentence) and sentence[group.end].tag != "mark"


def _is_behind(sentence: Sequence[Word], deed: Deed) -> bool:
    """Whether the source stands behind what it says: "..., the government promised."."""
    first = min(deed.subject[0], deed.group.start) if deed.subject else deed.group.start
    trails = _trails(sentence, first, max(deed.group.end, deed.subject[1] if deed.subject else 0))
    following = sentence[deed.group.end] if deed.group.end < len(sentence) else None
    return trails and (following is None or following.tag == "mark") and not deed.shared


def _trails(sentence: Sequence[Word], first: int, last: int) -> bool:
    """Whether the source stands behind what it says, or in commas inside it."""
    # "it points out", "the letter goes on"
    last += last < len(sentence) and sentence[last].lower in ("out", "on")
    if first > 1 and sentence[first - 1].lower == "as" and sentence[first - 2].text == ",":
        return True
    inside = first > 0 and last < len(sentence)
    inside = inside and sentence[first - 1].text == "," and sentence[last].text == ","
    return inside or closes_speech(sentence, first)


def _may_say(phrase: Sequence[Word], deed: Deed) -> bool:
    """Whether the subject is a source: no "we", and no mere thing that "suggests" something."""
    if not can_act(phrase) or phrase[0].lower in ("we", "you", "i"):
        return False
    if len(phrase) == 1 and phrase[0].lower in _speech("teaching"):
        return False  # "experience shows that"
    if deed.relative and not is_name(phrase):
        return False
    thing = deed.named.kind == "person" and phrase[0].tag != "pron" and not is_name(phrase)
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
    told = sentence[phrase[0] : phrase[1]]
    if outlets.is_own(document, told):
        return []
    if media and media[0][0].start - start <= 4:
        span = media[0][0]
    elif told[-1].tag == "name" and told[-1].lower in words("media_names"):
        span = span_of([word for word in told if word.tag == "name"])
    else:
        return []
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

"""What is told of what somebody says: "is believed to", "was quoted by X as saying"."""

from collections.abc import Sequence

from claims.engine import phrases, tables
from claims.engine.deeds import Deed
from claims.engine.memory import UNKNOWN, Memory
from claims.engine.mentions import is_name
from claims.engine.naming import name_of
from claims.engine.parts import Word
from claims.engine.readings import Document, Span
from claims.engine.saying import INNER, MAIN, OUTER, Saying
from claims.engine.speech_scopes import leading, span_of, text_between, whole

_REPORTED = frozenset(
    {"report", "say", "believe", "think", "understand", "allege", "rumour", "rumor", "estimate"}
)
_FIGURED = frozenset({"estimate", "put", "reckon"})
_HEARD = frozenset("court jury inquest inquiry tribunal hearing panel parliament committee".split())
_AGENT = 8


def passive(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
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


def turned(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
    """ "The report was dismissed by the ministry as a rumour": who is named has spoken."""
    group = deed.group
    acts = tables.words("speech", "acts") | tables.words("speech", "naming")
    if not group.passive or group.negated or group.modal or group.stem not in acts:
        return []
    if group.end + 1 >= len(sentence) or sentence[group.end].lower != "by":
        return []
    agent = phrases.after(sentence, group.end + 1)
    if agent is None or not is_name(sentence[agent[0] : agent[1]]):
        return []
    phrase = sentence[agent[0] : agent[1]]
    behind = sentence[agent[1]].lower if agent[1] < len(sentence) else ""
    if group.stem in tables.words("speech", "naming") and behind != "as":
        return []  # "called by the mayor", but "described by the mayor as"
    first = deed.subject[0] if deed.subject else group.start
    clause = Span(start=sentence[first].start, end=sentence[-1].end)
    own = Span(start=sentence[group.start].start, end=phrase[-1].end)
    cue = text_between(document, sentence[group.start], sentence[group.end - 1])
    named = name_of(document, phrase, Memory())
    return [Saying(named, span_of(phrase), cue, own, clause, MAIN, group.stem)]


def quoting(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
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


def heard(document: Document, sentence: Sequence[Word], deed: Deed) -> list[Saying]:
    """ "The court heard that ...": somebody told it, nobody knows who."""
    group, subject = deed.group, deed.subject
    if group.stem != "hear" or subject is None or group.passive or not group.finite:
        return []
    if sentence[subject[1] - 1].lower not in _HEARD:
        return []
    own = Span(start=sentence[subject[0]].start, end=sentence[group.end - 1].end)
    behind = sentence[group.end] if group.end < len(sentence) else None
    ends = behind is None or behind.tag == "mark"
    if behind is not None and behind.tag == "that":
        scope = leading(sentence, subject[0], group.end)
    elif subject[0] and sentence[subject[0] - 1].text == "," and ends:
        scope = whole(sentence, subject[0], group.end)
    else:
        return []
    cue = text_between(document, sentence[group.start], sentence[group.end - 1])
    return [Saying(UNKNOWN, own, cue, own, scope, INNER, "hear")]

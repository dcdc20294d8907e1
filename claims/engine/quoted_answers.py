"""Answers inside what somebody is quoted with: "Reports of a sale are wrong", "We made no offer".

The one who is quoted is the responder. Only flat words count: a saying called false, or a deed of
one's own that one says was never done.
"""

from collections.abc import Iterator, Sequence

from claims.engine import attribution, deeds, tables
from claims.engine.deeds import Deed
from claims.engine.grammar import tagged
from claims.engine.naming import actor_of
from claims.engine.parts import Word
from claims.engine.readings import Act, Document, Response
from claims.engine.saying import Saying

_WE = frozenset({"we", "i"})
_SELF = frozenset({"it", "they", "he", "she"})
_DONE = frozenset({"did", "didn't", "have", "haven't", "had", "hadn't", "was", "wasn't", "were"})
_DONE_SELF = _DONE | {"has", "hasn't"}
_NEVER = frozenset({"never", "not", "no"})
_WHAT_IS_SAID = frozenset({"it", "this", "that", "these", "those"})
_REACH = 6
_MOST_SAYINGS = 100  # of one sentence, so that a hostile one costs no more than its length


def _words(key: str) -> frozenset[str]:
    return tables.words("responses", key)


def read(document: Document, number: int) -> Iterator[Response]:
    """The answers in what is said in one sentence, whose speakers give them."""
    sayings = attribution.found(document)[number][:_MOST_SAYINGS]
    if not sayings:
        return
    sentence = tagged(document)[number]
    for deed in deeds.read(document)[number]:
        speaker = _speaker(sayings, sentence[deed.group.start].start)
        act = None if speaker is None else _act(sentence, deed, speaker)
        if speaker is not None and act is not None:
            first = deed.subject[0] if deed.subject else deed.group.start
            start = sentence[min(first, deed.group.start)].start
            end = sentence[deed.group.end - 1].end
            yield Response(start=start, end=end, actor=actor_of(speaker.named), act=act)
    for at in range(1, len(sentence)):
        short = _in_few_words(sentence, at)
        speaker = _speaker(sayings, sentence[at].start) if short else None
        if short and speaker is not None:
            start, end = sentence[at - 1].start, sentence[at].end
            yield Response(start=start, end=end, actor=actor_of(speaker.named), act=short)


def _speaker(sayings: Sequence[Saying], place: int) -> Saying | None:
    """The one whose words stand here; nobody of those whom the report leaves unnamed."""
    holding = [each for each in sayings if each.scope.start <= place < each.scope.end]
    named = [each for each in holding if each.named.kind in ("person", "institution")]
    return named[-1] if named else None


def _in_few_words(sentence: Sequence[Word], at: int) -> Act | None:
    """ "no comment", "no truth in it", "nothing to add", "completely without foundation"."""
    before, word = sentence[at - 1].lower, sentence[at].lower
    following = sentence[at + 1].lower if at + 1 < len(sentence) else ""
    if before == "no" and word in _words("grounds"):
        return "denied" if following in ("in", "to", "for", "behind", "whatsoever") else None
    if before == "without" and word in _words("grounds"):
        return "denied"
    if before == "no" and word == "comment":
        return "declined"
    more = following in ("say", "add") and before == "nothing" and word == "to"
    return "declined" if more else None


def _act(sentence: Sequence[Word], deed: Deed, speaker: Saying) -> Act | None:
    group = deed.group
    if not group.finite or deed.relative:
        return None
    phrase = sentence[deed.subject[0] : deed.subject[1]] if deed.subject else ()
    if not phrase and group.start and sentence[group.start - 1].tag == "that":
        phrase = sentence[group.start - 1 : group.start]  # "That is not true"
    if not phrase:
        return None
    if group.stem == "be" and not group.modal or group.passive and not group.negated:
        return _about_what_is_said(sentence, deed, phrase)
    first = phrase[0].lower
    mine = first in _SELF and not deed.shared
    mine = mine and actor_of(deed.named) == actor_of(speaker.named)
    if first not in _WE and not mine:
        return None
    if group.stem == "confirm" and first in _WE and not group.negated:
        return "confirmed"
    if group.stem in ("comment", "discuss") and group.negated:
        return "declined"
    if group.modal or group.stem in _words("mental") | _words("undecided"):
        return None
    if first in _WE and _will_not_comment(sentence, deed):
        return "declined"
    inside = [word.lower for word in sentence[max(0, group.start - 4) : group.end]]
    done = bool((_DONE_SELF if mine else _DONE) & {*inside}) or "never" in inside
    refused = group.negated or bool(_NEVER & {*inside})
    return "denied" if refused and done else None


def _will_not_comment(sentence: Sequence[Word], deed: Deed) -> bool:
    """ "I am not going to comment", "we are not commenting"."""
    behind = sentence[deed.group.start : deed.group.end + 3]
    return deed.group.negated and any(word.stem == "comment" for word in behind)


def _about_what_is_said(sentence: Sequence[Word], deed: Deed, phrase: Sequence[Word]) -> Act | None:
    """ "The reports are false", "this is not the case", "it is true that we were late"."""
    group = deed.group
    lowers = [word.lower for word in phrase]
    said = any(word in _words("sayings") | _words("shown") for word in lowers)
    pointed = len(phrase) == 1 and lowers[0] in _WHAT_IS_SAID
    behind = [word.lower for word in sentence[group.end - group.passive : group.end + 3]]
    if not said and not pointed:
        return _will_not(sentence, deed, lowers)
    if not group.negated:
        if any(word in _words("false") for word in behind):
            return "denied"
        admits = lowers == ["it"] and behind[:1] == ["true"]
        return "confirmed" if admits else None
    near = [word.lower for word in sentence[group.end : group.end + 3]]
    true = any(word in _words("true") for word in near) or near[:2] == ["the", "case"]
    return "denied" if true else None


def _will_not(sentence: Sequence[Word], deed: Deed, lowers: Sequence[str]) -> Act | None:
    silent = lowers[:1] and lowers[0] in _WE and _will_not_comment(sentence, deed)
    return "declined" if silent else None

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
from claims.engine.sayings import Saying

_WE = frozenset({"we", "i"})
_DONE = frozenset({"did", "didn't", "have", "haven't", "had", "hadn't", "was", "wasn't", "were"})
_NEVER = frozenset({"never", "not", "no"})
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
        act = _act(sentence, deed)
        if act is None or deed.subject is None:
            continue
        speaker = _speaker(sayings, sentence[deed.group.start].start)
        if speaker is not None:
            start = sentence[min(deed.subject[0], deed.group.start)].start
            end = sentence[deed.group.end - 1].end
            yield Response(start=start, end=end, actor=actor_of(speaker.named), act=act)


def _speaker(sayings: Sequence[Saying], place: int) -> Saying | None:
    """The one whose words stand here; nobody of those whom the report leaves unnamed."""
    holding = [each for each in sayings if each.scope.start <= place < each.scope.end]
    named = [each for each in holding if each.named.kind in ("person", "institution")]
    return named[-1] if named else None


def _act(sentence: Sequence[Word], deed: Deed) -> Act | None:
    group = deed.group
    if deed.subject is None or not group.finite or deed.relative:
        return None
    phrase = sentence[deed.subject[0] : deed.subject[1]]
    behind = sentence[group.end : group.end + _REACH]
    if group.stem == "be" and not group.negated and not group.modal:
        said = any(word.lower in _words("sayings") for word in phrase)
        false = any(word.lower in _words("false") for word in behind[:3])
        return "denied" if said and false else None
    if phrase[0].lower not in _WE or group.modal or group.stem in _words("mental"):
        return None
    inside = [word.lower for word in sentence[max(0, group.start - 4) : group.end]]
    done = bool(_DONE & {*inside}) or "never" in inside
    refused = group.negated or bool(_NEVER & {*inside})
    if not refused or not done:
        return None
    return "declined" if group.stem in ("comment", "discuss") else "denied"

"""Answers that are none: comment declined, calls not returned, nobody who could be reached.

Declined is who says that nothing will be said; silent is who does not answer at all.
"""

from collections.abc import Iterator, Sequence

from claims.engine import deeds, phrases, tables
from claims.engine.deeds import Deed
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.mentions import is_name
from claims.engine.naming import actor_of, name_of
from claims.engine.parts import Word
from claims.engine.readings import Act, Document, Response

_UNWILLING = frozenset({"would", "will", "wouldn't", "won't"})
_NO_PERSON = frozenset({"nobody", "none"})
_AT = frozenset({"at", "from", "of", "in"})
_REACH = 8
_MOST_PHRASES = 20  # of one sentence, so that a hostile one costs no more than its length


def _words(key: str) -> frozenset[str]:
    return tables.words("responses", key)


def declined(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> tuple[Act | None, int]:
    """ "declined to comment", "refused to be drawn", and "did not decline" as no act at all.

    The second value is how many of the verbs after it belong to the act.
    """
    group, following = done[at].group, done[at + 1].group
    near = following.start - group.end <= 2 and sentence[following.start].tag in (
        "to",
        "infinitive",
    )
    unwilling = group.stem in _words("wish")
    if group.negated != unwilling:
        return None, 0
    if not near:
        return (None if unwilling else _declined_thing(sentence, group)), 0
    asked = following.passive and following.stem in ("draw", "interview", "quote")
    if following.stem not in _words("answering") and not asked:
        return None, 0
    return ("did_not_deny" if following.stem in _words("deny") else "declined"), 1


def of_pair(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> Act | None:
    """ "has yet to respond", "failed to reply", "stopped short of denying"; None for others."""
    group, following = done[at].group, done[at + 1].group
    if following.start - group.end > 3 or group.negated:
        return None
    between = [word.lower for word in sentence[group.end : following.start + 1]]
    if group.stem in _words("choose") and between[:1] == ["not"] and not group.modal:
        return "declined" if following.stem in _words("answering") else None
    replies = following.stem in _words("reply") or _returns(sentence, following)
    if group.stem == "have" and sentence[group.end - 1].lower == "yet" and replies:
        return "silent"
    if group.stem == "have" and "yet" in between and replies:
        return "silent"
    if group.stem in _words("fail") and replies and _asked(sentence, following.end):
        return "silent"
    short = group.stem == "stop" and between[:2] == ["short", "of"]
    if short and following.stem in _words("deny"):
        return "did_not_deny"
    return "neither" if short and following.stem == "confirm" else None


def of_verb(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """ "did not respond", "remained silent", "made no comment", "would not say"."""
    group = deed.group
    tail = sentence[group.end : group.end + 6]
    lowers = [word.lower for word in tail]
    if group.negated and group.modal in _UNWILLING and group.stem in _words("withheld"):
        return None if group.stem == "be" else "declined"
    if group.stem in _words("reply") and group.negated:
        unable = group.modal in ("could", "can", "cannot") and group.stem == "comment"
        if group.modal in _UNWILLING or unable:
            return "declined"
        return "silent" if _asked(sentence, group.end) else None
    if _returns(sentence, group):
        return "silent" if group.negated else None
    named = deed.subject is not None and is_name(sentence[deed.subject[0] : deed.subject[1]])
    if named and group.stem in _words("stay") and any(w in _words("silence") for w in lowers):
        return None if group.negated else "silent"
    if group.stem in ("make", "give", "issue", "offer", "have") and _no_word(sentence, group):
        pending = "immediate" in lowers[:3]
        return "declined" if group.stem == "have" and not pending else "silent"
    if group.stem == "be":
        return _is_unable(lowers, negated=group.negated)
    if group.stem == "say" and lowers[:1] == ["nothing"]:
        return "silent"
    return _turned_away(sentence, group)


def of_passive(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """ "could not be reached", "would not be drawn"."""
    group = deed.group
    if group.stem == "reach" and group.negated and group.modal in ("could", "can", "cannot"):
        return "silent"
    drawn = group.stem in ("draw", "interview") and group.negated
    return "declined" if drawn and group.modal in _UNWILLING else None


def of_phrases(document: Document, number: int) -> Iterator[Response]:
    """Silence told of the question: "no comment from the firm", "calls to it went unanswered"."""
    sentence = tagged(document)[number]
    left = _MOST_PHRASES
    for at, word in enumerate(sentence):
        start = _no_answer_from(sentence, at) or _unanswered(sentence, at)
        start = start or _nobody_at(sentence, at) or _neither_of(sentence, at)
        found = phrases.after(sentence, start) if start and left else None
        if found is None:
            continue
        left -= 1
        named = name_of(document, sentence[found[0] : found[1]], deeds.memory(document, number))
        if named.kind not in ("unknown", "document"):
            end = sentence[found[1] - 1].end
            yield Response(start=word.start, end=end, actor=actor_of(named), act="silent")


def _declined_thing(sentence: Sequence[Word], group: Group) -> Act | None:
    """ "declined an interview", "refused our request for comment"."""
    found = phrases.after(sentence, group.end)
    inside = sentence[found[0] : found[1]] if found else ()
    asked = _words("answers") | {"interview", "interviews"}
    return "declined" if any(word.lower in asked for word in inside) else None


def _turned_away(sentence: Sequence[Word], group: Group) -> Act | None:
    """ "ignored requests", "left it unanswered", "referred questions to", "turned down"."""
    if group.negated or group.modal:
        return None
    near = [word.lower for word in sentence[group.end : group.end + _REACH]]
    messages = any(word in _words("messages") for word in near[:4])
    if group.stem == "leave" and any(word in _words("unanswered") for word in near):
        return "silent"
    if group.stem in _words("ignore") and messages:
        return "silent"
    if group.stem in _words("dodge") and messages:
        return "declined"
    if group.stem in _words("refer") and messages and "to" in near:
        return "declined"
    if group.stem == "withhold" and "comment" in near[:3]:
        return "declined"
    if group.stem in _words("decline") or (group.stem == "turn" and near[:1] == ["down"]):
        start = group.end + (group.stem == "turn")
        return _declined_thing(sentence, Group(0, start, "", False, False, "", True))
    return None


def _returns(sentence: Sequence[Word], group: Group) -> bool:
    """Whether a call or a message is, or is not, returned."""
    if group.stem not in _words("give_back"):
        return False
    near = sentence[group.end : group.end + 5]
    return any(word.lower in _words("messages") for word in near)


def _is_unable(lowers: Sequence[str], *, negated: bool) -> Act | None:
    """ "was not available for comment", "was unable to comment"."""
    asked = "comment" in lowers or "interview" in lowers
    if asked and ("unavailable" in lowers or (negated and "available" in lowers)):
        return "silent"
    unable = "unable" in lowers[:2] or (negated and "able" in lowers[:2])
    return "declined" if unable and "comment" in lowers else None


def _asked(sentence: Sequence[Word], start: int) -> bool:
    """Whether nothing but a question was left without reply: not "did not respond to drugs"."""
    if start >= len(sentence) or sentence[start].lower not in ("to", "on"):
        return True
    return any(word.lower in _words("asked") for word in sentence[start : start + 8])


def _no_word(sentence: Sequence[Word], group: Group) -> bool:
    near = sentence[group.end : group.end + 5]
    empty = group.negated or any(word.lower == "no" for word in near[:2])
    return empty and any(word.lower in _words("answers") for word in near)


def _no_answer_from(sentence: Sequence[Word], at: int) -> int:
    """Where the silent one stands in "There was no immediate comment (available) from X"; or 0."""
    if sentence[at].lower not in _words("answers"):
        return 0
    if not any(before.lower == "no" for before in sentence[max(0, at - 3) : at]):
        return 0
    for place in range(at + 1, min(at + 4, len(sentence) - 1)):
        if sentence[place].lower in ("from", "by"):
            return place + 1
        if sentence[place].tag != "be" and sentence[place].lower not in (
            "available",
            "forthcoming",
        ):
            return 0
    return 0


def _unanswered(sentence: Sequence[Word], at: int) -> int:
    """Where the silent one stands in "Calls to the firm went unanswered"; or 0."""
    if sentence[at].lower not in _words("messages"):
        return 0
    behind = sentence[at + 1 : at + 2 * _REACH]
    open_ = any(word.lower in _words("unanswered") for word in behind)
    stem = next((n for n, w in enumerate(behind) if w.stem in _words("give_back")), None)
    open_ = open_ or (stem is not None and any(w.tag == "not" for w in behind[:stem]))
    to = (n for n, word in enumerate(behind) if word.lower in ("to", "with"))
    place = next(to, None)
    return at + 2 + place if open_ and place is not None else 0


def _nobody_at(sentence: Sequence[Word], at: int) -> int:
    """Where the silent one stands in "Nobody at the firm could be reached"; or 0."""
    one = sentence[at].lower in _NO_PERSON or (
        sentence[at].lower == "one" and at > 0 and sentence[at - 1].lower == "no"
    )
    if not one or at + 2 >= len(sentence) or sentence[at + 1].lower not in _AT:
        return 0
    behind = {word.lower for word in sentence[at + 2 : at + 2 + _REACH]}
    away = "reached" in behind or "comment" in behind or "answered" in behind
    return at + 2 if away else 0


def _neither_of(sentence: Sequence[Word], at: int) -> int:
    """Where one of the silent ones stands in "Neither the firm nor the city replied"; or 0."""
    if sentence[at].lower not in ("neither", "nor") or at + 1 >= len(sentence):
        return 0
    verb = next((w for w in sentence[at + 1 : at + 2 * _REACH] if w.tag in ("verb", "have")), None)
    later = sentence[at + 1 : at + 2 * _REACH]
    told = verb is not None and any(w.stem in _words("reply") - {"react"} for w in later)
    return at + 1 if told and later[0].tag in ("det", "name", "noun") else 0

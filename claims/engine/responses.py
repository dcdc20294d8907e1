"""What a responder did about something said of them: denied it, confirmed it, or kept silent.

The responder is part of the act: a company's silence never meets a regulator's denial.
"Confirmed that" about others is attribution, not an answer.
"""

from collections.abc import Iterator, Sequence

from claims.engine import actors, deeds, phrases, quoted_answers, tables
from claims.engine.deeds import Deed
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.naming import Memory, Named, actor_of, name_of
from claims.engine.parts import Word
from claims.engine.readings import Act, Document, Response, Span

_NOBODY = frozenset(("no one", "nobody", "none", "few", "neither side"))
_REACH = 12


def _words(key: str) -> frozenset[str]:
    return tables.words("responses", key)


def read(document: Document) -> list[tuple[Response, ...]]:
    """The answers given in each clause, aligned with `document.clauses`."""
    per_clause: list[list[Response]] = [[] for _ in document.clauses]
    by_sentence: dict[int, list[int]] = {}
    for clause in document.clauses:
        by_sentence.setdefault(clause.sentence, []).append(clause.index)
    for number, indices in by_sentence.items():
        for response in _of_sentence(document, number):
            home = [at for at in indices if document.clauses[at].covers(_point(response))]
            for at in home[:1]:
                if not _already(per_clause[at], response):
                    per_clause[at].append(response)
    return [tuple(each) for each in per_clause]


def _point(response: Response) -> Span:
    return Span(start=response.start, end=response.start + 1)


def _already(found: Sequence[Response], new: Response) -> bool:
    return any(each.actor == new.actor and each.act == new.act for each in found)


def _of_sentence(document: Document, number: int) -> Iterator[Response]:
    sentence = tagged(document)[number]
    done = deeds.read(document)[number]
    skip = -1
    for at, deed in enumerate(done):
        if at <= skip:
            continue
        act, used = _act(document, sentence, done, at)
        if act is None or not _can_answer(deed.named):
            continue
        skip = at + used
        last = done[min(at + used, len(done) - 1)].group
        start = sentence[deed.group.start].start
        yield Response(
            start=start, end=sentence[last.end - 1].end, actor=actor_of(deed.named), act=act
        )
    yield from _no_answer_from(document, sentence)
    yield from quoted_answers.read(document, number)


def _can_answer(named: Named) -> bool:
    return (
        named.kind in ("person", "institution", "agency", "anonymous") and named.name != "unknown"
    )


def _act(
    document: Document, sentence: Sequence[Word], done: Sequence[Deed], at: int
) -> tuple[Act | None, int]:
    """The act of a verb, and how many of the verbs after it belong to the same act."""
    deed = done[at]
    group = deed.group
    if not group.finite or (group.passive and group.stem != "reach"):
        return None, 0
    pair = _neither(sentence, done, at)
    if pair:
        return "neither", pair
    following = done[at + 1].group if at + 1 < len(done) else None
    if following is not None and (
        group.stem in _words("decline") or (group.stem in _words("wish") and group.negated)
    ):
        return _declined(sentence, done, at)
    return _plain(document, sentence, deed), 0


def _plain(document: Document, sentence: Sequence[Word], deed: Deed) -> Act | None:
    """The act of a single verb with its object."""
    group = deed.group
    if group.stem in _words("deny"):
        if _head(sentence, group.end) in _words("refused_things"):
            return None
        return "did_not_deny" if group.negated else "denied"
    if group.stem in _words("dismiss") and _is_said(sentence, group.end):
        act: Act = "denied" if group.stem in ("reject", "dispute") else "dismissed"
        return "did_not_deny" if group.negated else act
    if group.stem in _words("call") and not group.negated and _calls_false(sentence, group.end):
        return "dismissed"
    if group.stem in _words("admit") and not group.negated and not group.modal:
        given = _head(sentence, group.end) in _words("refused_things")
        return None if given else "confirmed"
    if group.stem in _words("confirm"):
        return _confirmed(document, sentence, deed)
    return _silent(sentence, deed)


def _neither(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> int:
    """How many further verbs make up "neither confirmed nor denied"; 0 if that is not said."""
    following = done[at + 1 : at + 3]
    start, end = done[at].group.start, following[-1].group.end if following else 0
    stems = [done[at].group.stem, *(deed.group.stem for deed in following)]
    for used in range(1, len(stems)):
        pair = set(stems[: used + 1])
        if not (pair & _words("confirm") and pair & _words("deny")):
            continue
        near = sentence[max(0, start - 2) : end]
        negated = any(w.lower in ("neither", "nor") or w.tag == "not" for w in near)
        return used if negated or stems[0] in _words("decline") else 0
    return 0


def _declined(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> tuple[Act | None, int]:
    """ "declined to comment", and "did not decline" as no act at all."""
    group, following = done[at].group, done[at + 1].group
    near = following.start - group.end <= 2 and sentence[following.start].tag in (
        "to",
        "infinitive",
    )
    unwilling = group.stem in _words("wish")
    if group.negated != unwilling or not near or following.stem not in _words("answering"):
        return None, 0
    if following.stem in _words("deny"):
        return "did_not_deny", 1
    return "declined", 1


def _is_said(sentence: Sequence[Word], start: int) -> bool:
    """Whether the object is something said, or something called by another name with "as"."""
    near = _object(sentence, start)
    if any(word.lower in _words("sayings") for word in near):
        return True
    tail = sentence[start : start + _REACH]
    as_at = next((at for at, word in enumerate(tail) if word.lower == "as"), None)
    return as_at is not None and any(w.lower in _words("false") for w in tail[as_at : as_at + 5])


def _object(sentence: Sequence[Word], start: int) -> Sequence[Word]:
    start += start < len(sentence) and sentence[start].tag == "that"
    found = phrases.after(sentence, start)
    return sentence[found[0] : found[1]] if found else ()


def _head(sentence: Sequence[Word], start: int) -> str:
    inside = _object(sentence, start)
    head = phrases.head(inside)
    return inside[head].lower if head is not None else ""


def _calls_false(sentence: Sequence[Word], start: int) -> bool:
    """ "called the report baseless": a word for what is not true, before the clause ends."""
    for word in sentence[start : start + _REACH]:
        if word.lower in _words("false"):
            return True
        if word.tag in ("verb", "wh", "that") or word.text in (",", ";", "."):
            return False
    return False


def _confirmed(document: Document, sentence: Sequence[Word], deed: Deed) -> Act | None:
    """Confirmed, if what is confirmed is about the responder; "neither" when not confirmed."""
    group = deed.group
    if group.modal in ("could", "can", "cannot"):
        return None
    about_self = _about_self(document, sentence, deed)
    if group.negated or group.modal in ("would", "will"):
        return "declined" if group.modal else "neither"
    return "confirmed" if about_self else None


def _about_self(document: Document, sentence: Sequence[Word], deed: Deed) -> bool:
    inside = _object(sentence, deed.group.end)
    if not inside:
        return False
    if inside[0].lower in words("self_words") or any(
        word.lower in _words("sayings") for word in inside
    ):
        return True
    named = name_of(document, inside, Memory())
    mentions = actors.find(document.text, inside[0].start, inside[-1].end)
    mine = actor_of(deed.named)
    return actor_of(named) == mine or any(name == mine for _, name in mentions)


def _silent(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """ "did not respond", "remained silent", "made no comment", "could not be reached"."""
    group = deed.group
    tail = sentence[group.end : group.end + 6]
    if group.stem in _words("reply") and group.negated:
        if group.modal in ("would", "will"):
            return "declined"
        return "silent" if _asked(sentence, group.end) else None
    named = deed.subject is not None and deeds.is_name(sentence[deed.subject[0] : deed.subject[1]])
    if named and group.stem in _words("stay") and any(w.lower in _words("silence") for w in tail):
        return None if group.negated else "silent"
    if group.stem in ("make", "give", "issue", "offer", "have") and _no_word(sentence, group):
        return "silent" if group.stem != "have" else "declined"
    if group.stem == "be" and _unavailable(tail, negated=group.negated):
        return "silent"
    if group.stem == "say" and tail and tail[0].lower == "nothing":
        return "silent"
    if group.stem == "reach" and group.negated and group.modal == "could":
        return "silent"
    return None


def _unavailable(tail: Sequence[Word], *, negated: bool) -> bool:
    """ "was not available for comment"."""
    lowers = [word.lower for word in tail]
    asked = "comment" in lowers or "interview" in lowers
    return asked and ("unavailable" in lowers or (negated and "available" in lowers))


def _asked(sentence: Sequence[Word], start: int) -> bool:
    """Whether nothing but a question was left without reply: not "did not respond to drugs"."""
    if start >= len(sentence) or sentence[start].lower not in ("to", "on"):
        return True
    return any(word.lower in _words("asked") for word in sentence[start : start + 8])


def _no_word(sentence: Sequence[Word], group: Group) -> bool:
    near = sentence[group.end : group.end + 5]
    empty = group.negated or any(word.lower == "no" for word in near[:2])
    return empty and any(word.lower in _words("answers") for word in near)


def _no_answer_from(document: Document, sentence: Sequence[Word]) -> Iterator[Response]:
    """ "There was no immediate comment from the ministry"."""
    for at, word in enumerate(sentence):
        if word.lower not in _words("answers") or at + 2 >= len(sentence):
            continue
        if not any(before.lower == "no" for before in sentence[max(0, at - 3) : at]):
            continue
        if sentence[at + 1].lower not in ("from", "by"):
            continue
        found = phrases.after(sentence, at + 2)
        if found is not None:
            named = name_of(document, sentence[found[0] : found[1]], Memory())
            end = sentence[found[1] - 1].end
            yield Response(start=word.start, end=end, actor=actor_of(named), act="silent")

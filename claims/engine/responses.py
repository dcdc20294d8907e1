"""What a responder did about something said of them: denied it, confirmed it, or kept silent.

The responder is part of the act: a company's silence never meets a regulator's denial.
"Confirmed that" about others is attribution, not an answer.
"""

from collections.abc import Iterator, Sequence

from claims.engine import actors, deeds, phrases, quoted_answers, silences, tables, turned_down
from claims.engine.deeds import Deed
from claims.engine.grammar import tagged
from claims.engine.lexicon import words
from claims.engine.memory import Memory, Named
from claims.engine.naming import actor_of, name_of
from claims.engine.parts import Word
from claims.engine.readings import Act, Document, Response, Span

_AGENT_REACH = 10
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


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
        if turned := _in_passing(sentence, done, at):
            yield turned
            continue
        if deed.group.passive and (agent := _by_agent(document, sentence, done, at)):
            yield agent
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
    yield from silences.of_phrases(document, number)
    yield from quoted_answers.read(document, number)


def _can_answer(named: Named) -> bool:
    return (
        named.kind in ("person", "institution", "agency", "anonymous") and named.name != "unknown"
    )


def _in_passing(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> Response | None:
    """ "..., denying the claim, ...", "continues to deny it": an answer beside the main verb."""
    deed, before = done[at], done[at - 1] if at else None
    group = deed.group
    if group.finite or group.stem not in _words("deny") | _words("dismiss"):
        return None
    first = sentence[group.start]
    goes_on = before is not None and before.group.stem in _words("going_on")
    goes_on = goes_on and before is not None and before.group.end == group.start
    aside = first.tag == "gerund" and (group.start == 0 or sentence[group.start - 1].text == ",")
    if not goes_on and not aside:
        return None
    if group.stem in _words("dismiss") and not turned_down.is_answered(sentence, deed):
        return None
    actor = deed.named
    if group.start == 0:
        actor = next((each.named for each in done[at + 1 :] if each.group.finite), deed.named)
    if not _can_answer(actor):
        return None
    act: Act = "dismissed" if group.stem in _words("dismiss") - _words("denying") else "denied"
    return Response(
        start=first.start, end=sentence[group.end - 1].end, actor=actor_of(actor), act=act
    )


def _by_agent(
    document: Document, sentence: Sequence[Word], done: Sequence[Deed], at: int
) -> Response | None:
    """ "The claim was denied by the ministry": what stands behind "by" has answered."""
    pair = _neither(sentence, done, at)
    group = done[at + pair].group
    stop = min(group.end + _AGENT_REACH, len(sentence))
    if at + pair + 1 < len(done):
        stop = min(stop, done[at + pair + 1].group.start)
    by = next((n for n in range(group.end, stop) if sentence[n].lower == "by"), None)
    act: Act | None = "neither" if pair else _passive_act(sentence, done[at])
    found = None if by is None or act is None else phrases.after(sentence, by + 1)
    if found is None or act is None:
        return None
    named = name_of(document, sentence[found[0] : found[1]], Memory())
    if not _can_answer(named):
        return None
    start, end = sentence[done[at].group.start].start, sentence[found[1] - 1].end
    return Response(start=start, end=end, actor=actor_of(named), act=act)


def _passive_act(sentence: Sequence[Word], deed: Deed) -> Act | None:
    """The act of a verb whose subject is what was said."""
    group, said = deed.group, False
    if deed.subject is not None:
        # "assertions of some media about the annex were dismissed": the head may stand far ahead
        phrase = sentence[max(0, deed.subject[0] - _AGENT_REACH) : deed.subject[1]]
        said = any(word.lower in _words("sayings") for word in phrase)
    if group.stem in _words("deny"):
        return "did_not_deny" if group.negated else "denied"
    if group.stem in _words("dismiss") and (said or turned_down.is_said(sentence, group.end)):
        return "denied" if group.stem in _words("denying") else "dismissed"
    if group.stem in _words("call") and turned_down.calls_false(sentence, group.end):
        return "dismissed"
    return "confirmed" if group.stem in _words("confirm") and said else None


def _act(
    document: Document, sentence: Sequence[Word], done: Sequence[Deed], at: int
) -> tuple[Act | None, int]:
    """The act of a verb, and how many of the verbs after it belong to the same act."""
    deed = done[at]
    group = deed.group
    if not group.finite:
        return None, 0
    if group.passive:
        return silences.of_passive(sentence, deed), 0
    pair = _neither(sentence, done, at)
    if pair:
        return "neither", pair
    following = done[at + 1].group if at + 1 < len(done) else None
    if following is not None and (
        group.stem in _words("decline") or (group.stem in _words("wish") and group.negated)
    ):
        return silences.declined(sentence, done, at)
    if following is not None and (kept := silences.of_pair(sentence, done, at)):
        return kept, 1
    return _plain(document, sentence, deed), 0


def _plain(document: Document, sentence: Sequence[Word], deed: Deed) -> Act | None:
    """The act of a single verb with its object."""
    group = deed.group
    if group.stem in _words("deny"):
        if turned_down.head(sentence, group.end) in _words("refused_things") or turned_down.gives(
            sentence, group.end
        ):
            return None
        return "did_not_deny" if group.negated else "denied"
    if group.stem in _words("dismiss") and turned_down.is_answered(sentence, deed):
        act: Act = "denied" if group.stem in _words("denying") else "dismissed"
        return "did_not_deny" if group.negated else act
    if act_of_phrase := turned_down.phrasal(sentence, deed):
        return act_of_phrase
    if (
        group.stem in _words("call")
        and not group.negated
        and turned_down.calls_false(sentence, group.end)
    ):
        return "dismissed"
    if group.stem in _words("admit") and not group.negated and not group.modal:
        clause = group.end < len(sentence) and sentence[group.end].tag == "that"
        taken_in = turned_down.head(sentence, group.end) in _words("refused_things")
        return "confirmed" if clause or not taken_in else None
    if group.stem in _words("confirm"):
        return _confirmed(document, sentence, deed)
    return turned_down.owned(sentence, deed) or silences.of_verb(sentence, deed)


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
    """Whether the responder is in what is confirmed, or it is something said of them.

    "Confirmed the leak" answers a report of the leak; "confirmed two arrests" tells of them.
    """
    end = deed.group.end
    told = next(
        (n for n in range(end, min(end + 6, len(sentence))) if sentence[n].tag == "that"), 0
    )
    if any(word.lower in words("self_words") for word in sentence[told + 1 : told + 4] if told):
        return True
    inside = turned_down.object_of(sentence, end)
    if not inside:
        return False
    if inside[0].lower in words("self_words") or any(
        word.lower in _words("sayings") for word in inside
    ):
        return True
    counted = any(word.tag == "number" for word in inside)
    held = any(word.lower in words("titles") for word in inside)
    plain = sentence[end].lower in _DEFINITE and sentence[end].tag == "det"
    body = deed.named.kind == "institution" and not counted and not held
    if plain and body and not _has_verb_behind(sentence, end):
        return True
    named = name_of(document, inside, Memory())
    mentions = actors.find(document.text, inside[0].start, inside[-1].end)
    mine = actor_of(deed.named)
    return actor_of(named) == mine or any(name == mine for _, name in mentions)


def _has_verb_behind(sentence: Sequence[Word], start: int) -> bool:
    """Whether a clause follows and no mere object: "confirmed the bridge is closed"."""
    found = phrases.after(sentence, start)
    behind = sentence[found[1] : found[1] + 2] if found else ()
    return any(word.tag in ("verb", "be", "have", "modal", "do") for word in behind)

"""Each verb of a report with the one who does it: the subject found, shared or resolved from
before.

Attribution, responses and frames all start here, so that "it denied" has the same "it" in each
of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.engine import groups, phrases, roles, tables
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.memory import UNKNOWN, Memory, Named
from claims.engine.naming import name_of, noun_is_representative
from claims.engine.parts import Word
from claims.engine.readings import Document
from claims.engine.remembered import remembered

_QUOTE_MARKS = frozenset('"“”')
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
_NEAR = 6
_SPEECH_REACH = 80
_FINITE: frozenset[str] = frozenset({"verb", "be", "have", "modal", "do"})
_NO_ACTOR = frozenset({"which", "that", "who", "whom", "there", "what", "none", "this", "these"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb group with its subject's words and whom they name.

    `inverted`: the subject stands behind the verb. `shared`: it is that of the verb before.
    `relative`: the verb only describes its subject ("the men who fled").
    """

    group: Group
    subject: tuple[int, int] | None
    named: Named
    inverted: bool = False
    shared: bool = False
    relative: bool = False


def read(document: Document) -> tuple[tuple[Deed, ...], ...]:
    """The deeds of each sentence of a document, in order."""
    return _walk(document)[0]


def memory(document: Document, number: int) -> Memory:
    """Who had spoken and acted up to the end of a sentence, to resolve its other phrases by."""
    return _walk(document)[1][number]


@remembered
def _walk(document: Document) -> tuple[tuple[tuple[Deed, ...], ...], tuple[Memory, ...]]:
    known = Memory()
    found: list[tuple[Deed, ...]] = []
    memories: list[Memory] = []
    for sentence in tagged(document):
        found.append(tuple(_of_sentence(document, sentence, known)))
        memories.append(replace(known))
        _keep_sources(document, sentence, known)
    return tuple(found), tuple(memories)


def _keep_sources(document: Document, sentence: Sequence[Word], known: Memory) -> None:
    """Remember whom the sentence goes by: "according to the ministry"."""
    for at in range(len(sentence) - 2):
        if sentence[at].lower == "according" and sentence[at + 1].lower == "to":
            source = phrases.after(sentence, at + 2)
            _keep_source(document, sentence, source, known)
    for at in range(2, len(sentence) - 2):
        if sentence[at].lower == "so" and closes_speech(sentence, at):
            source = phrases.after(sentence, at + 1)
            if source is not None and source[1] >= len(sentence) - 1:
                _keep_source(document, sentence, source, known)


def _keep_source(
    document: Document, sentence: Sequence[Word], source: tuple[int, int] | None, known: Memory
) -> None:
    if source is None:
        return
    phrase = sentence[source[0] : source[1]]
    named = name_of(document, phrase, known)
    known.keep(named)
    _keep_holder(document, phrase, named, known)


def _of_sentence(document: Document, sentence: Sequence[Word], memory: Memory) -> list[Deed]:
    found: list[Deed] = []
    verbs = groups.verb_groups(sentence)
    owner: Deed | None = None
    floor = 0
    for group in verbs:
        deed = _deed(document, sentence, group, floor, owner, memory)
        if deed.shared and group.finite:
            deed = _resumed(sentence, deed, found)
        found.append(deed)
        if group.finite or sentence[group.start].tag != "participle":
            floor = group.end
        if group.finite and deed.subject is not None:
            owner = deed
            phrase = sentence[deed.subject[0] : deed.subject[1]]
            if is_name(phrase) or (says(group) and not deed.relative and not _of_things(group)):
                memory.keep(deed.named)
                _keep_holder(document, phrase, deed.named, memory)
        _keep_asked(document, sentence, group, memory)
    return found


def _keep_holder(document: Document, phrase: Sequence[Word], named: Named, memory: Memory) -> None:
    """Remember who holds a role as a person too: "a spokeswoman for the firm", then "she"."""
    head = phrases.head(phrase)
    one = phrase[0].lower in ("one", "another")
    if head is None or named.kind == "person" or (phrase[head].lower.endswith("s") and not one):
        return
    if noun_is_representative(phrase[head].lower):
        role = roles.bare_text(document, phrase)
        body = f" ({named.name})" if named.kind == "institution" else ""
        memory.meet(Named(role + body, "person"))


def _keep_asked(document: Document, sentence: Sequence[Word], group: Group, memory: Memory) -> None:
    """Remember who is asked: "we asked the ministry, and it would not say"."""
    stem, start = group.stem, group.end
    if stem == "put":
        to = (at for at in range(start, min(start + _NEAR, len(sentence))) if at > start)
        start = next((at + 1 for at in to if sentence[at].lower == "to"), 0)
    elif stem not in words("asking_verbs"):
        return
    found = phrases.after(sentence, start) if start and not group.passive else None
    phrase = sentence[found[0] : found[1]] if found else ()
    head = phrases.head(phrase)
    if head is None or not (is_name(phrase) or noun_is_representative(phrase[head].lower)):
        return
    named = name_of(document, phrase, memory)
    memory.keep(named)
    _keep_holder(document, phrase, named, memory)


def _deed(
    document: Document,
    sentence: Sequence[Word],
    group: Group,
    floor: int,
    owner: Deed | None,
    memory: Memory,
) -> Deed:
    if not group.finite and sentence[group.start].tag != "participle":
        return Deed(
            group, owner.subject if owner else None, owner.named if owner else UNKNOWN, shared=True
        )
    subject = _speaker_after(sentence, group)
    if subject is not None:
        named = name_of(document, sentence[subject[0] : subject[1]], memory)
        return Deed(group, subject, named, inverted=True)
    opening = _relative(sentence, group.start, floor)
    if opening is not None:
        subject = phrases.before(sentence, opening - (sentence[opening - 1].text == ","))
    else:
        subject = _own_subject(sentence, group, floor, owner)
    if subject is None:
        if owner is None or not _continues(sentence, group.start):
            return Deed(group, None, UNKNOWN)
        return Deed(group, owner.subject, owner.named, shared=True)
    phrase = sentence[subject[0] : subject[1]]
    if phrase[0].lower in _NOBODY:
        return Deed(replace(group, negated=not group.negated), subject, UNKNOWN)
    named = name_of(document, phrase, memory)
    return Deed(group, subject, named, relative=opening is not None)


def _of_things(group: Group) -> bool:
    """Whether things do it too: "the fall suggested that"."""
    return group.stem in tables.words("speech", "of_things")


def says(group: Group) -> bool:
    """Whether the verb tells what someone says."""
    return group.finite and not group.passive and group.stem in tables.words("speech", "say")


def _resumed(sentence: Sequence[Word], deed: Deed, sofar: Sequence[Deed]) -> Deed:
    """ "Kestrel admitted that two men had died but said ...": the first speaker goes on."""
    joined = sentence[deed.group.start - 1].lower in ("and", "but")
    if not joined or not says(deed.group) or not sofar or says(sofar[-1].group):
        return deed
    main = next((each for each in reversed(sofar) if says(each.group)), None)
    if main is None or main.subject is None or main.inverted or main.relative:
        return deed
    return replace(deed, subject=main.subject, named=main.named)


def _own_subject(
    sentence: Sequence[Word], group: Group, floor: int, owner: Deed | None
) -> tuple[int, int] | None:
    """The subject in front of a verb, behind an apposition or a describing clause if need be."""
    at = group.start
    if at > 0 and (sentence[at - 1].text == "," or sentence[at - 1].text in phrases.DASHES):
        return phrases.before(sentence, at, 0)
    near = phrases.before(sentence, at, floor)
    # "..., a fire that killed two, the mayor said": a speaker right behind a comma.
    speaks = near is not None and near[0] > floor and sentence[near[0] - 1].text == ","
    if speaks and says(group):
        return near
    if owner is not None and owner.relative and _after_relative(sentence, floor, at):
        return owner.subject
    return near


def _relative(sentence: Sequence[Word], at: int, floor: int) -> int | None:
    """Where the "who" or "that" stands that makes this verb describe the noun before it."""
    for place in range(at - 1, max(floor, at - _NEAR, 1) - 1, -1):
        word = sentence[place]
        if word.lower in ("who", "which", "that") and word.tag in ("wh", "that", "pron"):
            behind = sentence[place - 1]
            if behind.text == "," and place > 1 and word.lower != "that":
                behind = sentence[place - 2]
            told = floor > 0 and sentence[floor - 1].stem in tables.words("speech", "say")
            content = word.lower == "that" and told and place != at - 1
            direct = place == at - 1 or word.lower == "that" and behind.tag == "noun"
            direct = direct and not content
            return place if direct and behind.tag in ("noun", "name") else None
        if word.tag not in ("adv", "not", "pron", "det", "noun", "name"):
            return None
    return None


def _after_relative(sentence: Sequence[Word], floor: int, at: int) -> bool:
    """Whether nothing but what a describing verb governs lies before this verb: the main one."""
    return not any(
        word.tag in ("conj", "sub", "that", "wh", "mark") and word.text != ","
        for word in sentence[floor:at]
    )


def _speaker_after(sentence: Sequence[Word], group: Group) -> tuple[int, int] | None:
    """The subject behind its verb: "..., said the mayor"; None where a clause follows it."""
    if group.stem not in words("inverting") or group.start == 0:
        return None
    found = phrases.after(sentence, group.end)
    if found is None or sentence[found[0]].tag == "number":
        return None
    # "The doors, said the mayor, were locked."
    inside = sentence[group.start - 1].text == "," and sentence[min(found[1], len(sentence) - 1)]
    if not closes_speech(sentence, group.start) and (not inside or inside.text != ","):
        return None
    following = sentence[found[1]] if found[1] < len(sentence) else None
    goes_on = following is not None and following.tag in (*_FINITE, "not", "adv", "wh", "that")
    return None if goes_on else found


def _continues(sentence: Sequence[Word], at: int) -> bool:
    """Whether the verb shares the subject of the one before: "came and went"."""
    before = sentence[at - 1] if at else None
    while before is not None and before.tag in ("adv", "not") and at > 1:
        at -= 1
        before = sentence[at - 1]
    return before is not None and (
        before.tag in ("conj", "sub") or before.text in (",", "neither", "either")
    )


def closes_speech(sentence: Sequence[Word], at: int) -> bool:
    """Whether something that is said may end right before this place: a comma, a quotation."""
    if at < 2:
        return False
    before = sentence[at - 1]
    if before.text in _QUOTE_MARKS:
        return True
    said = sentence[max(0, at - _SPEECH_REACH) : at - 1]
    return before.text == "," and any(w.tag in _FINITE or w.text in _QUOTE_MARKS for w in said)


def can_act(phrase: Sequence[Word]) -> bool:
    """Whether the phrase can be a speaker or doer: not "which", "there" or a number."""
    if not phrase:
        return False
    alone = len(phrase) == 1 or phrase[0].lower not in ("this", "these", "that")
    if phrase[0].tag == "wh" or (alone and phrase[0].lower in _NO_ACTOR):
        return False
    return any(word.tag in ("noun", "name", "pron") for word in phrase)


def is_name(phrase: Sequence[Word]) -> bool:
    """Whether a later pronoun may stand for the phrase: a name, a body or a role."""
    head = phrases.head(phrase)
    if head is None:
        return False
    listed = (words(each) for each in ("bodies", "titles", "representatives", "persons"))
    return phrase[head].tag == "name" or any(phrase[head].lower in each for each in listed)

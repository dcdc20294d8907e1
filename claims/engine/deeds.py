"""Each verb of a report with the one who does it: the subject found, shared or resolved from
before.

Attribution, responses and frames all start here, so that "it denied" has the same "it" in each
of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.engine import groups, phrases, tables
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.memory import UNKNOWN, Memory, Named
from claims.engine.mentions import closes_speech, is_name, keep_asked, keep_holder, keep_sources
from claims.engine.naming import name_of
from claims.engine.parts import Word
from claims.engine.people import is_someone
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
        known.speaking = _speaking(found[-1])
        keep_sources(document, sentence, known)
    return tuple(found), tuple(memories)


def _speaking(done: Sequence[Deed]) -> Named | None:
    """The body whose words a sentence gives; None where no body speaks in it."""
    figures = tables.words("speech", "gives_object") | {"put"}
    told = (
        each
        for each in reversed(done)
        if says(each.group) or each.group.finite and each.group.stem in figures
    )
    last = next(told, None)
    return last.named if last is not None and last.named.kind == "institution" else None


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
            told = phrase[-1].lower in tables.words("speech", "told")
            says_so = told or says(group) and not deed.relative and not _of_things(group)
            if is_name(phrase) or says_so:
                memory.keep(deed.named)
                keep_holder(document, phrase, deed.named, memory)
        keep_asked(document, sentence, group, memory)
    return found


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
    if named.kind == "institution" and len(phrase) == 1 and is_someone(sentence, subject[1]):
        named = Named(named.name, "person")
    spoken = owner is None or not says(owner.group)
    spoken = spoken and all(word.text != ":" for word in sentence[: subject[0]])
    if spoken and len(phrase) == 1 and says(group) and closes_speech(sentence, subject[0]):
        named = memory.speaker(phrase[0].lower) if phrase[0].tag == "pron" else named
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
    names = deed.group.stem in tables.words("speech", "naming") and not deed.group.passive
    if not joined or not (says(deed.group) or names) or not sofar or says(sofar[-1].group):
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
    return near or _described_by(sentence, floor, at, owner)


def _described_by(
    sentence: Sequence[Word], floor: int, at: int, owner: Deed | None
) -> tuple[int, int] | None:
    """The subject in front of what others do to it: "videos | which this paper has seen | show"."""
    if owner is None or owner.subject is None or at != floor or owner.subject[0] < 2:
        return None
    opening = owner.subject[0] - 1
    if sentence[opening].lower not in ("which", "that", "whom"):
        return None
    return phrases.before(sentence, opening)


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
    if group.stem == "tell":
        return None  # who stands behind it is the one who was told
    often = group.stem in words("inverting")
    if not often and group.stem not in tables.words("speech", "trailing") or group.start == 0:
        return None
    found = phrases.after(sentence, group.end)
    if found is None or sentence[found[0]].tag == "number":
        return None
    if not often and (group.passive or not _may_invert(sentence[found[0] : found[1]])):
        return None
    # "The doors, said the mayor, were locked."
    inside = sentence[group.start - 1].text == "," and sentence[min(found[1], len(sentence) - 1)]
    if not closes_speech(sentence, group.start) and (not inside or inside.text != ","):
        return None
    following = sentence[found[1]] if found[1] < len(sentence) else None
    goes_on = following is not None and following.tag in (*_FINITE, "not", "adv", "wh", "that")
    return None if goes_on else found


def _may_invert(phrase: Sequence[Word]) -> bool:
    """Whether a rarer verb may stand before this speaker: "..., confirmed the police"."""
    return is_name(phrase) and (phrase[0].lower == "the" or phrase[0].tag == "name")


def _continues(sentence: Sequence[Word], at: int) -> bool:
    """Whether the verb shares the subject of the one before: "came and went"."""
    before = sentence[at - 1] if at else None
    while before is not None and before.tag in ("adv", "not") and at > 1:
        at -= 1
        before = sentence[at - 1]
    return before is not None and (
        before.tag in ("conj", "sub") or before.text in (",", "neither", "either")
    )


def can_act(phrase: Sequence[Word]) -> bool:
    """Whether the phrase can be a speaker or doer: not "which", "there" or a number."""
    if not phrase:
        return False
    alone = len(phrase) == 1 or phrase[0].lower not in ("this", "these", "that")
    if phrase[0].tag == "wh" or (alone and phrase[0].lower in _NO_ACTOR):
        return False
    return any(word.tag in ("noun", "name", "pron") for word in phrase)

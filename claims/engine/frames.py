"""Who does what in a clause: subjects, the verb's stem and the heads of its objects.

A light reading for comparison: the passive turned round, "is expected to send" read as send,
shortage and lack read as lack. `opposition` tells whether two frames say opposite things of the
same one.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from claims.engine import arguments, attribution, deeds, people, phrasal, phrases
from claims.engine.deeds import Deed
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import read_lines, singular, words
from claims.engine.naming import actor_of
from claims.engine.parts import Word
from claims.engine.readings import Clause, Document, Frame, Span

_LINKING = frozenset({"be", "remain", "stay", "become", "seem", "appear"})


def read(document: Document) -> list[Frame | None]:
    """The frame of each clause, aligned with `document.clauses`; None where no verb was found."""
    plurals = _plurals(document)
    return [_frame(document, clause, plurals) for clause in document.clauses]


def _plurals(document: Document) -> Mapping[tuple[int, int], str]:
    """For each verb, by sentence and place, the plural subject before it, for "they"."""
    result: dict[tuple[int, int], str] = {}
    last, at = "", -1
    for number, (sentence, done) in enumerate(
        zip(tagged(document), deeds.read(document), strict=True)
    ):
        for deed in done:
            result[number, deed.group.start] = last if number - at <= 1 else ""
            phrase = sentence[deed.subject[0] : deed.subject[1]] if deed.subject else ()
            head = phrases.head(phrase)
            if head is not None and phrase[head].tag == "noun" and phrase[head].lower.endswith("s"):
                last, at = singular(phrase[head].lower), number
    return result


def opposition(p: Frame, q: Frame) -> tuple[str, str] | None:
    """The words in which two frames say opposite things of the same one; None if they do not.

    One negation turns an opposite into the same thing, so both or neither may be negated.
    """
    if p.negated != q.negated:
        return None
    pairs = [(p.verb, q.verb), *product(p.objects, q.objects)]
    for a, b in pairs:
        if b in opposites().get(a, ()) and _share(p, q, a, b):
            return a, b
    return None


def _share(p: Frame, q: Frame, a: str, b: str) -> bool:
    """Whether both are about the same one in the same role, the two opposite words left out.

    Verbs that tell of a change alike with and without a doer ("the port closed", "they closed the
    port") share the one that changes.
    """
    objects = ({*p.objects} - {a}) & ({*q.objects} - {b})
    if {*p.subjects} & {*q.subjects} or objects:
        return True
    changing = words("changing")
    return a in changing and b in changing and bool({*_changed(p)} & {*_changed(q)})


def _changed(frame: Frame) -> tuple[str, ...]:
    return frame.objects or frame.subjects


@functools.cache
def opposites() -> Mapping[str, frozenset[str]]:
    """For each word of the table its opposites: verbs by their stem, other words as they are."""
    pairs: dict[str, set[str]] = {}
    for line in read_lines("opposites.tsv"):
        left, right = (side.split("|") for side in line.split("\t"))
        for a in left:
            pairs.setdefault(a, set()).update(right)
        for b in right:
            pairs.setdefault(b, set()).update(left)
    return {word: frozenset(others) for word, others in pairs.items()}


@functools.cache
def _synonyms() -> Mapping[str, str]:
    lines = (line.split() for line in read_lines("synonyms.txt"))
    return {word: line[0] for line in lines for word in line[1:]}


def _plain(stem: str) -> str:
    """One verb for all that tell the same deed: "furnish" and "provide" are supply."""
    return _synonyms().get(stem, stem).replace("-", " ")


def _frame(
    document: Document, clause: Clause, plurals: Mapping[tuple[int, int], str]
) -> Frame | None:
    sentence = tagged(document)[clause.sentence]
    done = deeds.read(document)[clause.sentence]
    at = _main(document, sentence, done, clause)
    if at is None:
        return None
    deed = done[at]
    group, negated = deed.group, deed.group.negated
    real = _infinitive(sentence, done, at)
    if real is not None:
        negated ^= _undone(sentence, group, real)
        group = Group(group.start, real.end, real.stem, real.passive, negated, "", True)
    they = plurals[clause.sentence, deed.group.start]
    subjects = _subjects(document, sentence, deed, they)
    group, verb = phrasal.with_particle(sentence, group)
    missing = arguments.missing(document, sentence, clause, group.end)
    if missing:
        return Frame(subjects=subjects, verb="lack", objects=missing, negated=negated)
    objects = arguments.objects(document, sentence, group.end, clause)
    if group.passive:
        return _turned(document, sentence, replace(group, stem=verb), subjects, objects, negated)
    if group.stem in _LINKING:
        objects = tuple(dict.fromkeys((*objects, *arguments.complement(sentence, group.end))))
    return Frame(subjects=subjects, verb=_plain(verb), objects=objects, negated=negated)


def _main(
    document: Document, sentence: Sequence[Word], done: Sequence[Deed], clause: Clause
) -> int | None:
    """The first finite verb of the clause, the verb of saying left out if more is in it."""
    inside = [
        at
        for at, deed in enumerate(done)
        if deed.group.finite and clause.start <= sentence[deed.group.start].start < clause.end
    ]
    inside = [at for at in inside if not done[at].relative] or inside
    opening = _after_opening(sentence, clause)
    inside = [at for at in inside if sentence[done[at].group.start].start > opening] or inside
    cues = [saying.own for saying in attribution.found(document)[clause.sentence]]
    content = [at for at in inside if not _in_cue(sentence[done[at].group.end - 1], cues)]
    return next(iter(content or inside), None)


def _in_cue(word: Word, cues: Sequence[Span]) -> bool:
    """Whether the verb is that of a source: the last of its own words or in front of a listener."""
    return any(own.start <= word.start and word.end <= own.end for own in cues)


def _after_opening(sentence: Sequence[Word], clause: Clause) -> int:
    """Where an opening adverbial clause ends: at the comma of "As bonds fell, the bank paid"."""
    words_here = [word for word in sentence if clause.start <= word.start < clause.end]
    if not words_here or words_here[0].tag not in ("sub", "wh"):
        return -1
    return next((word.start for word in words_here if word.text == ","), -1)


def _infinitive(sentence: Sequence[Word], done: Sequence[Deed], at: int) -> Group | None:
    """The verb that is meant in "is expected to send", "is likely to rise"."""
    group = done[at].group
    following = done[at + 1].group if at + 1 < len(done) else None
    if following is None or sentence[following.start].tag != "to":
        return None
    if following.stem in ("be", "do") and not following.passive:
        return None
    between = sentence[group.end : following.start]
    if group.stem in words("raising") | words("raising_not") and not between:
        return following
    raising = any(word.lower in words("raising") | words("raising_not") for word in between)
    return following if group.stem == "be" and raising and len(between) <= 2 else None


def _undone(sentence: Sequence[Word], group: Group, real: Group) -> bool:
    """Whether the thing is not done: "refused to sign", "unable to reach"."""
    not_done = words("raising_not")
    between = sentence[group.end : real.start]
    return group.stem in not_done or any(word.lower in not_done for word in between)


def _subjects(
    document: Document, sentence: Sequence[Word], deed: Deed, they: str
) -> tuple[str, ...]:
    """Whom the subject names: canonical actors, the last name of a person, or the head noun."""
    if deed.subject is None:
        return ()
    phrase = sentence[deed.subject[0] : deed.subject[1]]
    if phrase[0].lower in ("they", "them", "it", "these", "those"):
        return (they,) if they and phrase[0].lower == "they" else ()
    last = (deed.named.name.partition(" (")[0].split() or [""])[-1]  # a name may be mere signs
    named = deed.named.name[:1].isupper() and not last.isdigit()
    if deed.named.kind == "person" and named and not _several(phrase):
        return (people.family_name(deed.named.name),)
    if phrase[0].tag in ("pron", "wh"):
        return () if deed.named.kind == "unknown" else (actor_of(deed.named),)
    return tuple(dict.fromkeys(arguments.heads(document, phrase)))


def _several(phrase: Sequence[Word]) -> bool:
    return any(word.lower == "and" for word in phrase)


def _turned(
    document: Document,
    sentence: Sequence[Word],
    group: Group,
    subjects: tuple[str, ...],
    objects: tuple[str, ...],
    negated: bool,
) -> Frame:
    """A passive the other way round: who did it is the subject, to whom it was done the object."""
    agent: tuple[str, ...] = ()
    by = next(
        (
            at
            for at in range(group.end, min(len(sentence), group.end + 8))
            if sentence[at].lower == "by"
        ),
        None,
    )
    if by is not None:
        found = phrases.after(sentence, by + 1)
        if found is not None and not _is_time(sentence[found[0] : found[1]]):
            agent = tuple(arguments.heads(document, sentence[found[0] : found[1]]))
    given = tuple(each for each in objects if each not in agent)
    if group.stem in words("giving") and given and not agent:
        return Frame(subjects=subjects, verb="receive", objects=given, negated=negated)
    return Frame(subjects=agent, verb=_plain(group.stem), objects=subjects, negated=negated)


def _is_time(phrase: Sequence[Word]) -> bool:
    return all(phrases.is_time(word) or word.tag == "det" for word in phrase)

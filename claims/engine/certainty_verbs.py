"""Certainty that verbs give: those who expect, deny or rule out, and days that are yet to come."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.engine import attribution, dates, deeds, tables
from claims.engine.grammar import tagged
from claims.engine.groups import Group
from claims.engine.lexicon import verb_forms
from claims.engine.parts import Word
from claims.engine.readings import Certainty, Clause, Document, Span

_VERBS: tuple[tuple[str, Certainty], ...] = (("predicting", "predicted"), ("denying", "denied"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue's word of certainty and the stretch that it holds for."""

    certainty: Certainty
    scope: Span


def _words(key: str) -> frozenset[str]:
    return tables.words("certainty", key)


def by_verb(document: Document, number: int, clauses: Sequence[Clause]) -> Iterator[Mark]:
    """Clauses whose own verb predicts or denies: "the bank expects prices to rise"."""
    sentence = tagged(document)[number]
    taken: set[int] = set()
    for deed in deeds.read(document)[number]:
        group = deed.group
        start = sentence[group.start].start
        home = next((clause for clause in clauses if clause.start <= start < clause.end), None)
        if home is None or home.index in taken or not group.finite or deed.relative:
            continue
        taken.add(home.index)
        if group.passive and group.negated and group.stem in _words("checking"):
            yield Mark("unknown", home)
        if _takes_back(sentence, group):
            yield Mark("retracted", home)
        excluded = _excludes(sentence, group)
        if _lowers_outlook(sentence, group):
            yield Mark("predicted", home)
        if excluded:
            yield Mark("possible" if group.negated else "denied", home)
        if not group.passive and not group.negated:
            yield from (Mark(word, home) for key, word in _VERBS if group.stem in _words(key))


def _takes_back(sentence: Sequence[Word], group: Group) -> bool:
    """ "corrected an earlier figure", "has withdrawn its claim"."""
    if group.stem not in _words("retracting") or group.negated or group.modal or group.passive:
        return False
    return any(word.lower in _words("said_before") for word in sentence[group.end : group.end + 4])


def _lowers_outlook(sentence: Sequence[Word], group: Group) -> bool:
    """ "lowered its outlook for the year to 40": what is given is expected."""
    shaped = group.stem in tables.words("speech", "shaping") and not group.passive
    near = sentence[group.end : group.end + 4]
    return shaped and any(word.lower in _words("outlooks") for word in near)


def _excludes(sentence: Sequence[Word], group: Group) -> bool:
    """ "has ruled out a strike", "did not exclude strikes"."""
    following = sentence[group.end].lower if group.end < len(sentence) else ""
    if group.stem == "rule" and following == "out":
        return not group.modal or group.negated
    return group.stem == "exclude" and group.negated


def by_question(document: Document, number: int, clauses: Sequence[Clause]) -> Iterator[Mark]:
    """What is asked is not said: "whether it is in recession", "Is it in recession?"."""
    asked = document.sentences[number].of(document.text).rstrip("\"'”’)").endswith("?")
    for clause in clauses:
        opened = opening_words(document, clause)[:1] == ["whether"]
        if asked or opened and not _either_way(document, clause):
            yield Mark("unknown", clause)


def _either_way(document: Document, clause: Clause) -> bool:
    """ "..., whether you rent or own": so in both cases, and nothing is asked."""
    comma = document.text[max(0, clause.start - 2) : clause.start].strip() == ","
    return comma and " or " in clause.of(document.text)


def by_would(document: Document, number: int, clauses: Sequence[Clause]) -> Iterator[Mark]:
    """What a source said would not be: a forecast turned down, no refusal to answer.

    What would be, in nobody's past words, hangs on something: "the deal would bring 40 jobs".
    """
    sentence = tagged(document)[number]
    sayings = attribution.found(document)[number]
    scopes = [saying.scope for saying in sayings]
    past = [saying.scope for saying in sayings if _is_past_cue(saying.cue)]
    for deed in deeds.read(document)[number]:
        group, start = deed.group, sentence[deed.group.start].start
        answers = group.stem in tables.words("responses", "answering")
        if group.modal != "would":
            continue
        told = any(scope.start <= start < scope.end for scope in past)
        held = group.stem in _words("favouring") or group.stem in _words("predicting")
        if not (told or held or group.negated):
            yield from (Mark("conditional", c) for c in clauses if c.start <= start < c.end)
        if not group.negated or answers:
            continue
        if any(scope.start <= start < scope.end for scope in scopes):
            yield from (Mark("predicted", c) for c in clauses if c.start <= start < c.end)


def _is_past_cue(cue: str) -> bool:
    """Whether somebody said it, so that "would" only stands for "will"."""
    parts = cue.lower().split()
    forms = {form for word in parts for _, form in verb_forms().get(word, ())}
    return "past" in forms or "according" in parts


def by_saying(document: Document, number: int) -> Iterator[Mark]:
    """What a predicting, supposing or denying source says."""
    for saying in attribution.found(document)[number]:
        for key, certainty in (*_VERBS, ("supposing", "hedged")):
            if saying.stem in _words(key):
                yield Mark(certainty, saying.scope)


def ahead_of(document: Document) -> frozenset[int]:
    """The clauses in the present tense whose day is yet to come: "talks begin next Monday"."""
    published = document.report.published
    if published is None:
        return frozenset()
    clear = [day for day in dates.read(document) if not day.vague]
    coming = [day.start for day in clear if day.first and day.first > published]
    due = [day.start for day in clear if day.last and day.last > published]
    return frozenset(
        clause.index
        for clause in document.clauses
        if (_within(coming, clause) and _in_present(document, clause))
        or (_within(due, clause) and _obliged(document, clause))
    )


def _within(starts: Sequence[int], clause: Clause) -> bool:
    return bisect_left(starts, clause.start) < bisect_left(starts, clause.end)


def _obliged(document: Document, clause: Clause) -> bool:
    """Whether it should or must be so: with a day to come, "should reopen by June"."""
    return any(
        word.lower in ("should", "must") and word.tag == "modal"
        for word in tagged(document)[clause.sentence]
        if clause.start <= word.start < clause.end
    )


def _in_present(document: Document, clause: Clause) -> bool:
    """Whether the clause's first verb is a present form, or tells of an announcement."""
    sentence = tagged(document)[clause.sentence]
    for deed in deeds.read(document)[clause.sentence]:
        group, start = deed.group, sentence[deed.group.start].start
        if group.finite and not deed.relative and clause.start <= start < clause.end:
            first = sentence[group.start]
            if group.stem in _words("announcing"):
                return True
            if first.tag == "have" and group.end > group.start + 1:
                return False  # "have voted"
            forms = {form for _, form in verb_forms().get(first.lower, ())}
            return first.lower in ("is", "are") or (
                bool(forms & {"base", "s"}) and "past" not in forms
            )
    return False


def opening_words(document: Document, clause: Clause) -> list[str]:
    """The first words of a clause, in small letters."""
    return document.text[clause.start : min(clause.end, clause.start + 60)].lower().split()[:4]

"""How certain each clause is: stated, possible, predicted, conditional, unknown, denied or
retracted.

A cue counts in its own clause and in what it governs: "it is not known | whether they will
fight" is unknown in both. The words are in `data/certainty.toml`; where several meet, the
strongest doubt wins.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence

from claims.engine import attribution, deeds, responses, tables
from claims.engine.certainty_verbs import (
    Mark,
    ahead_of,
    by_question,
    by_saying,
    by_verb,
    by_would,
    opening_words,
)
from claims.engine.grammar import tagged
from claims.engine.lexicon import words
from claims.engine.parts import Word
from claims.engine.readings import Certainty, Clause, Document, Span
from claims.engine.remembered import remembered

_ORDER: tuple[Certainty, ...] = (
    "retracted", "denied", "unknown", "conditional", "possible", "predicted", "hedged",
)  # fmt: skip
_MODAL_ONLY = frozenset({"will", "may", "might", "could", "would", "shall"})
_GOVERNING: frozenset[Certainty] = frozenset({"unknown", "denied", "conditional"})
_CUTTING = frozenset({"but", "while", "although", "though", "whereas"})


def read(document: Document) -> list[Certainty]:
    """The certainty of each clause, aligned with `document.clauses`."""
    chains = attribution.read(document)
    marks = [_marks(document, number) for number in range(len(document.sentences))]
    answers = responses.read(document)
    ahead = ahead_of(document)
    result: list[Certainty] = []
    turned_down = -1
    for clause, chain in zip(document.clauses, chains, strict=True):
        carried = turned_down == clause.sentence and _is_content(document, clause)
        denied = any(each.act in ("denied", "dismissed") for each in answers[clause.index])
        turned_down = clause.sentence if denied else -1
        if denied or carried:
            result.append("denied")
            continue
        plain: Certainty = "attributed" if chain else "asserted"
        hearsay = bool(chain) and all(link.kind == "unknown" for link in chain)
        plain = "hedged" if hearsay else plain
        found = _strongest(marks[clause.sentence], clause, plain)
        result.append("predicted" if found == plain and clause.index in ahead else found)
    return result


def _is_content(document: Document, clause: Clause) -> bool:
    """Whether the clause is what the one before it turns down: "the claim | that 40 had died"."""
    before = document.text[max(0, clause.start - 6) : clause.start].lower().split()
    return opening_words(document, clause)[:1] == ["that"] or before[-1:] == ["that"]


def of_figure(document: Document, clause: Clause, figure: Span, read_as: Certainty) -> Certainty:
    """The certainty of one figure: its clause's, unless it stands in an aside before the verb.

    "At St. Anne's, the largest of its five schools, 40 could leave" leaves the five as they are.
    """
    if read_as in ("asserted", "attributed") or not _in_aside(document, clause, figure):
        return read_as
    links = attribution.read(document)[clause.index]
    return "attributed" if links else "asserted"


def _in_aside(document: Document, clause: Clause, figure: Span) -> bool:
    """Whether a comma parts the figure from the subject of the clause's first verb."""
    sentence = tagged(document)[clause.sentence]
    for deed in deeds.read(document)[clause.sentence]:
        start = sentence[deed.group.start].start
        if deed.group.finite and not deed.relative and clause.start <= start < clause.end:
            if deed.subject is None:
                return False
            first = sentence[deed.subject[0]].start
            between = document.text[figure.end : max(first, figure.end)]
            apposed = sentence[deed.subject[0] : deed.subject[1]]
            comma = next((word.start for word in apposed if word.text == ","), clause.end)
            return "," in between or comma < figure.start < start
    return False


def _strongest(marks: Sequence[Mark], clause: Clause, plain: Certainty) -> Certainty:
    here = {mark.certainty for mark in marks if _mostly(mark.scope, clause)}
    return next((each for each in _ORDER if each in here), plain)


def _mostly(scope: Span, clause: Span) -> bool:
    shared = min(scope.end, clause.end) - max(scope.start, clause.start)
    return shared * 2 > clause.end - clause.start


def _marks(document: Document, number: int) -> list[Mark]:
    """The cues of a sentence with the stretch that each of them holds for."""
    clauses = _clauses(document).get(number, ())
    if not clauses:
        return []
    sentence = tagged(document)[number]
    found = [
        Mark(certainty, _scope(document, sentence, clauses, at, certainty))
        for at, certainty in _cues(sentence)
    ]
    found += by_verb(document, number, clauses)
    found += by_question(document, number, clauses)
    return [*found, *by_saying(document, number), *by_would(document, number, clauses)]


@remembered
def _clauses(document: Document) -> Mapping[int, Sequence[Clause]]:
    found: dict[int, list[Clause]] = {}
    for clause in document.clauses:
        found.setdefault(clause.sentence, []).append(clause)
    return found


def _cues(sentence: Sequence[Word]) -> Iterator[tuple[int, Certainty]]:
    """Where each cue begins, and what it makes of its clause."""
    phrases = _phrases()
    for at, word in enumerate(sentence):
        known = (
            *phrases.get(_key(word), ()),
            *(phrases["BE"] if word.lower in words("copulas") else ()),
        )
        for phrase, certainty in known:
            if _fits(sentence, at, phrase) and _counts(sentence, at, phrase):
                yield at, certainty
                break


@functools.cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], Certainty]]]:
    """Phrases by first word, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Certainty]]] = {}
    for certainty in _ORDER:
        for line in tables.table("certainty")[certainty].split("\n"):
            if parts := tuple(line.split()):
                index.setdefault(parts[0], []).append((parts, certainty))
    return {first: sorted(each, key=lambda p: -len(p[0])) for first, each in index.items()}


def _key(word: Word) -> str:
    return "not" if word.tag == "not" else word.lower


def _fits(sentence: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    """Whether the phrase stands here; adverbs may stand between its words."""
    place = at
    for number, part in enumerate(phrase):
        while (
            number
            and place < len(sentence)
            and sentence[place].tag == "adv"
            and not _same(sentence[place], part)
        ):
            place += 1
        if place >= len(sentence) or not _same(sentence[place], part):
            return False
        place += 1
    return True


def _same(word: Word, part: str) -> bool:
    if part == "BE":
        return word.lower in words("copulas")
    return word.lower == part or (part == "not" and word.tag == "not")


def _counts(sentence: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    """Whether the cue is used as one: "the will", "could not", "asked if" and "even if" are not."""
    word = sentence[at]
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    before = sentence[at - 1] if at else None
    if word.lower in _MODAL_ONLY and len(phrase) == 1:
        negated = following is not None and following.tag == "not"
        past = word.lower == "could" and negated
        refused = word.lower == "would" and (negated or _is_neither(following))
        liked = word.lower == "would" and _follows(sentence, at, _words("favouring"))
        return word.tag == "modal" and not past and not refused and not liked
    end = at + len(phrase)
    if word.tag == "noun" and phrase[0] in _words("planned") and _is_subject(sentence, at):
        return False  # "the plans to cut costs have failed"
    if phrase[0] in ("want", "wants", "wish", "wishes") and before is not None:
        return before.tag != "not"
    if phrase[-1] == "to" and end < len(sentence) and phrase[0] != "thought":
        # "is to open", not "is going to Leeds"
        return any(w.tag in ("infinitive", "be", "have", "verb") for w in sentence[end : end + 3])
    if word.lower == "if":
        asked = before is not None and (
            before.stem in words("asking") or before.lower in words("asking")
        )
        return not asked and (before is None or before.lower not in ("as", "even"))
    return not word.capital or at == 0 or word.tag != "name"


def _is_subject(sentence: Sequence[Word], at: int) -> bool:
    """Whether the noun here opens its sentence: no verb stands before it, and one behind."""
    finite = {"verb", "be", "have", "modal", "do"}
    before = any(word.tag in finite for word in sentence[:at])
    return not before and any(word.tag in finite for word in sentence[at + 1 :])


def _follows(sentence: Sequence[Word], at: int, stems: frozenset[str]) -> bool:
    """Whether the verb behind the modal is one of these: "64 percent would welcome it"."""
    verb = next((word for word in sentence[at + 1 : at + 4] if word.tag == "infinitive"), None)
    return verb is not None and verb.stem in stems


def _is_neither(word: Word | None) -> bool:
    return word is not None and word.lower == "neither"


def _scope(
    document: Document,
    sentence: Sequence[Word],
    clauses: Sequence[Clause],
    at: int,
    certainty: Certainty,
) -> Span:
    """The clause of the cue, and the clauses that it governs."""
    place = next((n for n, c in enumerate(clauses) if c.start <= sentence[at].start < c.end), 0)
    first = last = place
    if certainty in _GOVERNING:
        last = _governed(document, clauses, place, certainty)
        opens = sentence[0].lower in words("opening_questions") and certainty != "conditional"
        after_main = certainty == "conditional" and clauses[place].start == sentence[at].start
        if place and (opens or (after_main and _has_modal(sentence, clauses[place - 1]))):
            first = place - 1
    return Span(start=clauses[first].start, end=clauses[last].end)


def _has_modal(sentence: Sequence[Word], clause: Clause) -> bool:
    """Whether the clause before "if" depends on it: "may resign if", not "signed a pact ... if"."""
    return any(w.tag == "modal" for w in sentence if clause.start <= w.start < clause.end)


def _governed(
    document: Document, clauses: Sequence[Clause], place: int, certainty: Certainty
) -> int:
    """The last clause that belongs to the cue's own: "whether ...", what a condition leads to."""
    last = place
    while last + 1 < len(clauses):
        opening = [word.strip(',;"“”—–') for word in opening_words(document, clauses[last + 1])]
        opening = [word for word in opening if word]
        between = document.text[clauses[last].end : clauses[last + 1].start]
        if not opening or opening[0] in _CUTTING or ";" in between:
            break
        joined = (
            opening[0] in ("and", "or")
            and len(opening) > 1
            and opening[1] in words("opening_questions")
        )
        ends_open = _closing(document, clauses[last]) in words("opening_questions")
        main = certainty == "conditional" and place == 0 and last == place
        if not (opening[0] in words("opening_questions") or joined or ends_open or main):
            break
        last += 1
    return last


def _closing(document: Document, clause: Clause) -> str:
    return document.text[max(clause.start, clause.end - 30) : clause.end].lower().split()[-1]


def _words(key: str) -> frozenset[str]:
    return tables.words("certainty", key)

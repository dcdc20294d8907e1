"""A light tagger: each word of a sentence with its class, good enough to find who does what.

No parser and no statistics: closed word classes, a verb list, and the words around. One pass
from left to right with a running state, so that the cost stays proportional to the length
whatever the text holds.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from claims.engine import actors, tables
from claims.engine.lexicon import noun_like, verb_forms, words
from claims.engine.parts import AUXILIARY, NOMINAL, VERBAL, Tag, Word, words_in
from claims.engine.readings import Document, Span
from claims.engine.remembered import remembered
from claims.engine.tokens import tokens_in
from claims.engine.verb_tags import State, closed_classes, is_closed, is_past, of_verb

_ALONE: dict[str, Tag] = {"not": "not", "never": "not", "to": "to", "that": "that"}
_COMMON = ("bodies", "titles", "representatives", "documents", "anonymous", "role_modifiers")
_OPENING_MARKS = frozenset(":\"“‘'")
_DEMONSTRATIVES = frozenset({"this", "that", "all", "most", "some"})


@remembered
def tagged(document: Document) -> tuple[tuple[Word, ...], ...]:
    """The tagged words of each sentence of a document."""
    names = _names(document)
    return tuple(
        tag(document.text, sentence, names) if sentence.kind == "sentence" else ()
        for sentence in document.sentences
    )


def tag(text: str, span: Span, names: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The tagged words of one sentence; `names` are words that the text writes with a capital."""
    return tuple(_second(_first(_timed(words_in(text, span)), names)))


def _timed(bare: Sequence[Word]) -> Sequence[Word]:
    """The words with a clock time in front of them, as a live blog sets it, made a mere mark."""
    clock = len(bare) > 2 and bare[1].text == ":" and bare[0].text.isdecimal()
    if not clock or not bare[2].text.isdecimal() or len(bare[2].text) != 2:
        return bare
    return [replace(word, tag="mark") for word in bare[:3]] + list(bare[3:])


def _names(document: Document) -> frozenset[str]:
    """Words with a capital inside a sentence, which at its start are then names too."""
    found: set[str] = set()
    for sentence in document.sentences:
        if sentence.kind == "sentence":
            tokens = tokens_in(document.text, sentence)
            if len(tokens) > 3 and tokens[1].text == ":" and tokens[2].text.isdecimal():
                tokens = tokens[3:]  # the clock of a live blog
            inside = (b for a, b in pairwise(tokens) if b.capital and a.text not in _OPENING_MARKS)
            found.update(_bare(token.lower) for token in inside if token.kind == "word")
    return frozenset(found)


def _bare(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word


def _first(bare: Sequence[Word], names: frozenset[str]) -> list[Word]:
    """Classes from left to right; verb forms that may be nouns are decided by their neighbours."""
    state = State()
    out: list[Word] = []
    for at, word in enumerate(bare):
        following = bare[at + 1] if at + 1 < len(bare) else None
        found = _classify(word, state, following, names)
        out.append(found)
        numbered = found.tag == "number" and state.before is not None
        if numbered and state.before and state.before.lower in words("numbered"):
            continue  # "Highway 12 | remains": the name goes on
        if found.tag not in ("adv", "not") and found.text not in "\"“”‘’'()":
            state.before = found
            state.finite = _still_finite(found, state.finite)
            state.plural = _still_plural(found, state.plural)
            state.begun = state.begun or state.finite
            state.joined = found.lower == "and" or (state.joined and found.tag in NOMINAL)
        if found.tag != "mark":
            state.opening = False
        elif found.text in ':"“':
            state.opening = True
    return out


def _still_plural(word: Word, plural: bool) -> bool:
    """Whether a plural noun stands in the phrase so far, for "scientists at the lab say"."""
    if word.tag == "mark" or word.tag in VERBAL or word.tag in AUXILIARY:
        return False
    many = word.lower.endswith(("s", "men")) or word.lower in ("people", "police", "media")
    return plural or (word.tag == "noun" and many and not word.possessive)


def _still_finite(word: Word, finite: bool) -> bool:
    """Whether the clause that the word stands in has its verb already."""
    if word.tag in ("mark", "conj", "sub", "wh", "that"):
        return False
    return finite or word.tag == "verb" or word.tag in AUXILIARY


def _classify(word: Word, state: State, following: Word | None, names: frozenset[str]) -> Word:
    if word.tag != "noun" or word.possessive:
        tagged_name = (
            word.possessive and word.capital and (not state.opening or word.lower in names)
        )
        return replace(word, tag="name") if tagged_name else word
    ended = state.before is not None and state.before.text in (".", "?", "!")
    if word.text == "I":
        return replace(word, tag="pron")
    if word.capital and not state.opening and not (ended and is_closed(word.lower)):
        return replace(word, tag="name")
    if word.capital and len(word.text) > 1 and _opens_with_name(word, following, names):
        return replace(word, tag="name")
    closed = _closed(word, state, following)
    if closed is not None:
        return replace(word, tag=closed, stem=closed if closed in ("be", "have", "do") else "")
    readings = verb_forms().get(word.lower)
    if readings:
        return of_verb(word, readings, state, following)
    if word.lower.endswith("ly") and word.lower not in words("not_adverb"):
        return replace(word, tag="adv")
    # A verb in no list, told by what stands before it: "have scorched".
    if word.lower.endswith("ed") and state.before is not None and state.before.tag == "have":
        return replace(word, tag="participle", stem=word.lower.removesuffix("ed"))
    return word


def _opens_with_name(word: Word, following: Word | None, names: frozenset[str]) -> bool:
    closed = word.lower in closed_classes() or word.lower in (
        "that",
        "to",
        "not",
    )
    if closed:
        return False
    if word.lower in names or word.text.isupper():
        return True
    if actors.canonical(word.text) is not None or _speaks(word, following):
        return True
    known = word.lower in verb_forms() or word.lower.endswith("ly")
    known = known and word.lower not in noun_like()
    return following is not None and following.capital and following.tag != "mark" and not known


def _speaks(word: Word, following: Word | None) -> bool:
    """Whether an opening word is a name because it speaks or has people: "Apple said"."""
    if following is None or word.lower.endswith("s") or word.lower in verb_forms():
        return False
    stems = {stem for stem, _ in verb_forms().get(following.lower, ())}
    speaks = stems & tables.words("speech", "trailing") or stems & tables.words("responses", "acts")
    if not speaks and following.lower not in words("titles") | words("representatives"):
        return False
    return not any(word.lower in words(name) for name in _COMMON)


def _closed(word: Word, state: State, following: Word | None) -> Tag | None:
    """The closed class of a word; None for open ones and for nouns like "May" and "a can"."""
    lower, before = word.lower, state.before
    if lower in _ALONE:
        return _ALONE[lower]
    if lower in ("will", "can", "might", "must") and before is not None and before.tag == "det":
        return None
    if lower == "her" and (following is None or following.tag == "mark"):
        return "pron"
    if lower in ("neither", "either", "both") and following and _tells(following.lower):
        return "adv"
    if lower == "neither" and before is not None and before.tag in ("modal", "do"):
        return "adv"  # "would neither confirm nor deny it"
    if lower == "close" and following is not None and following.lower == "to":
        return "adv"  # "sources close to the board said"
    if lower == "yet" and before is not None and before.tag in AUXILIARY:
        return "adv"  # "has not yet replied"
    if lower in ("no", "neither") and following is not None and following.tag == "mark":
        return "not"
    return closed_classes().get(lower)


def _tells(word: str) -> bool:
    """Whether the word is a past form, or a present one that is seldom a noun: "denies"."""
    present = (stem for stem, form in verb_forms().get(word, ()) if form == "s")
    return is_past(word) or any(stem not in noun_like() for stem in present)


def _second(found: list[Word]) -> list[Word]:
    """A past form before the real verb is a participle: "the men arrested on Monday denied it".

    A sentence with no verb at all takes the first word that can be one: "departments stay open".
    """
    if not any(word.tag == "verb" or word.tag in AUXILIARY for word in found):
        return _with_a_verb(found)
    open_verb: int | None = None
    for at, word in enumerate(found):
        if word.tag in ("mark", "that", "wh", "conj", "sub") and word.text not in "\"“”‘’'()":
            open_verb = None
        bare = at > 0 and found[at - 1].tag in ("to", "modal", "have", "be")
        if word.tag != "verb" and (word.tag not in AUXILIARY or bare):
            continue
        if open_verb is not None:
            first = found[open_verb]
            if first.tag == "verb" and _is_noun_after_all(found, open_verb):
                found[open_verb] = replace(first, tag="noun", stem="")
            elif first.tag == "verb" and _reduced(found, open_verb, at):
                found[open_verb] = replace(first, tag="participle")
        open_verb = at if word.tag == "verb" else None
    return found


def _with_a_verb(found: list[Word]) -> list[Word]:
    """The words with the first one that can be a present form made the verb."""
    for at in range(1, len(found)):
        word, before = found[at], found[at - 1]
        present = [s for s, form in verb_forms().get(word.lower, ()) if form in ("base", "s")]
        subject = before.tag in NOMINAL and not before.possessive
        subject = subject and (before.tag != "det" or before.lower in _DEMONSTRATIVES)
        if word.tag == "noun" and present and subject:
            found[at] = replace(word, tag="verb", stem=present[0])
            break
    return found


def _is_noun_after_all(found: Sequence[Word], at: int) -> bool:
    """Whether a verb before the real one is a noun: "the profit forecast for the year | was"."""
    forms = {form for _, form in verb_forms().get(found[at].lower, ())}
    compound = at > 1 and found[at - 1].tag == "noun" and found[at - 2].tag in ("det", "noun")
    behind = found[at + 1].tag == "prep" or found[at + 1].tag in AUXILIARY
    return compound and behind and "base" in forms and found[at].stem in noun_like()


def _reduced(found: Sequence[Word], at: int, finite: int) -> bool:
    """Whether a past form before the real verb describes a noun; verbs of saying mostly do not."""
    word, following = found[at], found[at + 1]
    forms = {form for _, form in verb_forms().get(word.lower, ())}
    if word.stem in tables.words("speech", "trailing") and following.lower != "by":
        return False
    taken = at > 0 and found[at - 1].tag in ("that", "wh", "pron", "conj", "name")
    adjective = following.tag == "noun" and finite == at + 2 and not taken
    return "participle" in forms and (adjective or following.tag in ("prep", "adv", "to", "sub"))

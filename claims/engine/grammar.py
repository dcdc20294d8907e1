"""A light tagger: each word of a sentence with its class, good enough to find who does what.

No parser and no statistics: closed word classes, a verb list, and the words around. One pass
from left to right with a running state, so that the cost stays proportional to the length
whatever the text holds.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.engine import actors, tables
from claims.engine.lexicon import noun_like, verb_forms, words
from claims.engine.parts import AUXILIARY, NOMINAL, Tag, Word, words_in
from claims.engine.readings import Document, Span
from claims.engine.tokens import tokens_in

_CLASSES: tuple[tuple[str, Tag], ...] = (
    ("modal", "modal"), ("be", "be"), ("have", "have"), ("do", "do"), ("pron", "pron"),
    ("wh", "wh"), ("conj", "conj"), ("sub", "sub"), ("number_words", "number"), ("det", "det"),
    ("prep", "prep"), ("adverb", "adv"),
)  # fmt: skip
_PLURALS = frozenset({"people", "police", "media", "data", "women", "men", "children", "staff"})
_ALONE: dict[str, Tag] = {"not": "not", "never": "not", "to": "to", "that": "that"}
_DESCRIBING = frozenset({"who", "which", "what"})
_DEMONSTRATIVES = frozenset({"this", "that", "all", "most", "some"})
_FINITE_CLASSES = ("be", "have", "do", "modal")


@functools.lru_cache(maxsize=16)
def tagged(document: Document) -> tuple[tuple[Word, ...], ...]:
    """The tagged words of each sentence of a document."""
    names = _names(document)
    return tuple(
        tag(document.text, sentence, names) if sentence.kind == "sentence" else ()
        for sentence in document.sentences
    )


def tag(text: str, span: Span, names: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The tagged words of one sentence; `names` are words that the text writes with a capital."""
    return tuple(_second(_first(words_in(text, span), names)))


def _names(document: Document) -> frozenset[str]:
    """Words with a capital inside a sentence, which at its start are then names too."""
    found: set[str] = set()
    for sentence in document.sentences:
        if sentence.kind == "sentence":
            inside = [t for t in tokens_in(document.text, sentence) if t.kind == "word"][1:]
            found.update(_bare(token.lower) for token in inside if token.capital)
    return frozenset(found)


def _bare(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word


@dataclass(slots=True)
class _State:
    """What stands before the word: joined by "and" or not, its clause with a verb or not yet."""

    before: Word | None = None
    joined: bool = False
    finite: bool = False
    opening: bool = True


def _first(bare: Sequence[Word], names: frozenset[str]) -> list[Word]:
    """Classes from left to right; verb forms that may be nouns are decided by their neighbours."""
    state = _State()
    out: list[Word] = []
    for at, word in enumerate(bare):
        following = bare[at + 1] if at + 1 < len(bare) else None
        found = _classify(word, state, following, names)
        out.append(found)
        if found.tag not in ("adv", "not") and found.text not in "\"“”‘’'()":
            state.before = found
            state.finite = _still_finite(found, state.finite)
            state.joined = found.lower == "and" or (state.joined and found.tag in NOMINAL)
        if found.tag != "mark":
            state.opening = False
        elif found.text in ':"“':
            state.opening = True
    return out


def _still_finite(word: Word, finite: bool) -> bool:
    """Whether the clause that the word stands in has its verb already."""
    if word.tag in ("mark", "conj", "sub", "wh", "that"):
        return False
    return finite or word.tag == "verb" or word.tag in AUXILIARY


def _classify(word: Word, state: _State, following: Word | None, names: frozenset[str]) -> Word:
    if word.tag != "noun" or word.possessive:
        tagged_name = (
            word.possessive and word.capital and (not state.opening or word.lower in names)
        )
        return replace(word, tag="name") if tagged_name else word
    if word.capital and not state.opening:
        return replace(word, tag="name")
    if word.capital and len(word.text) > 1 and _opens_with_name(word, following, names):
        return replace(word, tag="name")
    closed = _closed(word, state, following)
    if closed is not None:
        return replace(word, tag=closed, stem=closed if closed in ("be", "have", "do") else "")
    readings = verb_forms().get(word.lower)
    if readings:
        return _verb(word, readings, state, following)
    if word.lower.endswith("ly") and word.lower not in words("not_adverb"):
        return replace(word, tag="adv")
    return word


def _opens_with_name(word: Word, following: Word | None, names: frozenset[str]) -> bool:
    closed = any(word.lower in words(name) for name, _ in _CLASSES) or word.lower in (
        "that",
        "to",
        "not",
    )
    if closed:
        return False
    if word.lower in names or word.text.isupper():
        return True
    if actors.canonical(word.text) is not None:
        return True
    known = word.lower in verb_forms() or word.lower.endswith("ly")
    known = known and word.lower not in noun_like()
    return following is not None and following.capital and following.tag != "mark" and not known


def _closed(word: Word, state: _State, following: Word | None) -> Tag | None:
    """The closed class of a word; None for open ones and for nouns like "May" and "a can"."""
    lower, before = word.lower, state.before
    if lower in _ALONE:
        return _ALONE[lower]
    if lower in ("will", "can", "might", "must") and before is not None and before.tag == "det":
        return None
    if lower == "her" and (following is None or following.tag == "mark"):
        return "pron"
    if lower in ("neither", "either", "both") and following and following.lower in verb_forms():
        return "adv"
    if lower in ("no", "neither") and following is not None and following.tag == "mark":
        return "not"
    return next((class_ for name, class_ in _CLASSES if lower in words(name)), None)


def _verb(
    word: Word, readings: Sequence[tuple[str, str]], state: _State, following: Word | None
) -> Word:
    """The class of a word that can be a verb form, from what stands before and after it."""
    forms = {form: stem for stem, form in reversed(readings)}
    before = state.before
    previous: Tag | None = before.tag if before is not None else None
    if before is not None and before.possessive:
        return word
    if "ing" in forms:
        return (
            word
            if previous in ("det", "number")
            else replace(word, tag="gerund", stem=forms["ing"])
        )
    if previous in ("modal", "to", "do") and "base" in forms:
        return replace(word, tag="infinitive", stem=forms["base"])
    if previous in ("be", "have") and "participle" in forms:
        return replace(word, tag="participle", stem=forms["participle"])
    if previous in ("det", "number", "prep", "be", "modal", "to"):
        adjective = "participle" in forms and previous in ("be", "prep")
        return replace(word, tag="participle", stem=forms["participle"]) if adjective else word
    if "past" in forms:
        return _past(word, forms, previous, following)
    if "participle" in forms and "base" not in forms:
        return replace(word, tag="participle", stem=forms["participle"])
    return _present(word, forms, state, following)


def _past(word: Word, forms: dict[str, str], previous: Tag | None, following: Word | None) -> Word:
    """ "said" is finite; "injured passengers" is not."""
    participle = "participle" in forms
    noun_follows = (
        following is not None
        and following.tag == "noun"
        and not following.capital
        and not _is_closed(following.lower)
    )
    if participle and noun_follows and previous == "conj":
        return replace(word, tag="participle", stem=forms["participle"])
    if previous is None:
        return replace(word, tag="participle", stem=forms["past"])
    return replace(word, tag="verb", stem=forms["past"])


def _present(word: Word, forms: dict[str, str], state: _State, following: Word | None) -> Word:
    """ "Officials say" and "it reports", but not "the report" and "air strikes hit"."""
    stem = forms.get("s") or forms["base"]
    before = state.before
    if before is None or before.tag == "mark" or before.tag == "conj":
        finite = following is not None and (
            following.lower == "to" if stem in noun_like() else _starts_phrase(following)
        )
        return replace(word, tag="verb", stem=stem) if finite and before is not None else word
    asks = before.tag == "wh" and before.lower not in _DESCRIBING
    if before.tag in ("pron", "wh", "that") and not asks:
        plain = before.tag == "that" and stem in noun_like()
        return word if plain else replace(word, tag="verb", stem=stem)
    if before.tag not in ("noun", "name"):
        return word
    plural = before.lower.endswith("s") or before.lower in _PLURALS
    plural = plural or state.joined
    agrees = ("s" in forms) != plural or before.tag == "name"
    agrees = agrees or ("s" in forms and stem not in noun_like())
    if not agrees or ("s" not in forms and before.tag == "name" and not plural):
        return word
    if stem in noun_like() and (state.finite or following is not None and following.lower == "of"):
        return word
    closing = following is None or following.tag == "mark"
    if closing and stem in tables.words("speech", "trailing") and "base" in forms:
        return replace(word, tag="verb", stem=stem)
    if stem in noun_like() and (following is None or not _starts_phrase(following)):
        return word
    if following is not None and any(following.lower in words(each) for each in _FINITE_CLASSES):
        return word
    return replace(word, tag="verb", stem=stem)


def _starts_phrase(word: Word) -> bool:
    """Whether an object or a complement may begin with this word."""
    return (
        word.capital
        or word.tag == "number"
        or word.tag == "not"
        or _is_closed(word.lower)
        or word.lower.endswith("ly")
    )


def _is_closed(lower: str) -> bool:
    return lower in ("that", "to", "not") or any(lower in words(name) for name, _ in _CLASSES)


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
        finite = word.tag == "verb" or word.tag in AUXILIARY
        if not finite:
            continue
        if open_verb is not None:
            first = found[open_verb]
            if first.tag == "verb" and _reduced(first, found[open_verb + 1]):
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


def _reduced(word: Word, following: Word) -> bool:
    """Whether a past form can be a participle here; verbs of saying mostly are not."""
    forms = {form for _, form in verb_forms().get(word.lower, ())}
    if word.stem in tables.words("speech", "trailing") and following.lower != "by":
        return False
    return "participle" in forms and following.tag in ("prep", "adv", "to", "sub")

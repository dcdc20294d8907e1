"""The class of a word that can be a verb form, from what stands before and after it.

"The report" is a noun and "it reports" a verb; "injured passengers" are described, "fire injured
two" tells. English has few endings, so the neighbours decide.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.engine import tables
from claims.engine.lexicon import noun_like, verb_forms, words
from claims.engine.parts import Tag, Word

CLASSES: tuple[tuple[str, Tag], ...] = (
    ("modal", "modal"), ("be", "be"), ("have", "have"), ("do", "do"), ("pron", "pron"),
    ("wh", "wh"), ("conj", "conj"), ("sub", "sub"), ("number_words", "number"), ("det", "det"),
    ("prep", "prep"), ("adverb", "adv"),
)  # fmt: skip
_PLURALS = frozenset({"people", "police", "media", "data", "women", "men", "children", "staff"})
_DESCRIBING = frozenset({"who", "which", "what"})
_ROUGHLY = frozenset({"at", "about", "around", "some", "nearly", "almost"})
_LINKING = frozenset({"remain", "stay", "seem", "appear", "become"})
_FINITE_CLASSES = ("be", "have", "do", "modal")


@dataclass(slots=True)
class State:
    """What stands before the word: joined by "and" or not, its clause with a verb or not yet."""

    before: Word | None = None
    joined: bool = False
    finite: bool = False
    plural: bool = False
    begun: bool = False
    opening: bool = True


def of_verb(
    word: Word, readings: Sequence[tuple[str, str]], state: State, following: Word | None
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
        return _past(word, forms, state, following)
    if "participle" in forms and "base" not in forms:
        return replace(word, tag="participle", stem=forms["participle"])
    return _present(word, forms, state, following)


def _past(word: Word, forms: dict[str, str], state: State, following: Word | None) -> Word:
    """ "said" is finite; "injured passengers" is not."""
    participle = "participle" in forms
    noun_follows = (
        following is not None
        and following.tag == "noun"
        and not following.capital
        and not is_closed(following.lower)
    )
    joined = state.before is not None and state.before.tag == "conj"
    if participle and noun_follows and joined and not state.begun:
        return replace(word, tag="participle", stem=forms["participle"])
    if state.before is None or participle and state.before.stem in _LINKING:
        return replace(word, tag="participle", stem=forms["past"])
    return replace(word, tag="verb", stem=forms["past"])


def _present(word: Word, forms: dict[str, str], state: State, following: Word | None) -> Word:
    """ "Officials say" and "it reports", but not "the report" and "air strikes hit"."""
    stem = forms.get("s") or forms["base"]
    before = state.before
    if before is None or before.tag == "mark" or before.tag == "conj":
        finite = before is not None and _opens(stem, forms, state, following)
        return replace(word, tag="verb", stem=stem) if finite else word
    spoken = stem in tables.words("speech", "trailing")
    if spoken and "base" in forms and _tells(before, stem, following):
        return replace(word, tag="verb", stem=stem)
    asks = before.tag == "wh" and before.lower not in _DESCRIBING
    if before.tag in ("pron", "wh", "that") and not asks:
        plain = before.tag == "that" and stem in noun_like()
        return word if plain else replace(word, tag="verb", stem=stem)
    if before.tag not in ("noun", "name"):
        return word
    plural = before.lower.endswith("s") or before.lower in _PLURALS
    says = spoken or stem in tables.words("speech", "say")
    plural = plural or state.joined or (state.plural and (says or before.tag == "name"))
    agrees = ("s" in forms) != plural or before.tag == "name"
    agrees = agrees or ("s" in forms and stem not in noun_like())
    if not agrees or ("s" not in forms and before.tag == "name" and not plural):
        return word
    if stem in noun_like() and (state.finite or following is not None and following.lower == "of"):
        return word
    closing = following is None or following.tag == "mark"
    shown = before.lower in words("documents") and stem in tables.words("speech", "of_things")
    named = before.tag == "name" or before.lower in words("bodies") | words("persons")
    shown = shown or spoken and named  # "..., the agency reports"
    if closing and (spoken and "base" in forms or shown and state.begun and not state.finite):
        return replace(word, tag="verb", stem=stem)  # "..., a filing shows"
    if stem in noun_like() and (following is None or not _starts_phrase(following)):
        return word
    if following is not None and any(following.lower in words(each) for each in _FINITE_CLASSES):
        return word
    return replace(word, tag="verb", stem=stem)


def _opens(stem: str, forms: Mapping[str, str], state: State, following: Word | None) -> bool:
    """Whether a present form that no noun stands in front of is a verb."""
    if following is None:
        return False
    if _trails(stem, forms, state, following) or _counts(stem, forms, state, following):
        return True
    return following.lower == "to" if stem in noun_like() else _starts_phrase(following)


def _trails(stem: str, forms: Mapping[str, str], state: State, following: Word | None) -> bool:
    """Whether the verb stands before its speaker, behind what is said: "...", reports a guest."""
    if stem not in words("inverting") or "s" not in forms or not state.begun:
        return False
    comma = state.before is not None and state.before.text == ","
    speaker = following is not None and (following.capital or following.lower in ("a", "an", "the"))
    return comma and speaker


def _counts(stem: str, forms: Mapping[str, str], state: State, following: Word | None) -> bool:
    """Whether the verb takes up its subject behind an aside: "..., counts at least 70"."""
    if stem not in tables.words("speech", "gives_object") or "s" not in forms or not state.begun:
        return False
    comma = state.before is not None and state.before.text == ","
    figure = following is not None and (following.tag == "number" or following.lower in _ROUGHLY)
    return comma and figure


def _tells(before: Word, stem: str, following: Word | None) -> bool:
    """Whether a verb of saying stands far from its subject.

    "Three people who were in the room say", "pictures that we have seen show that".
    """
    if before.tag == "participle":
        return following is not None and following.lower == "that"
    closing = following is None or following.tag == "mark"
    return closing and before.tag == "noun" and stem not in noun_like()


def _starts_phrase(word: Word) -> bool:
    """Whether an object or a complement may begin with this word."""
    return (
        word.capital
        or word.tag == "number"
        or word.tag == "not"
        or is_closed(word.lower)
        or word.lower.endswith("ly")
    )


def is_closed(lower: str) -> bool:
    """Whether the word is of a closed class: an article, a preposition and the like."""
    return lower in ("that", "to", "not") or lower in closed_classes()


@functools.cache
def closed_classes() -> Mapping[str, Tag]:
    """For each word of a closed class the first class that it is of."""
    return {word: tag for name, tag in reversed(CLASSES) for word in words(name)}


def is_past(lower: str) -> bool:
    """Whether the word can be a past form or a participle."""
    return any(form in ("past", "participle") for _, form in verb_forms().get(lower, ()))

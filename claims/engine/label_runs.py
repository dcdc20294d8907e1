"""The noun phrases of a claim, as labels need them: "coastal road", "ban on grain"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.engine import lexicon, nouns, terms
from claims.engine.label_words import acronym, is_measure, is_nominal, measured
from claims.engine.parts import Word

LONGEST = 3  # words of a phrase without its complement
LINKS = frozenset("of for on in at from to against near over between with".split())
_THE = frozenset("the its their his her our my your this that these those".split())
_NO_HEADS = frozenset(
    """
    a.m a.m. p.m p.m. early late last longer next new other own same ahead alive anew average
    away back end entitled favour favor open yes no amiss gone place part way lot everybody
    everyone altogether addition contrary middle beginning top rest front side moment time times
    likely unlikely thing things
    """.split()
)
_TIMES = lexicon.words("times") - {
    "fall",
    "start",
    "close",
}  # "fall in prices", "start of the talks"
_ADJECTIVES = ("ous", "ful", "less", "able", "ible")

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A noun phrase without what stands before it: word indices, and what it measures, if so."""

    start: int
    end: int
    aside: bool
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at one place of one claim."""

    stems: Stems
    text: str
    head: Word
    aside: bool
    measure: bool = False
    deed: bool = False
    soft: str = ""


def runs_in(words: Sequence[Word]) -> Iterator[Run]:
    """The noun phrases of a claim, from the first describing word to the head."""
    start = 0
    for at, word in enumerate(words):
        if not is_nominal(word) or _is_verb(words, at, start):
            start = at + 1
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        if following and is_nominal(following) and not word.possessive:
            continue
        measure = measured(word.lower)
        while start < at and measured(words[start].lower):
            start += 1  # "a six percent | jump"
        timed = word.lower in _NO_HEADS or nouns.singular(word.lower) in _TIMES
        head = not timed and not word.possessive and not is_measure(word.lower)
        if head and not _describes(words, start, at) or measure:
            yield Run(start, at + 1, _aside(words, start), measure if not head else None)
        start = at + 1


def heads(words: Sequence[Word]) -> Iterator[str]:
    """The heads of the noun phrases of a stretch, as they stand."""
    for run in runs_in(words):
        if not run.measure:
            yield printed(words[run.end - 1 : run.end])


def _is_verb(words: Sequence[Word], at: int, start: int) -> bool:
    """Whether a word taken for a noun is a verb: "the firm, based here, manages assets"."""
    forms = lexicon.verb_forms().get(words[at].lower, ())
    last = at + 1 == len(words) or not is_nominal(words[at + 1])
    if words[at].capital:
        return False
    if last and at > start and _asked(words, start):
        return any(form == "base" for _, form in forms)  # "did the firm pay"
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    told = at > start and behind in _NO_HEADS  # "the door stays open"
    if last and not told or not any(form == "s" for _, form in forms):
        return False
    before = words[at - 1].tag if at else "mark"
    return (
        at > start or before not in ("det", "prep", "number", "to") and not words[at - 1].possessive
    )


def _asked(words: Sequence[Word], start: int) -> bool:
    """Whether "do" stands before the phrase, so that its last word may be the verb."""
    while start and words[start - 1].tag == "det":
        start -= 1
    return bool(start) and words[start - 1].tag == "do"


def _describes(words: Sequence[Word], start: int, at: int) -> bool:
    """Whether the word is no noun: "is tiny", "anything amiss"."""
    if words[at].lower.endswith(_ADJECTIVES) or words[at].lower in lexicon.words("directions"):
        return True
    before = words[start - 1] if start else None
    lone = start == at and not nouns.is_plural(words[at].lower)
    return (
        lone
        and before is not None
        and (before.tag in ("be", "pron", "adv") or before.lower == "so")
    )


def _aside(words: Sequence[Word], start: int) -> bool:
    """Whether a phrase hangs on a preposition."""
    while start and words[start - 1].tag in ("det", "number", "adv", "participle"):
        start -= 1
    before = words[start - 1] if start else None
    return before is not None and before.tag in ("prep", "to") and before.lower != "of"


def things(words: Sequence[Word], runs: Sequence[Run]) -> Iterator[Found]:
    """Noun phrases of one to three words, and short ones with their complement."""
    for at, run in enumerate(runs):
        following = runs[at + 1] if at + 1 < len(runs) else None
        tail = _complement(words, run.end, following)
        for first in range(max(run.start, run.end - LONGEST), run.end):
            parts = words[first : run.end]
            stems = stems_of(parts)
            if run.measure:
                if run.measure == "share" and tail and tail[0].startswith("of "):
                    whole = tail[0].replace("of a ", "of the ").replace("of an ", "of the ")
                    yield Found(("share", *tail[1]), f"share {whole}", parts[-1], run.aside, True)
                continue
            yield Found(stems, printed(parts), parts[-1], run.aside)
            if tail and len(parts) < LONGEST and words[first].tag != "name":
                text = f"{printed(parts)} {tail[0]}"
                yield Found((*stems, *tail[1]), text, parts[-1], run.aside)


def _complement(words: Sequence[Word], end: int, following: Run | None) -> tuple[str, Stems] | None:
    """The complement of the phrase that ends here, with its stems: "of the ship"."""
    if following is None or following.measure or following.end - following.start > LONGEST:
        return None
    between = words[end : following.start]
    if not 1 <= len(between) <= 2 or between[0].lower not in LINKS:
        return None
    parts = words[following.start : following.end]
    article = ""
    if len(between) > 1:
        lower = between[1].lower
        some = lower in ("a", "an") and between[0].lower != "to"
        article = "the " if lower in _THE else f"{lower} " if some else ""
        if not article:
            return None
    return f"{between[0].lower} {article}{printed(parts)}", stems_of(parts)


def stems_of(parts: Sequence[Word]) -> Stems:
    """The stems of a phrase, that of its head first."""
    found = [terms.stem(word.text) for word in parts]
    return (found[-1], *found[:-1])


def printed(parts: Sequence[Word]) -> str:
    """The phrase as it stands; a capital that is no name's is taken."""
    return " ".join(
        word.lower
        if word.tag == "noun" and not acronym(word) and not word.possessive
        else word.text
        for word in parts
    )

"""Short labels for points, in words that their claims share: "Soldiers in Russia", "Turnout".

Tried in this order: whose answer it is, what is counted and where, the phrase whose words most
claims of the point share and few others use. The words stand in the reports; nothing is invented.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.engine import actors, grammar, lexicon, nouns, terms
from claims.engine.date_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from claims.engine.normal_form import noun as plural
from claims.engine.parts import Word
from claims.engine.readings import Claim, Document
from claims.engine.tables import table

LONGEST = 3  # words of a phrase
MOST = 0.5  # share of a point's claims that something must hold for
SOME = 0.3  # share of a point's claims that must name the place
DONE = 0.45  # value of what happened to the counted that may stand beside it
TELLING = 0.7  # value of a phrase that says more than what is counted
LENGTH = {1: 1.0, 2: 1.35, 3: 1.3}  # two words say more than one, and hardly less than three
LESS = 0.5  # for names and for words that only measure
_DATES = frozenset([*MONTHS, *SHORT_MONTHS, *WEEKDAYS])
_NO_HEADS = frozenset(
    "a.m a.m. p.m p.m. early late last longer next new other own same ahead alive anew average "
    "away back end entitled favour favor open".split()
)
STATES = {"dead": "deaths", "arrested": "arrests"}  # else the state follows the noun

Stems = tuple[str, ...]


def label(
    claims: Sequence[Claim], all_claims: Sequence[Claim], documents: Mapping[str, Document]
) -> str:
    """A label for the point that these claims make; `all_claims` tell what is special to it."""
    return label_all([claims], all_claims, documents)[0]


def label_all(
    points: Sequence[Sequence[Claim]],
    all_claims: Sequence[Claim],
    documents: Mapping[str, Document],
) -> list[str]:
    """A label for each point, no two alike; earlier points choose first."""
    story = _Story.of(all_claims, documents)
    taken: set[str] = set()
    labels = []
    for claims in points:
        ordered = sorted(claims, key=lambda claim: claim.id)
        found = next(name for name in _endless(ordered, story) if name.lower() not in taken)
        taken.add(found.lower())
        labels.append(found)
    return labels


@dataclass(frozen=True, kw_only=True, eq=False)
class _Story:
    """What the claims of a story say, as far as labels need it."""

    documents: Mapping[str, Document]
    words: Mapping[str, Sequence[Word]]  # by claim id
    stems: Mapping[str, frozenset[str]]  # by claim id
    common: Mapping[str, int]  # in how many claims a stem stands
    units: Mapping[str, int]  # how many claims count a thing

    @classmethod
    def of(cls, claims: Sequence[Claim], documents: Mapping[str, Document]) -> "_Story":
        # Report by report: the words of a text are cached for a few texts only.
        ordered = sorted(claims, key=lambda claim: (claim.report, claim.start, claim.id))
        words = {one.id: _words(one, documents[one.report]) for one in ordered}
        stems = {
            name: frozenset(terms.stem(word.text) for word in found if _tells(word))
            for name, found in words.items()
        }
        return cls(
            documents=documents,
            words=words,
            stems=stems,
            common=Counter(stem for found in stems.values() for stem in found),
            units=Counter(unit for claim in claims if (unit := _unit(claim))),
        )

    def value(self, stem: str, claims: Sequence[Claim]) -> float:
        """How well a word tells these claims from the others: 1 where all have it and no other."""
        count = sum(stem in self.stems[claim.id] for claim in claims)
        if not count:
            return 0.0
        return float(count / len(claims) * (count / self.common[stem]) ** 0.5)


def _endless(claims: Sequence[Claim], story: _Story) -> Iterator[str]:
    """The candidates, and then the first of them with a number."""
    # One after the other: the last resorts are dear, and seldom asked for.
    found = map(_sentence_case, _candidates(claims, story))
    best = next(found)
    yield best
    yield from found
    yield from (f"{best} ({number})" for number in itertools.count(2))


def _candidates(claims: Sequence[Claim], story: _Story) -> Iterator[str]:
    """Labels that fit, best first; there is always one."""
    phrases = _phrases(claims, story)
    yield from _answer(claims, story, phrases)
    yield from _count(claims, story, phrases)
    yield from phrases
    yield from _around(claims, story)
    verbs = [word for claim in claims for word in story.words[claim.id] if _is_done(word)]
    yield from (word.lower for word in verbs)
    yield " ".join(claims[0].exact.split()[:LONGEST])


def _answer(claims: Sequence[Claim], story: _Story, phrases: Mapping[str, float]) -> Iterator[str]:
    """ "North Korea's answer", where most claims answer for one responder."""
    actor = _majority([one.reading.response.actor for one in claims if one.reading.response])
    if actor and sum(one.reading.response is not None for one in claims) >= MOST * len(claims):
        name = _as_printed(actor, claims, story)
        plain = f"{name}’ answer" if name.endswith("s") else f"{name}’s answer"
        yield plain
        yield from (f"{plain}: {phrase}" for phrase in phrases if not _overlap(phrase, name))


def _as_printed(actor: str, claims: Sequence[Claim], story: _Story) -> str:
    """A responder's name as its reports write it; a common noun gets its article."""
    shown = actors.display(actor)
    if shown.lower() == actor and shown != actor.capitalize():
        return shown
    pattern = re.compile(rf"\b{re.escape(actor)}\b", re.IGNORECASE)
    texts = [story.documents[name].text for name in sorted({claim.report for claim in claims})]
    found = [hit.group() for text in texts for hit in pattern.finditer(text)]
    printed = _majority(found) or shown
    return printed if printed != printed.lower() else f"the {printed}"


def _count(claims: Sequence[Claim], story: _Story, phrases: Mapping[str, float]) -> Iterator[str]:
    """ "Soldiers in Russia", where most claims count one thing."""
    unit = _majority([found for claim in claims if (found := _unit(claim))])
    figures = [claim.reading.quantities[0] for claim in claims if unit and _unit(claim) == unit]
    if not unit or len(figures) < MOST * len(claims):
        return
    noun = plural(unit)
    if state := _majority([one.state or "" for one in figures]):
        yield STATES.get(state) or f"{noun} {state}"
    divisor = _majority([one.per.unit for one in figures if one.per and one.per.unit])
    if divisor and divisor != unit:
        yield f"{noun} per {divisor}"
    if _majority([one.role for one in figures]) == "addition":
        yield f"more {noun}"
    if story.units[unit] > len(figures):
        yield from (f"{noun} {word}" for word in _done(claims, story))
        if nouns.is_person(unit):  # "people" alone says less than "toll"
            yield from (phrase for phrase, value in phrases.items() if value >= TELLING)
    places = [claim.reading.place for claim in claims if claim.reading.place]
    place = _majority(places)
    if place and len(places) >= SOME * len(claims):
        yield f"{noun} in {_as_printed(place, claims, story)}"
    yield from (phrase for phrase in phrases if _overlap(phrase, noun))
    yield noun


def _unit(claim: Claim) -> str | None:
    """What a claim counts; measures and money say too little about it."""
    unit = claim.reading.quantities[0].unit if claim.reading.quantities else None
    return None if nouns.is_measure(unit) else unit


def _done(claims: Sequence[Claim], story: _Story) -> list[str]:
    """What is said to have happened to the counted, best first: "rescued", "missing"."""
    printed: dict[str, Counter[str]] = {}
    for claim in claims:
        for word in filter(_is_done, story.words[claim.id]):
            printed.setdefault(terms.stem(word.text), Counter())[word.lower] += 1
    rated = sorted((-story.value(stem, claims), _most(words)) for stem, words in printed.items())
    return [word for value, word in rated if -value >= DONE]


def _phrases(claims: Sequence[Claim], story: _Story) -> dict[str, float]:
    """Noun phrases of the claims with their value, best first."""
    rated: dict[Stems, tuple[float, Counter[str]]] = {}
    for claim in claims:
        for run in _runs(story.words[claim.id]):
            stems = tuple(terms.stem(word.text) for word in run)
            value, printed = rated.setdefault(stems, (_worth(run, stems, claims, story), Counter()))
            printed[_printed(run)] += 1
    best = sorted((-value, _most(printed)) for value, printed in rated.values())
    found: dict[str, float] = {}
    for value, phrase in best:
        found.setdefault(phrase, -value)
    return found


def _around(claims: Sequence[Claim], story: _Story) -> list[str]:
    """Nouns of the claims' sentences, the most frequent first: for claims without a noun."""
    counts: Counter[str] = Counter()
    for report, sentence in sorted({(claim.report, claim.sentence) for claim in claims}):
        words = grammar.tagged(story.documents[report])[sentence]
        runs = (run for run in _runs(words) if len(run) == 1 and run[0].tag == "noun")
        counts.update({_printed(run) for run in runs})
    return sorted(counts, key=lambda phrase: (-counts[phrase], phrase))


def _worth(run: Sequence[Word], stems: Stems, claims: Sequence[Claim], story: _Story) -> float:
    """How well a phrase names the point: its words shared here and rare elsewhere."""
    mean = sum(story.value(stem, claims) for stem in stems) / len(stems)
    weak = run[-1].tag == "name" or run[-1].lower in lexicon.words("light_heads")
    return round(mean * LENGTH[len(run)] * (LESS if weak else 1.0), 6)


def _runs(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The last one to three words of each noun phrase."""
    start = 0
    for at, word in enumerate(words):
        if not _is_nominal(word):
            start = at + 1
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        if following and _is_nominal(following) and not word.possessive:
            continue
        if word.lower in _NO_HEADS or _measures(word.lower):
            start = at + 1
            continue
        yield from (words[first : at + 1] for first in range(max(start, at + 1 - LONGEST), at + 1))
        start = at + 1


def _printed(run: Sequence[Word]) -> str:
    """The phrase as it stands; a capital that is no name's is taken, and a possessive ending."""
    parts = [word.lower if word.tag == "noun" and not _acronym(word) else word.text for word in run]
    last = parts[-1]
    return " ".join([*parts[:-1], re.sub(r"['’]s?$", "", last)])


def _acronym(word: Word) -> bool:
    return word.text[1:] != word.text[1:].lower()


def _words(claim: Claim, document: Document) -> list[Word]:
    """The words of a claim without those that name its speakers."""
    return [
        word
        for word in grammar.tagged(document)[claim.sentence]
        if claim.start <= word.start
        and word.end <= claim.end
        and not any(link.start <= word.start < link.end for link in claim.reading.attribution)
    ]


def _tells(word: Word) -> bool:
    return _is_nominal(word) or _is_done(word)


def _is_nominal(word: Word) -> bool:
    return (
        word.tag in ("noun", "name")
        and word.lower not in terms.stopwords()
        and word.lower not in _DATES
        and lexicon.words("number_words").isdisjoint(_wholes(word.lower))
        and word.text[0].isalpha()
    )


def _wholes(word: str) -> list[str]:
    """The parts of a compound, and the number that a fraction is made from: "two billionths"."""
    return [whole for part in word.split("-") for whole in (part, re.sub(r"ths?$", "", part))]


def _is_done(word: Word) -> bool:
    return word.tag in ("participle", "gerund") and word.lower not in terms.stopwords()


def _measures(word: str) -> bool:
    one = nouns.singular(word)
    return nouns.is_measure(one) or one in table("units")["money"]["words"]


def _majority(values: Sequence[str]) -> str | None:
    """The most frequent value, if it makes up half of those given; ties by the alphabet."""
    if not values:
        return None
    best = _most(Counter(values))
    return best if values.count(best) >= MOST * len(values) else None


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))


def _overlap(one: str, other: str) -> bool:
    return not {terms.stem(word) for word in one.split()}.isdisjoint(
        terms.stem(word) for word in other.split()
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Short labels for points, in words that their claims share: "Soldiers in Russia", "Turnout".

Tried in this order: whose answer it is, what is counted and where, the words that most claims of
the point share and few others use. Made of words that stand in the reports; nothing is invented.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.engine import actors, lexicon, terms
from claims.engine.readings import Claim, Document
from claims.engine.tokens import Token, tokens_in

LONGEST_PHRASE = 3
MOST = 0.5  # share of a point's claims that something must hold for
CROWDED = 0.15  # share of all claims that count a thing, above which its name alone says too little
_INSIDE = frozenset(["of", "the", "for", "and"])
_UNNAMED = frozenset(("percent", "percentage point"))

Stems = tuple[str, ...]


def label(
    claims: Sequence[Claim], all_claims: Sequence[Claim], documents: Mapping[str, Document]
) -> str:
    """A label for the point that these claims make; `all_claims` tell what is special to it."""
    return next(_candidates(_sorted(claims), _Story.of(all_claims, documents)))


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
        found = next(name for name in _endless(_sorted(claims), story) if name.lower() not in taken)
        taken.add(found.lower())
        labels.append(found)
    return labels


@dataclass(frozen=True, kw_only=True, eq=False)
class _Story:
    """What the claims of a story say, as far as labels need it."""

    words: Mapping[str, Sequence[Token]]  # by claim id
    phrases: Mapping[str, frozenset[Stems]]  # by claim id
    common: Mapping[Stems, int]  # in how many claims a phrase stands
    units: Mapping[str, int]  # how many claims count a thing
    lower: frozenset[str]  # words that stand somewhere without a capital

    @classmethod
    def of(cls, claims: Sequence[Claim], documents: Mapping[str, Document]) -> "_Story":
        # Report by report: cutting a text into words is cached for a few texts only.
        ordered = sorted(claims, key=lambda claim: (claim.report, claim.start, claim.id))
        words = {one.id: _own_words(one, documents[one.report].text) for one in ordered}
        phrases = {name: frozenset(_phrases(found)) for name, found in words.items()}
        return cls(
            words=words,
            phrases=phrases,
            common=Counter(phrase for found in phrases.values() for phrase in found),
            units=Counter(unit for claim in claims if (unit := _unit(claim))),
            lower=frozenset(t.text for found in words.values() for t in found if not t.capital),
        )


def _sorted(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.id)


def _endless(claims: Sequence[Claim], story: _Story) -> Iterator[str]:
    """The candidates, and then the first of them with a number."""
    found = list(dict.fromkeys(_candidates(claims, story)))
    yield from found
    number = 2
    while True:
        yield f"{found[0]} ({number})"
        number += 1


def _candidates(claims: Sequence[Claim], story: _Story) -> Iterator[str]:
    """Labels that fit, best first; there is always one."""
    shared = list(_shared(claims, story))
    yield from _answer(claims, shared)
    yield from _count(claims, story, shared)
    yield from map(_sentence_case, shared)
    words = [token.text for token in story.words[claims[0].id] if _carries(token)]
    yield _sentence_case(" ".join(words[:LONGEST_PHRASE]) or claims[0].exact[:40])


def _answer(claims: Sequence[Claim], shared: Sequence[str]) -> Iterator[str]:
    """ "North Korea's answer", where most claims answer for one responder."""
    named = [claim.reading.response.actor for claim in claims if claim.reading.response]
    actor = _majority(named, len(claims))
    if actor:
        name = _sentence_case(actors.display(actor))
        plain = f"{name}’ answer" if name.endswith("s") else f"{name}’s answer"
        yield plain
        yield from (f"{plain}: {phrase}" for phrase in shared if phrase.lower() not in name.lower())


def _count(claims: Sequence[Claim], story: _Story, shared: Sequence[str]) -> Iterator[str]:
    """ "Soldiers in Russia", where most claims count one thing."""
    unit = _majority([found for claim in claims if (found := _unit(claim))], len(claims))
    noun = unit and _surface(_unit_stems(unit), claims, story)
    if not unit or not noun:
        return
    figures = [claim.reading.quantities[0] for claim in claims if _unit(claim) == unit]
    divisor = _majority([one.per.unit for one in figures if one.per and one.per.unit], len(claims))
    if divisor:
        yield _sentence_case(f"{noun} per {divisor}")
    if _majority([one.role for one in figures], len(claims)) == "addition":
        noun = f"more {noun}"
    crowded = story.units[unit] > max(len(claims), CROWDED * len(story.words))
    place = _majority([claim.reading.place for claim in claims if claim.reading.place], len(claims))
    further = [phrase for phrase in shared if not _overlap(phrase, noun)]
    if place and not _overlap(place, noun):
        yield _sentence_case(f"{noun} in {actors.display(place)}")
    if crowded:
        yield from (_sentence_case(f"{noun}: {phrase}") for phrase in further)
    yield from (_sentence_case(phrase) for phrase in shared if _overlap(phrase, noun))
    yield _sentence_case(noun)


def _unit(claim: Claim) -> str | None:
    """What a claim counts; shares say too little about it."""
    unit = claim.reading.quantities[0].unit if claim.reading.quantities else None
    return None if unit in _UNNAMED else unit


def _unit_stems(unit: str) -> Stems:
    return tuple(terms.stem(word) for word in unit.split())


def _shared(claims: Sequence[Claim], story: _Story) -> Iterator[str]:
    """Phrases that most claims share and few others have, best first."""
    counts = Counter(phrase for claim in claims for phrase in story.phrases[claim.id])
    needed = min(2, len(claims))
    rated = [
        (-_worth(phrase, count, len(claims), story), phrase)
        for phrase, count in counts.items()
        if count >= needed and count >= MOST * len(claims)
    ]
    for _, phrase in sorted(rated):
        found = _surface(phrase, claims, story)
        if found:
            yield found


def _worth(phrase: Stems, count: int, size: int, story: _Story) -> float:
    """How well a phrase names a point: shared by its claims, rare elsewhere, two words best."""
    covers = count / size
    special = count / story.common[phrase]
    length = {1: 1.0, 2: 1.3}.get(len(phrase), 1.25)
    return covers * special * length


def _surface(wanted: Stems, claims: Sequence[Claim], story: _Story) -> str | None:
    """The words as most of the claims print them; the longer form where two are as common."""
    found: Counter[str] = Counter()
    for claim in claims:
        for run in _runs(story.words[claim.id]):
            if _stems_of(run) == wanted:
                found[" ".join(_printed(token, story) for token in run)] += 1
    return min(found, key=lambda text: (-found[text], -len(text), text)) if found else None


def _printed(token: Token, story: _Story) -> str:
    """A word without its possessive; a capital that only a sentence's start gave it is taken."""
    bare = token.text.removesuffix("'s").removesuffix("’s")
    return bare.lower() if bare.lower() in story.lower else bare


def _own_words(claim: Claim, text: str) -> list[Token]:
    """The words of a claim without those that name its speakers."""
    speakers = claim.reading.attribution
    return [
        token
        for token in tokens_in(text, claim)
        if not any(link.start <= token.start < link.end for link in speakers)
    ]


def _phrases(words: Sequence[Token]) -> Iterator[Stems]:
    return (_stems_of(run) for run in _runs(words))


def _stems_of(run: Sequence[Token]) -> Stems:
    return tuple(terms.stem(token.text) for token in run if token.lower not in _INSIDE)


def _runs(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Stretches of up to three telling words that may name something, small words inside."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_PHRASE + 2, len(words)) + 1):
            run = words[start:end]
            if not (_carries(run[-1]) or run[-1].lower in _INSIDE):
                break
            if _names_something(run):
                yield run


def _names_something(run: Sequence[Token]) -> bool:
    inner = [token for token in run if token.lower not in _INSIDE]
    return (
        _carries(run[0])
        and _carries(run[-1])
        and len(inner) <= LONGEST_PHRASE
        and not _is_verb(run[-1])
        and not _is_verb(run[0])
    )


def _carries(token: Token) -> bool:
    return token.kind == "word" and token.lower not in terms.stopwords() and len(token.text) > 1


def _is_verb(token: Token) -> bool:
    """Whether a word is first of all a verb or an adverb and so names nothing."""
    if token.capital:
        return False
    if token.lower.endswith("ly"):
        return True
    found = lexicon.stems(token.lower)
    return bool(found) and not found & lexicon.noun_like() and not token.lower.endswith("ing")


def _majority(values: Sequence[str], size: int) -> str | None:
    """The value that most of `size` claims have."""
    if not values:
        return None
    counts = Counter(values)
    best = min(counts, key=lambda value: (-counts[value], value))
    return best if counts[best] >= MOST * size else None


def _overlap(one: str, other: str) -> bool:
    return not {terms.stem(word) for word in one.split()}.isdisjoint(
        terms.stem(word) for word in other.split()
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Made-up stories of any size: the same seed gives the same texts.

Every report takes most of its claims from facts that the story's reports share, now and then with
another figure, and the rest from facts of its own; between them stand sentences without figures.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2026, 3, 2)
SHARED = 0.75  # of a report's claims that other reports may make too
POOL = 1.5  # facts that are known in the story, for each shared one that a report tells
OTHER_FIGURE = 0.12  # of the shared claims that differ from what most reports say
SENTENCES = 4  # to a paragraph

_NOUNS = "homes shops farms bridges schools boats lorries clinics teachers drivers nurses divers"
_DEEDS = "damaged|inspected|reopened|evacuated|insured|counted|repaired|moved"
_PLACES = "Arden Belmere Corvale Dunmoor Eastwick Farrow Glenby Harmont Ivydale Kestrel"
_SPEAKERS = "the mayor|the fire service|the harbour office|the ministry|a union|the insurer"
_WHO = "Residents|Shopkeepers|Volunteers|Councillors|Engineers|Families|Commuters|Farmers"
_DID = "waited by|walked past|spoke about|worried about|looked after|returned to|talked of"
_WHAT = "the market hall|the river wall|the old mill|the station|the town hall|the north road"
_HOW = "through the evening|without much hope|as the rain went on|for most of the week|in silence"


@dataclass(frozen=True, kw_only=True)
class MadeClaim:
    """Where a report tells a fact, and the figure that it gives (its place included)."""

    start: int
    end: int
    fact: int
    figure: int
    figure_start: int
    figure_end: int


@dataclass(frozen=True, kw_only=True)
class MadeReport:
    """A text with the claims that it was made from, in the order of the text."""

    source: str
    title: str
    published: date
    text: str
    claims: tuple[MadeClaim, ...]


def make_story(
    *, reports: int, words: int, claims: int, seed: int = 1, share: float = SHARED
) -> tuple[MadeReport, ...]:
    """So many reports of about so many words each, with exactly so many claims each.

    `share` is the part of a report's claims that other reports may make too.
    """
    made = random.Random(seed)  # noqa: S311 - nothing here is secret
    shared = round(claims * share)
    pool = range(round(shared * POOL))
    result = []
    for number in range(reports):
        own = range(len(pool) + number * claims, len(pool) + number * claims + claims - shared)
        facts = [*made.sample(pool, shared), *own]
        made.shuffle(facts)
        text, told = _write(made, facts, words)
        result.append(
            MadeReport(
                source=f"Courier {number + 1}",
                title=f"What the flood left behind, part {number + 1}",
                published=FIRST_DAY + timedelta(days=number % 3),
                text=text,
                claims=told,
            )
        )
    return tuple(result)


def _write(
    made: random.Random, facts: Sequence[int], words: int
) -> tuple[str, tuple[MadeClaim, ...]]:
    """The report's text: each fact in a sentence, others between them until it is long enough."""
    sentences: list[tuple[str, int | None]] = [(_tell(made, fact), fact) for fact in facts]
    length = sum(len(sentence.split()) for sentence, _ in sentences)
    while length < words:
        filler = _fill(made)
        sentences.insert(made.randrange(len(sentences) + 1), (filler, None))
        length += len(filler.split())
    text, told = "", []
    for number, (sentence, fact) in enumerate(sentences):
        if number:
            text += " " if number % SENTENCES else "\n\n"
        if fact is not None:
            told.append(_claim(sentence, fact, len(text)))
        text += sentence
    return text, tuple(told)


def _tell(made: random.Random, fact: int) -> str:
    """The fact in a sentence. Its words come from its number, so that all reports agree on them."""
    own = random.Random(fact)  # noqa: S311 - nothing here is secret
    figure = own.randrange(20, 900)
    noun, place = own.choice(_NOUNS.split()), own.choice(_PLACES.split())
    deed, speaker = own.choice(_DEEDS.split("|")), own.choice(_SPEAKERS.split("|"))
    if made.random() < OTHER_FIGURE:
        figure += made.randrange(5, 60)
    if made.random() < 1 / 2:
        return f"{figure} {noun} in {place} were {deed}, {speaker} said."
    return f"{speaker.capitalize()} said {figure} {noun} were {deed} in {place}."


def _fill(made: random.Random) -> str:
    """A sentence without a figure."""
    parts = [made.choice(pattern.split("|")) for pattern in (_WHO, _DID, _WHAT, _HOW)]
    if made.random() < 1 / 2:
        more = [made.choice(pattern.split("|")) for pattern in (_WHO, _DID, _WHAT)]
        parts += ["while", more[0].lower(), *more[1:]]
    return " ".join(parts) + "."


def _claim(sentence: str, fact: int, at: int) -> MadeClaim:
    """The sentence without its full stop as a claim at this place of the text."""
    first = next(place for place, letter in enumerate(sentence) if letter.isdigit())
    figure = sentence[first:].split()[0]
    return MadeClaim(
        start=at,
        end=at + len(sentence) - 1,
        fact=fact,
        figure=int(figure),
        figure_start=at + first,
        figure_end=at + first + len(figure),
    )

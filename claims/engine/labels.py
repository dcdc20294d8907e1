"""Short labels for points, as an editor would put them: "Soldiers in Russia", "Cause of the fire".

Tried in this order: whose answer it is, what is counted and what happened to it, what is measured,
when something is to happen, the phrase whose words most reports of the point share and few other
claims use. The words stand in the reports; only plain ones ("number of", "date of") are added.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from claims.engine import actors, grammar, lexicon, measure_names, nouns, terms
from claims.engine.label_deeds import EMPTY
from claims.engine.label_phrases import LENGTH, Phrase, phrases
from claims.engine.label_runs import heads
from claims.engine.label_words import (
    MOST,
    Story,
    Told,
    counted,
    kind,
    majority,
    measured,
    overlap,
)
from claims.engine.normal_form import noun as plural
from claims.engine.readings import Claim, Document, Quantity

SOME = 0.3  # share of a point's claims that must name the place
TELLING = 0.7  # worth of a phrase that says more than what is counted
FAIR = 0.45  # worth of a phrase that may stand for what is measured or dated
STATES = {"dead": "deaths", "arrested": "arrests"}  # else the state follows the noun
# Verbs that set a time for what they are said of.
_TIMED = frozenset(
    "schedule begin start resume open set fix move postpone put-off delay plan".split()
)

Rated = Sequence[tuple[float, Phrase]]


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
    story = Story.of(all_claims, documents)
    taken: set[str] = set()
    labels = []
    for claims in points:
        told = Told(sorted(claims, key=lambda claim: claim.id), story)
        found = next(name for name in _endless(told) if name.lower() not in taken)
        taken.add(found.lower())
        labels.append(found)
    return labels


def _endless(told: Told) -> Iterator[str]:
    """The candidates, and then the first of them with a number."""
    # One after the other: the last resorts are dear, and seldom asked for.
    found = map(_sentence_case, _candidates(told))
    best = next(found)
    yield best
    yield from found
    yield from (f"{best} ({number})" for number in itertools.count(2))


def _candidates(told: Told) -> Iterator[str]:
    """Labels that fit, best first; there is always one."""
    rated = phrases(told)
    yield from _answer(told, rated)
    yield from _count(told, rated)
    yield from _measure(told, rated)
    yield from _date(told, rated)
    yield from _said_of(told, rated)
    yield from (phrase.shown for _, phrase in rated if not phrase.measure)
    figures = [one.reading.quantities[0] for one in told.claims if one.reading.quantities]
    yield from sorted({found for one in figures if (found := kind(one.unit))})
    yield from _around(told)
    yield from (found for claim in told.claims for found in _measures(told, claim))
    yield " ".join(told.claims[0].exact.split()[:3])


def _said_of(told: Told, rated: Rated) -> Iterator[str]:
    """ "Open Taps: march": where the best phrase is a bare name, what else most reports share."""
    best = next((one for _, one in rated if not one.measure), None)
    if best is None or not _is_name(best):
        return
    others = (
        one.shown
        for _, one in rated
        if one.head.text  # no verb alone
        and not one.measure
        and len(one.reports) > MOST * len(told.reports)
        and not _is_name(one)
        and not overlap(one.shown, best.shown)
    )
    yield from (f"{best.shown}: {other}" for other in others if len(other) < LENGTH / 2)


def _is_name(phrase: Phrase) -> bool:
    """Whether a phrase is somebody's or something's name and nothing else."""
    return phrase.head.tag == "name" and all(word[:1].isupper() for word in phrase.shown.split())


def _answer(told: Told, rated: Rated) -> Iterator[str]:
    """ "North Korea's answer", where most claims answer for one responder."""
    answers = [one.reading.response for one in told.claims if one.reading.response]
    actor = majority([answer.actor for answer in answers])
    if actor and len(answers) >= MOST * len(told.claims):
        name = _as_printed(actor, told)
        plain = _genitive(name, "answer")
        yield plain
        yield from (f"{plain}: {one.shown}" for _, one in rated if not overlap(one.shown, name))


def _as_printed(actor: str, told: Told) -> str:
    """An actor's name as its reports write it in full; a common noun gets its article."""
    shown = actors.display(actor)
    if shown.lower() == actor and shown != actor.capitalize():
        return shown
    texts = [told.story.documents[name].text for name in sorted(told.reports)]
    pattern = re.compile(rf"(?:\b(\w+) )?\b({re.escape(actor)})\b", re.IGNORECASE)
    hits = [hit.groups(default="") for text in texts for hit in pattern.finditer(text)]
    name = majority([name for _, name in hits]) or shown
    if name == name.lower():
        return f"the {name}"
    before = majority([before for before, _ in hits]) or ""
    whole = before[:1].isupper() and before.lower() not in terms.stopwords()
    return f"{before} {name}" if whole else name


def _genitive(name: str, noun: str) -> str:
    return f"{name}’ {noun}" if name.endswith("s") else f"{name}’s {noun}"


def _count(told: Told, rated: Rated) -> Iterator[str]:
    """ "Soldiers in Russia", "Houses destroyed", where most claims count one thing."""
    heads_counted = [one.reading.quantities[0] for one in told.claims if counted(one)]
    unit = majority([one.unit or "" for one in heads_counted])
    states = [one.state for one in heads_counted if one.state]
    state = majority(states) if len(states) > MOST * len(heads_counted) else None
    if state in STATES and len(heads_counted) >= MOST * len(told.claims):
        yield from _apart(told, rated, STATES[state])
    figures = [one for one in heads_counted if one.unit == unit]
    if not unit or len(figures) < MOST * len(told.claims):
        return
    noun = plural(unit)
    names = [f"{noun} {state}"] if state and state not in STATES else []
    names += _counted(told, rated, noun, figures)
    yield from names
    if not names:
        yield from _instead(rated, unit)
        yield from _speaker(told, unit)
    for name in names[:1]:
        yield from _apart(told, rated, name, unit)
    yield f"number of {noun}"


def _apart(told: Told, rated: Rated, name: str, unit: str = "person") -> Iterator[str]:
    """A name, and with what sets the point apart where another point has that name."""
    yield name
    others = [*_speaker(told, unit), *(one.shown for _, one in rated)]
    apart = [one for one in others if not overlap(one, f"{name} {plural(unit)}")]
    yield from (f"{name}: {one}" for one in apart if len(name) + len(one) < LENGTH)


def _instead(rated: Rated, unit: str) -> Iterator[str]:
    """Phrases that tell the point better than what is counted; of people nearly all do."""
    for worth, one in rated:
        own = nouns.counted_as(nouns.singular(one.head.lower))[0] == unit
        if worth < TELLING or own:
            return
        if nouns.is_person(unit) or " " in one.shown:
            yield one.shown


def _names(claim: Claim, unit: str) -> bool:
    """Whether a claim names what it counts, or says it in another noun."""
    return any(
        nouns.counted_as(nouns.singular(word))[0] == unit for word in claim.exact.lower().split()
    )


def _counted(told: Told, rated: Rated, noun: str, figures: Sequence[Quantity]) -> Iterator[str]:
    """What tells one count from others, the surest first."""
    unit = figures[0].unit
    divisor = majority([one.per.unit for one in figures if one.per and one.per.unit])
    if divisor and divisor != unit:
        yield f"{noun} per {divisor}"
    if majority([one.role for one in figures]) == "addition":
        yield f"more {noun}"
    places = [claim.reading.place for claim in told.claims if claim.reading.place]
    place = majority(places)
    if place and len(places) >= max(SOME * len(told.claims), min(2, len(told.claims))):
        yield f"{noun} in {_as_printed(place, told)}"
    own = [one for _, one in rated if nouns.counted_as(nouns.singular(one.head.lower))[0] == unit]
    yield from (one.shown for one in own if " " in one.shown)


def _speaker(told: Told, unit: str) -> Iterator[str]:
    """ "The police's figure", where one source gives it and few claims say of what it is."""
    if sum(_names(claim, unit) for claim in told.claims) >= MOST * len(told.claims):
        return
    links = [one.reading.attribution[-1] for one in told.claims if one.reading.attribution]
    known = [link.name for link in links if link.kind not in ("unknown", "anonymous", "outlet")]
    name = majority(known)
    if name and len(known) >= MOST * len(told.claims):
        yield _genitive(_as_printed(name.lower(), told), "figure")


def _measure(told: Told, rated: Rated) -> Iterator[str]:
    """ "Net debt", "Area burnt", "Length of the ban", where most claims measure something."""
    figures = [one.reading.quantities[0] for one in told.claims if one.reading.quantities]
    measure = majority([kind(one.unit) or "" for one in figures])
    if not measure or len(figures) < MOST * len(told.claims):
        return
    yield from _named(told, rated, figures)
    if measure == "length" and len(figures) > MOST * len(told.claims):
        yield from (f"length of the {name}" for name in _plain(told, rated))
    if measure == "share":
        yield from (one.shown for _, one in rated if one.measure and not one.deed)
    yield from (one.shown for _, one in rated)


def _named(told: Told, rated: Rated, figures: Sequence[Quantity]) -> Iterator[str]:
    """ "Operating profit", "Price of the ground": what figures are said to be of."""
    names = [_undated(one.measured) for one in figures if one.measured]
    name = majority(names) or ""
    first, _, rest = name.partition(" ")
    printed = any(name in claim.exact.lower() for claim in told.claims)
    telling = rest and printed and lexicon.stems(first).isdisjoint(EMPTY)
    if telling and told.share(terms.stem(rest)) > MOST:
        yield name
    meant = majority([measure_names.meaning(one) for one in names]) or ""
    own = sum(measure_names.meaning(one) == meant for one in names)
    if own > 1 and own >= MOST * len(figures) and nouns.is_money(figures[0].unit):
        things = (one for one in _plain(told, rated) if not overlap(one, meant))
        yield from (f"{meant} of the {thing}" for thing in things)


def _undated(name: str) -> str:
    """A name without the period that its figure is for: "net profit" of "quarterly net profit"."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in measure_names.PERIODS else name


def _plain(told: Told, rated: Rated) -> Iterator[str]:
    """Names of one thing that may follow "of the": "hearing", "rail strike"."""
    yield from (
        one.shown
        for worth, one in rated
        if worth >= FAIR
        and one.plain
        and not nouns.is_person(nouns.singular(one.head.lower))
        and len(one.reports) >= MOST * len(told.reports)
    )


def _date(told: Told, rated: Rated) -> Iterator[str]:
    """ "Date of the hearing", where most claims say when something is to take place."""
    dated = [one for one in told.claims if one.reading.dates and not one.reading.quantities]
    if len(dated) >= MOST * len(told.claims) and _timed(dated) >= MOST * len(dated):
        yield from (f"date of the {name}" for name in _plain(told, rated))


def _timed(claims: Sequence[Claim]) -> int:
    """How many claims have a verb that sets a time."""
    frames = [claim.reading.frame for claim in claims if claim.reading.frame]
    return sum(
        frame.verb in _TIMED or frame.verb == "take" and "place" in frame.objects
        for frame in frames
    )


def _around(told: Told) -> list[str]:
    """Nouns of the claims' sentences, the most frequent first: for claims without a noun."""
    counts: Counter[str] = Counter()
    for report, sentence in sorted({(claim.report, claim.sentence) for claim in told.claims}):
        words = grammar.tagged(told.story.documents[report])[sentence]
        counts.update(set(heads(words)))
    return sorted(counts, key=lambda phrase: (-counts[phrase], phrase))


def _measures(told: Told, claim: Claim) -> Iterator[str]:
    """What the nouns of a claim measure, where it has none but measures."""
    yield from (found for word in told.story.words[claim.id] if (found := measured(word.lower)))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]

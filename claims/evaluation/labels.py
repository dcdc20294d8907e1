"""What a person says is right in a labelled story, and whether those labels hold together.

The format is described in `fixtures/corpus/README.md`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from claims.engine.readings import (
    Act,
    Certainty,
    Kind,
    LinkKind,
    Modifier,
    Report,
    Role,
    Severity,
    Span,
    Verdict,
)

Labels = Mapping[str, Any]


class BadLabels(ValueError):
    """Labels that cannot be right; the message names the story, the item and what to do."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days from first to last, both inclusive; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A labelled quantity; None bounds are open."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    modifier: str
    role: str
    whose: str


@dataclass(frozen=True, kw_only=True)
class LabelledClaim(Span):
    """What a report says in one place, as a person reads it; `report` is the report's key."""

    id: str
    report: str
    question: str | None
    quantity: Figure | None
    as_of: Days | None
    date: Days | None
    speaker: str
    speaker_kind: str
    response: tuple[str, str] | None
    certainty: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A point of comparison that a person would make."""

    key: str
    label: str
    verdict: str
    also: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A discrepancy that an editor would want flagged."""

    question: str
    kind: str
    severity: str
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class Compatible:
    """Claims that look different and must not be flagged."""

    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class Labelling:
    """All labels of one story; the claims by their id, in the order of the file."""

    claims: Mapping[str, LabelledClaim]
    questions: Mapping[str, Question]
    differences: tuple[Difference, ...]
    compatible: tuple[Compatible, ...]


def read_labels(found: Labels, reports: Mapping[str, Report], story: str) -> Labelling:
    """Check the labels of a story against its reports and against each other.

    Raises `BadLabels` for a quote that is not in its report or not told apart, for a word that is
    not of the contract, and for a label that speaks of something that is not there.
    """
    questions = {str(item["key"]): _question(item, story) for item in found.get("questions", ())}
    claims = {}
    for item in found.get("claims", ()):
        claim = _claim(item, reports, questions, story)
        if claim.id in claims:
            raise BadLabels(f"{story}: {claim.id} is there twice")
        claims[claim.id] = claim
    for key in questions:
        if sum(claim.question == key for claim in claims.values()) < 2:
            raise BadLabels(f"{story}: question {key} has fewer than two claims")
    return Labelling(
        claims=claims,
        questions=questions,
        differences=tuple(
            _difference(item, claims, questions, story) for item in found.get("discrepancies", ())
        ),
        compatible=tuple(
            Compatible(claims=_known(item, claims, story), why=str(item.get("why", "")))
            for item in found.get("compatible", ())
        ),
    )


def _question(item: Labels, story: str) -> Question:
    also = tuple(_word(Verdict, word, f"{story}: {item['key']}") for word in item.get("also", ()))
    verdict = _word(Verdict, item["verdict"], f"{story}: {item['key']}")
    return Question(key=item["key"], label=item["label"], verdict=verdict, also=also)


def _claim(
    item: Labels, reports: Mapping[str, Report], questions: Mapping[str, Question], story: str
) -> LabelledClaim:
    name = f"{story}: {item['id']}"
    report = item["id"].rstrip("0123456789")
    if report not in reports:
        raise BadLabels(f"{name}: there is no report {report!r}")
    question = item.get("question") or None
    if question is not None and question not in questions:
        raise BadLabels(f"{name}: there is no question {question!r}")
    start = _place(item["quote"], item.get("nth", 0), reports[report].text, name)
    kind = item.get("speaker_kind", "")
    answer = item.get("response")
    return LabelledClaim(
        id=item["id"],
        report=report,
        start=start,
        end=start + len(item["quote"]),
        question=question,
        quantity=_figure(item["quantity"], name) if "quantity" in item else None,
        as_of=_days(item["as_of"], name) if "as_of" in item else None,
        date=_days(item["date"], name) if "date" in item else None,
        speaker=item.get("speaker", ""),
        speaker_kind=_word(LinkKind, kind, name) if kind else "",
        response=(answer["actor"], _word(Act, answer["act"], name)) if answer else None,
        certainty=_word(Certainty, item["certainty"], name),
        place=item.get("place", ""),
    )


def _place(quote: str, nth: int, text: str, name: str) -> int:
    """Where the quote starts; `nth` counts from 1 where it stands more than once."""
    starts = [at for at in range(len(text)) if text.startswith(quote, at)] if quote else []
    if not starts:
        raise BadLabels(f"{name}: its quote is not in the report: {quote!r}")
    if len(starts) > 1 and not nth:
        raise BadLabels(f"{name}: its quote is there {len(starts)} times; say which by nth")
    if nth > len(starts):
        raise BadLabels(f"{name}: its quote is not there {nth} times")
    return starts[max(nth, 1) - 1]


def _figure(item: Labels, name: str) -> Figure:
    low, high = _number(item.get("low", ""), name), _number(item.get("high", ""), name)
    if low is not None and high is not None and low > high:
        raise BadLabels(f"{name}: its low bound is above its high one")
    return Figure(
        low=low,
        high=high,
        unit=item.get("unit", ""),
        modifier=_word(Modifier, item.get("modifier", "exact"), name),
        role=_word(Role, item.get("role", "total"), name),
        whose=item.get("whose", ""),
    )


def _number(given: str, name: str) -> Decimal | None:
    try:
        return Decimal(str(given)) if given != "" else None
    except InvalidOperation:
        raise BadLabels(f"{name}: {given!r} is not a number") from None


def _days(item: Labels, name: str) -> Days:
    try:
        first, last = (date.fromisoformat(item[at]) if item[at] else None for at in ("from", "to"))
    except ValueError:
        raise BadLabels(f"{name}: give days as YYYY-MM-DD") from None
    if first and last and first > last:
        raise BadLabels(f"{name}: its days end before they begin")
    return Days(first=first, last=last)


def _difference(
    item: Labels,
    claims: Mapping[str, LabelledClaim],
    questions: Mapping[str, Question],
    story: str,
) -> Difference:
    members = _known(item, claims, story)
    name = f"{story}: discrepancy {' '.join(members)}"
    if item["question"] not in questions:
        raise BadLabels(f"{name}: there is no question {item['question']!r}")
    if any(claims[one].question != item["question"] for one in members):
        raise BadLabels(f"{name}: its claims answer another question than {item['question']}")
    return Difference(
        question=item["question"],
        kind=_word(Kind, item["kind"], name),
        severity=_word(Severity, item["severity"], name),
        claims=members,
        why=str(item.get("why", "")),
    )


def _known(item: Labels, claims: Mapping[str, LabelledClaim], story: str) -> tuple[str, ...]:
    members: Sequence[str] = item["claims"]
    missing = [one for one in members if one not in claims]
    twice = [one for one, number in Counter(members).items() if number > 1]
    if missing or twice or len(members) < 2:
        raise BadLabels(f"{story}: {members} must be two or more different claims of the story")
    return tuple(members)


def _word(words: Any, given: str, name: str) -> str:
    if given not in get_args(words):
        raise BadLabels(f"{name}: {given!r} is none of {', '.join(get_args(words))}")
    return given

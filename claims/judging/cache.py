"""Answers in the database: what was asked once is never asked again, by whichever story."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from claims.judging.answer import Answer
from claims.judging.question import Question
from claims.models import JudgeAnswer


def known(questions: Iterable[Question]) -> dict[str, Answer]:
    """The answers that were given before, by the key of their question."""
    rows = JudgeAnswer.objects.filter(key__in=[asked.key for asked in questions])
    return {row.key: _answer(row) for row in rows}


def keep(answers: Mapping[str, Answer], model: str) -> None:
    """Keep answers; one that another worker got first stands."""
    JudgeAnswer.objects.bulk_create(
        [
            JudgeAnswer(
                key=key,
                model=model[:200],
                why=given.why,
                same=given.same,
                relation=given.relation,
                kind=given.kind,
                quotes=[list(quote) for quote in given.quotes],
                tokens=given.tokens,
            )
            for key, given in sorted(answers.items())
        ],
        ignore_conflicts=True,
    )


def asked_today(model: str) -> int:
    """How many answers the model has given since midnight, UTC."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return JudgeAnswer.objects.filter(model=model[:200], created_at__gte=midnight).count()


def _answer(row: JudgeAnswer) -> Answer:
    """The row as the engine's words; constraints keep it to them."""
    return Answer(
        why=row.why,  # type: ignore[arg-type]
        same=row.same,  # type: ignore[arg-type]
        relation=row.relation,  # type: ignore[arg-type]
        kind=row.kind,  # type: ignore[arg-type]
        quotes=tuple((start, end) for start, end in row.quotes),
        tokens=row.tokens,
    )

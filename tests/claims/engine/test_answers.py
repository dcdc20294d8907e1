"""Bare answers go to where their responder answers; answers with a matter of their own stay."""

from datetime import date

from claims.engine import answers, documents, extraction
from claims.engine.readings import Claim, Document, Report

TEXTS = {
    "a": "The harbour company has denied that the ferry was overloaded.",
    "b": "The harbour company declined to comment on Monday.",
    "c": "The harbour company confirmed that it would close its northern office.",
}


def answers_of(*names: str) -> tuple[dict[str, Claim], dict[str, Document]]:
    """The answers in these texts, with the texts parsed."""
    parsed = {
        name: documents.parse(
            Report(id=name, source=name, title="", published=date(2025, 3, 12), text=TEXTS[name])
        )
        for name in names
    }
    claims = {
        claim.id: claim
        for document in parsed.values()
        for claim in extraction.claims(document)
        if claim.reading.response
    }
    return claims, parsed


def test_a_bare_answer_joins_the_responders_other_answer() -> None:
    claims, parsed = answers_of("a", "b")
    groups = tuple((name,) for name in sorted(claims))
    assert len(claims) == 2
    assert answers.gather(groups, claims, parsed) == (tuple(sorted(claims)),)


def test_answers_about_two_matters_stay_apart() -> None:
    claims, parsed = answers_of("a", "c")
    groups = tuple((name,) for name in sorted(claims))
    assert len(claims) == 2
    assert answers.gather(groups, claims, parsed) == groups


def test_a_settled_answer_goes_nowhere() -> None:
    claims, parsed = answers_of("a", "b")
    groups = tuple((name,) for name in sorted(claims))
    assert answers.gather(groups, claims, parsed, settled=set(claims)) == groups

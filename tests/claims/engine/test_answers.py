"""Bare answers go to where their responder answers; answers with a matter of their own stay."""

from datetime import date

from claims.engine import answers, documents, extraction
from claims.engine.readings import Report

TEXTS = {
    "a": "The harbour company has denied that the ferry was overloaded.",
    "b": "The harbour company declined to comment on Monday.",
    "c": "The harbour company confirmed that it would close its northern office.",
}


def test_a_bare_answer_joins_the_responders_other_answer() -> None:
    parsed = {
        name: documents.parse(
            Report(id=name, source=name, title="", published=date(2025, 3, 12), text=text)
        )
        for name, text in TEXTS.items()
        if name != "c"
    }
    claims = {
        claim.id: claim
        for document in parsed.values()
        for claim in extraction.claims(document)
        if claim.reading.response
    }
    groups = tuple((name,) for name in sorted(claims))
    assert len(claims) == 2
    assert answers.gather(groups, claims, parsed) == (tuple(sorted(claims)),)


def test_answers_about_two_matters_stay_apart() -> None:
    parsed = {
        name: documents.parse(
            Report(id=name, source=name, title="", published=date(2025, 3, 12), text=text)
        )
        for name, text in TEXTS.items()
        if name != "b"
    }
    claims = {
        claim.id: claim
        for document in parsed.values()
        for claim in extraction.claims(document)
        if claim.reading.response
    }
    groups = tuple((name,) for name in sorted(claims))
    assert len(claims) == 2
    assert answers.gather(groups, claims, parsed) == groups

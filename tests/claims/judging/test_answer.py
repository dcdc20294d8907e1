"""Which answers count: the exact form, known words, and quotes that are there word for word."""

import json
from typing import Any

import pytest

from claims.engine.judges import ClaimPair, Opinion
from claims.judging import gate
from claims.judging.answer import Answer, read
from claims.judging.question import Question
from tests.claims.judging.model_server import Reply, content
from tests.claims.judging.pairs import FIRST, SECOND, asked, pair


def said(question: Question, **fields: Any) -> dict[str, Any]:
    """A good answer that quotes both sentences, with some fields of its own."""
    a, b = question.sides
    good = {
        "same": "yes",
        "relation": "conflict",
        "kind": "description",
        "quote_a": a.sentence,
        "quote_b": b.sentence,
        "reason": "Praise is not blame.",
    }
    return {**good, **fields}


def answered(text: str | None, question: Question | None = None, **message: Any) -> Answer:
    return read(content(text, **message).body, question or asked())


def test_a_good_answer_is_an_opinion_and_a_finding_with_its_places() -> None:
    question = asked()
    found = answered(json.dumps(said(question)), question)
    finding = found.finding(question)
    assert (found.why, found.opinion(), found.tokens) == ("", Opinion(same=True), 321)
    assert finding is not None
    assert (finding.relation, finding.kind) == ("conflict", "description")
    assert (finding.quote_a.start, finding.quote_a.end) == (10, 10 + len(FIRST))
    assert (finding.quote_b.start, finding.quote_b.end) == (10, 10 + len(SECOND))


def test_quotes_belong_to_their_claims_whichever_comes_first() -> None:
    back = asked(ClaimPair(a=pair().b, b=pair().a))
    finding = answered(json.dumps(said(back)), back).finding(back)
    assert finding is not None
    assert finding.quote_a.end - finding.quote_a.start == len(SECOND)


def test_a_quote_may_be_a_part_of_the_sentence() -> None:
    question = asked()
    quotes = {"quote_a": "the owner blamed", "quote_b": "owner praised"}
    if question.sides[0].sentence == FIRST:
        quotes = {"quote_a": "owner praised", "quote_b": "the owner blamed"}
    assert answered(json.dumps(said(question, **quotes)), question).why == ""


def test_a_code_fence_around_the_object_is_no_prose() -> None:
    question = asked()
    assert answered(f"```json\n{json.dumps(said(question))}\n```", question).why == ""


@pytest.mark.parametrize(
    "quote",
    [
        "The owner insulted the rescue teams",  # made up
        "the OWNER",  # other letters
        "the  owner",  # another blank
        "wner",  # a part of a word
        "",
        " ",
        "the",  # says nothing
        "Headline of a",  # not of the claim's sentence
        "Source of b",
    ],
)
@pytest.mark.parametrize("place", ["quote_a", "quote_b"])
def test_a_quote_that_is_not_there_word_for_word_counts_for_nothing(quote: str, place: str) -> None:
    found = answered(json.dumps(said(asked(), **{place: quote})))
    assert (found.why, found.opinion(), found.finding(asked())) == ("quotes", None, None)


def test_each_quote_must_be_from_its_own_claim() -> None:
    question = asked()
    good = said(question)
    swapped = {"quote_a": good["quote_b"], "quote_b": good["quote_a"]}
    assert answered(json.dumps({**good, **swapped}), question).why == "quotes"


def test_a_part_of_a_figure_is_no_quote() -> None:
    question = asked(pair("It cost 12,000 euros.", "It cost 12 euros."))
    place = "quote_a" if "12,000" in question.sides[0].sentence else "quote_b"
    assert answered(json.dumps(said(question, **{place: "12"})), question).why == "quotes"
    assert answered(json.dumps(said(question, **{place: "12,000"})), question).why == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"same": "maybe"},
        {"same": True},
        {"same": None},
        {"same": ["yes"]},
        {"relation": "contradiction"},
        {"relation": None},
        {"kind": "tone"},
        {"kind": None},
        {"kind": 1},
        {"quote_a": None},
        {"quote_b": 7},
        {"quote_a": ["the owner"]},
        {"reason": None},
        {"more": "words"},
    ],
)
def test_unknown_words_wrong_types_and_other_keys_count_for_nothing(
    fields: dict[str, Any],
) -> None:
    assert answered(json.dumps(said(asked(), **fields))) == Answer(why="form", tokens=321)


@pytest.mark.parametrize("missing", ["same", "relation", "kind", "quote_a", "quote_b", "reason"])
def test_a_missing_field_counts_for_nothing(missing: str) -> None:
    given = said(asked())
    del given[missing]
    assert answered(json.dumps(given)).why == "form"


@pytest.mark.parametrize(
    "wrap",
    [
        "Sure! Here it is: {}",
        "{} I hope that helps.",
        "<think>Praise, blame.</think>{}",
        "[{}]",
        '{{"answer": {}}}',
        "{}{}",
        "yes",
        "",
        "null",
        '"yes"',
        "{{",
        "[" * 9000,
    ],
)
def test_prose_and_anything_but_the_one_object_count_for_nothing(wrap: str) -> None:
    text = wrap.replace("{}", json.dumps(said(asked()))).replace("{{", "{").replace("}}", "}")
    assert answered(text).why == "form"


def test_an_answer_that_says_a_thing_twice_counts_for_nothing() -> None:
    text = json.dumps(said(asked()))
    assert answered(text[:-1] + ', "same": "no"}').why == "form"


@pytest.mark.parametrize(
    ("text", "message"),
    [(None, {}), (None, {"refusal": "I can't."}), ("{}", {"refusal": "I can't help with that."})],
)
def test_a_refusal_is_no_opinion(text: str | None, message: dict[str, Any]) -> None:
    assert answered(text, **message).why == "refused"


def test_an_answer_that_was_cut_off_is_no_opinion() -> None:
    body = json.loads(content(json.dumps(said(asked()))).body)
    body["choices"][0]["finish_reason"] = "length"
    assert read(json.dumps(body).encode(), asked()).why == "refused"


def test_unsure_is_no_opinion_and_no_finding() -> None:
    question = asked()
    found = answered(json.dumps(said(question, same="unsure")), question)
    assert (found.why, found.opinion(), found.finding(question)) == ("", None, None)


def test_claims_of_two_points_cannot_conflict() -> None:
    question = asked()
    found = answered(json.dumps(said(question, same="no")), question)
    assert (found.opinion(), found.finding(question)) == (Opinion(same=False), None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": "yes"}]}',
        b'{"choices": {"message": {}}}',
        b'{"error": {"message": "no such model"}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_chat_completion_is_no_answer(body: bytes) -> None:
    with pytest.raises(gate.NoAnswer, match="no chat completion"):
        read(Reply(body=body).body, asked())

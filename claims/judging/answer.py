"""What a model answered, and whether it counts.

It counts only in the exact form that was asked for, and only if both quotes stand word for word in
their claims' sentences. Everything else is no opinion, with a word that says why.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from claims.engine import terms
from claims.engine.judges import Finding, InContext, Opinion, RelationWord
from claims.engine.readings import Kind, Span
from claims.engine.tokens import tokenize
from claims.judging.gate import NoAnswer
from claims.judging.question import Question, quotable, quotable_start

Same = Literal["yes", "no", "unsure"]
Why = Literal["", "refused", "form", "quotes"]
KEYS = {"same", "relation", "kind", "quote_a", "quote_b", "reason"}
LONGEST_REPLY = 10_000  # code points; what is asked for is some hundred


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A model's answer about one question, without any words of the articles.

    `why` is empty if it counts; the rest is empty if it doesn't. The quotes are start and end in
    what could be quoted of sides a and b. `tokens` is what the server says that it cost.
    """

    why: Why = ""
    same: Same = "unsure"
    relation: RelationWord | Literal[""] = ""
    kind: Kind | Literal[""] = ""
    quotes: tuple[tuple[int, int], ...] = ()
    tokens: int = 0

    def opinion(self) -> Opinion | None:
        """Whether the claims are about one point, where the model is sure."""
        if self.why or self.same == "unsure":
            return None
        return Opinion(same=self.same == "yes")

    def finding(self, asked: Question) -> Finding | None:
        """How the claims of this question relate, if they are about one point at all."""
        if self.why or self.same != "yes" or not self.relation:
            return None
        spans = [
            Span(start=quotable_start(side) + start, end=quotable_start(side) + end)
            for side, (start, end) in zip(asked.sides, self.quotes, strict=True)
        ]
        a, b = reversed(spans) if asked.flipped else spans
        return Finding(relation=self.relation, kind=self.kind or None, quote_a=a, quote_b=b)


def read(body: bytes, asked: Question) -> Answer:
    """The answer in a chat completion; raises `NoAnswer` if the body is no such thing."""
    message, ended, tokens = _message(body)
    content = message.get("content")
    if message.get("refusal") or not isinstance(content, str) or ended not in ("stop", None):
        return Answer(why="refused", tokens=tokens)
    said = _fields(content)
    if said is None:
        return Answer(why="form", tokens=tokens)
    a, b = asked.sides
    quotes = [_found(said["quote_a"], a), _found(said["quote_b"], b)]
    if None in quotes:
        return Answer(why="quotes", tokens=tokens)
    return Answer(
        same=said["same"],
        relation=said["relation"],
        kind=said["kind"] if said["relation"] == "conflict" else "",
        quotes=tuple(quote for quote in quotes if quote),
        tokens=tokens,
    )


def _message(body: bytes) -> tuple[Mapping[str, Any], object, int]:
    """The message of a chat completion, why it ended, and how many tokens it took."""
    try:
        found = json.loads(body)
        choice = found["choices"][0]
        message = choice["message"]
        ended = choice.get("finish_reason")
        used = (found.get("usage") or {}).get("total_tokens", 0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAnswer("no chat completion") from None
    if not isinstance(message, dict):
        raise NoAnswer("no chat completion")
    known = isinstance(used, int) and 0 <= used < 10**9
    return message, ended, used if known else 0


def _fields(content: str) -> dict[str, Any] | None:
    """The object that was asked for, with exactly its keys and words; else None."""
    try:
        said = json.loads(_unfenced(content), object_pairs_hook=_once) if _short(content) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.keys() != KEYS:
        return None
    known = (
        said["same"] in get_args(Same)
        and said["relation"] in get_args(RelationWord)
        and (said["kind"] is None or said["kind"] in get_args(Kind))
        and (said["relation"] != "conflict" or said["kind"] is not None)
    )
    texts = all(isinstance(said[name], str) for name in ("quote_a", "quote_b", "reason"))
    return said if known and texts else None


def _short(content: str) -> bool:
    return len(content) <= LONGEST_REPLY


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says nothing twice."""
    found = dict(pairs)
    if len(found) != len(pairs) or any(isinstance(value, dict | list) for value in found.values()):
        raise ValueError
    return found


def _unfenced(content: str) -> str:
    """The text without the code fence that many models put around JSON."""
    text = content.strip()
    if text.startswith("```") and text.endswith("```") and len(text) > 6:
        return text[3:-3].removeprefix("json")
    return text


def _found(quote: str, side: InContext) -> tuple[int, int] | None:
    """Where whole words of the side are that the quote repeats; inside its claim if they are."""
    text = quotable(side)
    start = max(side.claim.start - quotable_start(side), 0)
    tokens = tokenize(quote)
    if not (terms.stems(tokens) or any(letter.isdigit() for letter in quote)):
        return None  # nothing that says anything
    for begin in (start, 0):
        at = text.find(quote, begin)
        while at >= 0:
            if _whole(text, at, at + len(quote)):
                return at, at + len(quote)
            at = text.find(quote, at + 1)
    return None


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do: "12" is no quote from "12,000"."""
    inside = any(
        left.isalnum() and right.isalnum()
        for left, right in (
            (text[start - 1 : start], text[start : start + 1]),
            (text[end - 1 : end], text[end : end + 1]),
        )
    )
    figure = text[end - 1 : end].isdigit() and (
        text[end : end + 1] in tuple(",.") and text[end + 1 : end + 2].isdigit()
    )
    before = text[start : start + 1].isdigit() and (
        text[start - 1 : start] in tuple(",.") and text[max(start - 2, 0) : start - 1].isdigit()
    )
    return not (inside or figure or before)

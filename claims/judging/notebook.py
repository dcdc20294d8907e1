"""A judge that knows answers by heart and writes down what it is asked beyond them.

The engine asks it like any judge, and neither the network nor the database is touched while it
works. Whoever runs the comparison then has the open questions asked, and compares again.
"""

from collections.abc import Mapping, Sequence

from claims.engine.judges import ClaimPair, Finding, Opinion
from claims.judging.answer import Answer
from claims.judging.question import Question, question


class Notebook:
    """The answers of one model to the pairs of one story, as far as they are known."""

    def __init__(self, model: str, name: str) -> None:
        self.name = name
        self._model = model
        self._answers: dict[str, Answer | None] = {}
        self._open: dict[str, Question] = {}

    def same_point(self, pairs: Sequence[ClaimPair]) -> Sequence[Opinion | None]:
        """What is known; pairs that are not are noted, in the order of their doubt."""
        return [answer.opinion() if answer else None for _, answer in map(self._look_up, pairs)]

    def relation(self, pairs: Sequence[ClaimPair]) -> Sequence[Finding | None]:
        """The same for how two claims relate: one question asks for both."""
        return [
            answer.finding(asked) if asked and answer else None
            for asked, answer in map(self._look_up, pairs)
        ]

    def open(self) -> list[Question]:
        """What was asked and is not known, in the order in which it was asked."""
        return list(self._open.values())

    def learn(self, answers: Mapping[str, Answer]) -> None:
        """Take answers in. What was open and got none is not noted again."""
        self._answers |= {key: answers.get(key) for key in self._open}
        self._open = {}

    def _look_up(self, pair: ClaimPair) -> tuple[Question | None, Answer | None]:
        asked = question(pair, self._model)
        if asked is None:
            return None, None
        if asked.key not in self._answers:
            self._open.setdefault(asked.key, asked)
        return asked, self._answers.get(asked.key)

"""Having open questions answered within the limits: from the cache, else by the model's server.

A few at a time, each by itself: what one article says can never reach the question about others.
Every batch is kept before the next one goes out, so nothing that was paid for is lost.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Literal

from claims.judging import cache, gate
from claims.judging.answer import Answer, read
from claims.judging.options import Options
from claims.judging.question import Question, request

Ended = Literal["", "failed", "limit", "daily"]
MayLeave = Callable[[], frozenset[str]]

logger = logging.getLogger(__name__)


class Asking:
    """The questions of one comparison.

    `ended` says why no more are asked: the server `failed`, or a limit of the comparison or of the
    day is reached. `asked` counts what was sent. `may_leave` gives the ids of the reports whose
    words may be sent just now; it is asked again before each batch.
    """

    def __init__(self, options: Options, may_leave: MayLeave) -> None:
        self.ended: Ended = ""
        self.asked = 0
        self._options = options
        self._may_leave = may_leave
        self._end = monotonic() + options.most_seconds

    def answers(self, questions: Sequence[Question]) -> dict[str, Answer]:
        """The answers that there are and that can be had, by the keys of their questions.

        Never call it inside a transaction: it waits for the server.
        """
        found = cache.known(questions)
        waiting = [asked for asked in questions if asked.key not in found]
        while waiting and not self.ended:
            allowed = self._may_leave()
            waiting = [asked for asked in waiting if asked.reports <= allowed]
            room = self._room()
            batch, waiting = waiting[:room], waiting[room:]
            if batch:
                given = self._batch(batch)
                cache.keep(given, self._options.model)
                found |= given
        return found

    def _room(self) -> int:
        """How many questions may go out now."""
        left = self._options.most_pairs - self.asked
        today = self._options.daily - cache.asked_today(self._options.model)
        if left <= 0 or monotonic() >= self._end:
            self.ended = "limit"
        elif today <= 0:
            self.ended = "daily"
        return 0 if self.ended else min(left, today, self._options.at_once)

    def _batch(self, batch: Sequence[Question]) -> dict[str, Answer]:
        """Ask all of the batch at once; the threads know nothing of the database."""
        self.asked += len(batch)
        with ThreadPoolExecutor(len(batch)) as pool:
            given = list(pool.map(self._one, batch))
        failed = {why for why in given if isinstance(why, str)}
        if failed:
            self.ended = "failed"
            logger.warning("The model's server gave no answer: %s", ", ".join(sorted(failed)))
        return {
            asked.key: answer
            for asked, answer in zip(batch, given, strict=True)
            if isinstance(answer, Answer)
        }

    def _one(self, asked: Question) -> Answer | str:
        """An answer, or why there is none."""
        options = self._options
        seconds = min(options.timeout, max(self._end - monotonic(), 0.1))
        try:
            body = request(asked, options.model)
            return read(gate.post(options.address, body, options.key, seconds), asked)
        except gate.NoAnswer as error:
            return str(error)

"""What the page of one import shows, as the template asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from reader.import_batch_words import (
    advice_words,
    batch_name,
    count_words,
    person_words,
    progress_words,
    said_words,
)
from reader.import_rows import ItemRow
from reader.models import ImportBatch

PER_PAGE = 100
OVER = (ImportBatch.State.DONE, ImportBatch.State.CANCELLED)
_STILL = timedelta(minutes=1)


def may_act_on(batch: ImportBatch) -> bool:
    """Whether a person can say anything about the import's items now."""
    return batch.state in (ImportBatch.State.WAITING, ImportBatch.State.DONE)


def pages_of(number: int) -> int:
    """How many pages so many items take; one also for none."""
    return max(1, -(-number // PER_PAGE))


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One way to narrow the list, with how many it shows."""

    label: str
    number: int
    url: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class BatchPage:
    """All that the page of an import shows."""

    batch: ImportBatch
    zone: str
    busy: bool
    numbers: Mapping[str, int]
    handled: int
    show: str
    filters: Sequence[Filter]
    rows: Sequence[ItemRow]
    live: Sequence[ItemRow]
    page: int
    told: int
    announces: bool
    changed: str

    @property
    def pk(self) -> int:
        """The import's number."""
        return self.batch.pk

    @property
    def total(self) -> int:
        """How many items there are so far."""
        return self.numbers["all"]

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return pages_of(self.numbers[self.show])

    @property
    def url(self) -> str:
        """Where this page is."""
        return reverse("reader:import_batch", args=[self.batch.pk])

    @property
    def name(self) -> str:
        """What came in, in words."""
        return batch_name(self.batch.how, self.total)

    @property
    def state(self) -> str:
        """The import's state."""
        return self.batch.state

    @property
    def story(self) -> str:
        """The title of the story, also of one that is still to be made."""
        return self.batch.story.title if self.batch.story else self.batch.new_story

    @property
    def slug(self) -> str:
        """The story's name in addresses; empty while it is still to be made."""
        return self.batch.story.slug if self.batch.story else ""

    @property
    def made_at(self) -> datetime:
        """When it was begun."""
        return self.batch.made_at

    @property
    def person(self) -> str:
        """Who began it."""
        return person_words(self.batch)

    @property
    def said(self) -> str:
        """What was typed for all reports."""
        return said_words(self.batch.said)

    @property
    def progress_words(self) -> str:
        """How far it is, or how it ended."""
        return progress_words(self.batch, self.numbers, handled=self.handled)

    @property
    def announce(self) -> str:
        """What is read out now; empty where nothing is new enough to say."""
        return self.progress_words if self.announces else ""

    @property
    def slow(self) -> bool:
        """Whether nothing has happened for so long that a worker is missing."""
        return self.busy and timezone.now() - self.batch.made_at > _STILL and not self.handled

    @property
    def counts(self) -> Sequence[str]:
        """What became of the items, or will."""
        return count_words(self.numbers)

    @property
    def advice(self) -> str:
        """What to do next."""
        return advice_words(self.batch, self.numbers)

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.batch.state in OVER

    @property
    def may_cancel(self) -> bool:
        """Whether there is anything to call off."""
        return not self.is_over

    @property
    def may_act(self) -> bool:
        """Whether a person can say anything about items now."""
        return may_act_on(self.batch)

    @property
    def story_url(self) -> str:
        """Where the story is; empty while it is still to be made."""
        return reverse("claims:compare", args=[self.slug]) if self.slug else ""

    @property
    def ready(self) -> int:
        """How many can be stored without a further word."""
        return self.numbers["ready"] if self.may_act else 0

    @property
    def only_skipped(self) -> bool:
        """Whether all that waits is in the story already."""
        return self.may_act and self.numbers["skipped_waiting"] > 0 and not self.numbers["needs"]

    @property
    def stored(self) -> int:
        """How many are in the story by this import."""
        return self.numbers["created"] + self.numbers["version"]

    @property
    def may_retry(self) -> bool:
        """Whether the list shows anything to try again."""
        return self.show in ("all", "failed") and self.numbers["failed"] > 0

    @property
    def may_confirm(self) -> bool:
        """Whether the list shows anything that can be stored without a further word."""
        return self.show in ("all", "ready") and self.ready > 0

    @property
    def may_set(self) -> bool:
        """Whether the list shows anything whose facts can be set."""
        return self.may_act and any(row.may_set for row in self.rows)

    @property
    def may_discard(self) -> bool:
        """Whether the list shows anything to discard."""
        return self.may_act and any(row.may_choose for row in self.rows)

    @property
    def first_number(self) -> int:
        """The number of the first row of this page."""
        return (self.page - 1) * PER_PAGE + 1

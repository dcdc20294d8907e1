"""What the cases share: the sizes they measure at, and one site that is made at its first use."""

import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from django.conf import settings
from django.test import Client
from django.urls import reverse

from claims.bench.made_up import MadeReport, make_story
from claims.bench.rows import Row
from claims.bench.scratch import scratch_database
from claims.bench.server import Visitor, running_site
from claims.bench.stored_story import store_story
from reader.models import Desk, Membership, Role, Story, User


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much is measured. Those of the goals are the defaults; tests take tiny ones."""

    reports: int = 20
    few_reports: int = 2
    words: int = 800
    claims: int = 40
    render_words: int = 12_800
    render_claims: int = 640
    engine_reports: tuple[int, ...] = (5, 20, 80)
    related_reports: int = 50
    hostile_length: int = 60_000  # characters; what a shape costs grows in step from here on
    loaded: int = 1000  # reports that are stored in one go
    tables: tuple[int, int] = (100, 1000)  # rows of a small and of a large one
    columns: int = 5  # of the page that a browser paints
    column_words: int = 10_000
    column_claims: int = 1000
    browser_reps: int = 9
    reps: int = 9
    least: float = 0.1  # seconds that a turn takes at least


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site with a small and a full-size story, an editor who visits it and a stranger."""

    visitor: Visitor
    stranger: Visitor
    person: User
    story: Story
    small_story: Story

    @staticmethod
    def page(story: Story) -> str:
        """The address of the story's side-by-side page."""
        return reverse("claims:compare", args=[story.slug])


@dataclass(kw_only=True)
class Setting:
    """Everything a case may use. Use as a context: leaving it ends what was started."""

    sizes: Sizes = Sizes()
    ends: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ends.close()

    @cached_property
    def database(self) -> str:
        """The address of an own database. Raises `Skipped` where none can be made."""
        return self.ends.enter_context(scratch_database())

    @cached_property
    def site(self) -> Site:
        """The running site. Raises `Skipped` where no database can be made for it."""
        address = self.database
        desk = Desk.objects.create(name="Bench", slug="bench")
        person = User.objects.create_user("bench")
        Membership.objects.create(user=person, desk=desk, role=Role.EDITOR)
        story = store_story(desk, "full", self._made(self.sizes.reports))
        small = store_story(desk, "small", self._made(self.sizes.few_reports))
        plain_name = settings.SESSION_COOKIE_NAME.removeprefix("__Host-")  # the site speaks http
        cookies = {plain_name: _session_of(person)}
        static = Path(self.ends.enter_context(TemporaryDirectory()))
        port = self.ends.enter_context(running_site(address, static))
        visitor = Visitor(port=port, cookies=cookies)
        stranger = Visitor(port=port)
        for either in (visitor, stranger):
            self.ends.callback(either.connection.close)
        return Site(
            visitor=visitor, stranger=stranger, person=person, story=story, small_story=small
        )

    def _made(self, reports: int) -> Iterable[MadeReport]:
        sizes = self.sizes
        return make_story(reports=reports, words=sizes.words, claims=sizes.claims)


def _session_of(person: User) -> str:
    """The key of a session in which the person is signed in."""
    silenced = logging.root.manager.disable
    logging.disable(logging.WARNING)  # what is said about sign-ins is not about this one
    try:
        client = Client()
        client.force_login(person)
    finally:
        logging.disable(silenced)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


Case = Callable[[Setting], Row]

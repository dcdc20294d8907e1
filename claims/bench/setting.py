"""What the cases share: the sizes they measure at, and one site that is made at its first use."""

from collections.abc import Callable
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

from claims.bench.made_up import make_story
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
    reps: int = 9
    least: float = 0.1  # seconds that a turn takes at least


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site with a small and a full-size story, and an editor who visits it."""

    visitor: Visitor
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
    def site(self) -> Site:
        """The running site. Raises `Skipped` where no database can be made for it."""
        address = self.ends.enter_context(scratch_database())
        desk = Desk.objects.create(name="Bench", slug="bench")
        person = User.objects.create_user("bench")
        Membership.objects.create(user=person, desk=desk, role=Role.EDITOR)
        story = store_story(desk, "full", self._made(self.sizes.reports))
        small = store_story(desk, "small", self._made(self.sizes.few_reports))
        client = Client()
        client.force_login(person)
        plain_name = settings.SESSION_COOKIE_NAME.removeprefix("__Host-")  # the site speaks http
        cookies = {plain_name: client.cookies[settings.SESSION_COOKIE_NAME].value}
        static = Path(self.ends.enter_context(TemporaryDirectory()))
        visitor = self.ends.enter_context(running_site(address, static, cookies))
        return Site(visitor=visitor, person=person, story=story, small_story=small)

    def _made(self, reports: int):
        sizes = self.sizes
        return make_story(reports=reports, words=sizes.words, claims=sizes.claims)


Case = Callable[[Setting], Row]

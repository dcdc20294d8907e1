"""Which stories of the list somebody asks for, and in which order: no query is made here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from claims.words import Words
from reader.models.stories import ComparisonState
from reader.web import read_number

LONGEST = 200  # letters that are looked for
Key = tuple[int | str | float, ...]
SHOWS: Words = {
    "": _("All"),
    "new": _("New to you"),
    "flags": _("With open flags"),
    "closed": _("Closed"),
}
SORTS: Words = {
    "": _("New first"),
    "changed": _("Last change"),
    "flags": _("Open flags"),
    "title": _("Title"),
}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What every story of the person's desks is narrowed and sorted by.

    `flags` are its open flags by kind and severity, the gravest first; `seen_at` is None for one
    that the person never opened; `has_news` says that others changed it since.
    """

    pk: int
    slug: str
    title: str
    desk: str
    desk_slug: str
    zone: ZoneInfo
    is_closed: bool
    state: ComparisonState
    changed: datetime
    revision: int
    origins: int
    seen_at: datetime | None
    has_news: bool
    flags: tuple[tuple[str, str, int], ...] = ()

    @property
    def is_unseen(self) -> bool:
        """Whether there is something in it that the person has not looked at."""
        return self.seen_at is None or self.has_news

    @property
    def open_flags(self) -> int:
        """How many flags are open."""
        return sum(number for _kind, _severity, number in self.flags)

    def of_severity(self, severity: str) -> int:
        """How many open flags are as grave as this."""
        return sum(number for _kind, grave, number in self.flags if grave == severity)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that the list can be narrowed to or sorted by. `query` leads to it."""

    value: str
    word: str
    number: int
    chosen: bool
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for; empty means all, and what is new first."""

    words: str = ""
    show: str = ""
    desk: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """What a query string asks for; words that are none ask for nothing."""
        show, sort = given.get("show", ""), given.get("sort", "")
        return cls(
            words=" ".join(given.get("q", "")[:LONGEST].split()),
            show=show if show in SHOWS else "",
            desk=given.get("desk", "")[:LONGEST],
            sort=sort if sort in SORTS else "",
            page=read_number(given.get("page", "")) or 1,
        )

    @property
    def query(self) -> str:
        """The address's query for this; empty for the whole list."""
        named = {
            "q": self.words,
            "show": self.show,
            "desk": self.desk,
            "sort": self.sort,
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in named.items() if value})

    def at(self, page: int) -> str:
        """The query of another page of the same."""
        return replace(self, page=page).query

    def narrowed(self, stories: Iterable[Listed], *, show: str | None = None) -> list[Listed]:
        """The stories that fit, or that would with another `show`."""
        wanted = _SHOWN[self.show if show is None else show]
        looked_for = self.words.casefold()
        return [
            story
            for story in stories
            if wanted(story)
            and (not self.desk or story.desk_slug == self.desk)
            and all(word in story.title.casefold() for word in looked_for.split())
        ]

    def ordered(self, stories: Iterable[Listed]) -> list[Listed]:
        """The stories in the order asked for; of equals the last changed first."""
        latest = sorted(stories, key=lambda story: (story.changed, story.pk), reverse=True)
        return sorted(latest, key=_ORDERS[self.sort])

    def shows(self, stories: Sequence[Listed]) -> tuple[Choice, ...]:
        """What the list can be narrowed to, with how many stories that leaves."""
        return tuple(
            Choice(
                value=value,
                word=str(word),
                number=len(self.narrowed(stories, show=value)),
                chosen=value == self.show,
                query=replace(self, show=value, page=1).query,
            )
            for value, word in SHOWS.items()
        )

    def desks(self, stories: Iterable[Listed]) -> tuple[Choice, ...]:
        """The desks of the stories; empty where there is but one to choose."""
        names = {story.desk_slug: story.desk for story in stories}
        if len(names) < 2:
            return ()
        return tuple(
            Choice(value=slug, word=name, number=0, chosen=slug == self.desk)
            for slug, name in sorted(names.items(), key=lambda item: item[1].casefold())
        )

    def sorts(self) -> tuple[Choice, ...]:
        """The orders that there are."""
        return tuple(
            Choice(value=value, word=str(word), number=0, chosen=value == self.sort)
            for value, word in SORTS.items()
        )


_SHOWN: Mapping[str, Callable[[Listed], bool]] = {
    "": lambda story: True,
    "new": lambda story: story.is_unseen,
    "flags": lambda story: story.open_flags > 0,
    "closed": lambda story: story.is_closed,
}
_ORDERS: Mapping[str, Callable[[Listed], Key]] = {
    "": lambda story: (not story.is_unseen,),
    "changed": lambda story: (),
    "flags": lambda story: (
        -story.of_severity("high"),
        -story.of_severity("medium"),
        -story.of_severity("low"),
    ),
    "title": lambda story: (story.title.casefold(),),
}

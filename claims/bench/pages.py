"""The side-by-side page: against a bare view of the same server, and from few reports to many."""

from collections.abc import Callable
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.bench.rows import NOTHING, Row
from claims.bench.server import UNCHANGED
from claims.bench.setting import Setting, Site
from claims.bench.timing import Act, race, timed_row
from claims.comparison import build_comparison
from reader.access import get_story_for
from reader.models import Story

BARE = "/healthz"  # a view that does nothing, asked by nobody: same server, same middleware
OPENED_GOAL, UNCHANGED_GOAL, GROWTH_GOAL = 12, 2, 4
MOST_QUERIES = 6


def opened(setting: Setting) -> Row:
    """The whole page, as all find it but the first after a change of the story."""
    return _raced(setting, "page", OPENED_GOAL, lambda site: _open(site, site.story), _bare)


def anew(setting: Setting) -> Row:
    """The page made from the database each time, as the first person finds it after a change."""
    return _raced(
        setting, "page.anew", OPENED_GOAL, lambda site: _open_anew(site, site.story), _bare
    )


def unchanged(setting: Setting) -> Row:
    """The answer that the browser's copy still holds."""

    def asked_again(site: Site) -> Act:
        path = site.page(site.story)
        site.visitor.get(path)  # brings the cookie that the tag depends on
        tag = site.visitor.get(path).etag
        return lambda: site.visitor.get(path, etag=tag, status=UNCHANGED)

    return _raced(setting, "page.304", UNCHANGED_GOAL, asked_again, _bare)


def growth(setting: Setting) -> Row:
    """The page of the full story against that of the small one, both made anew each time."""
    few = setting.sizes.few_reports
    return _raced(
        setting,
        "page.growth",
        GROWTH_GOAL,
        lambda site: _open_anew(site, site.story),
        lambda site: _open_anew(site, site.small_story),
        against=f"page of {few} reports",
    )


def queries(setting: Setting) -> Row:
    """How often the read model asks the database."""
    return Row(
        name="page.queries",
        unit="queries",
        against=NOTHING,
        goal=MOST_QUERIES,
        figure=_queries(setting.site, setting.site.story),
        is_count=True,
    )


def queries_growth(setting: Setting) -> Row:
    """The same count, full story against small one: it must not grow at all."""
    site, few = setting.site, setting.sizes.few_reports
    many = _queries(site, site.story)
    return Row(
        name="page.queries.growth",
        unit="queries",
        against=f"page of {few} reports",
        goal=1,
        figure=many,
        ratio=many / _queries(site, site.small_story),
        is_count=True,
    )


def _open(site: Site, story: Story) -> Act:
    path = site.page(story)
    return lambda: site.visitor.get(path)


def _open_anew(site: Site, story: Story) -> Act:
    """Each time at an address that nobody opened before, of which the server has kept nothing."""
    path = site.page(story)
    numbers = count(1)
    return lambda: site.visitor.get(f"{path}?flag={next(numbers)}")


def _bare(site: Site) -> Act:
    return lambda: site.stranger.get(BARE)


def _raced(
    setting: Setting,
    name: str,
    goal: float,
    ours: Callable[[Site], Act],
    other: Callable[[Site], Act],
    *,
    against: str = "bare view",
) -> Row:
    site, sizes = setting.site, setting.sizes
    found = race(ours(site), other(site), reps=sizes.reps, least=sizes.least)
    return timed_row(found, name=name, against=against, goal=goal)


def _queries(site: Site, story: Story) -> int:
    story = get_story_for(site.person, story.slug)  # with all that the view has loaded by then
    with CaptureQueriesContext(connection) as asked:
        build_comparison(story, site.person)
    return len(asked)

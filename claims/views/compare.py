"""The side-by-side page, and the parts of it that are fetched again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from claims.annotation import may_annotate
from claims.columns_load import DRAWN, NOTHING, Drawn
from claims.columns_panel import SENT, Choice
from claims.comparison import Comparison, build_comparison
from claims.kept_pages import PAGES
from claims.layout import USUAL, Layout, read_numbers
from claims.layout_links import colour_links, focus_links
from claims.modes import led_on, mode_in
from claims.views.story_page import answer_page
from reader.access import get_story_for
from reader.etag import story_state
from reader.htmx import (
    chosen_partial,
    current_address,
    is_htmx,
    render_page,
    replace_address,
)
from reader.models import Article, Story
from reader.web import PersonRequest, read_number

# The whole comparison, the chosen point's evidence with the columns' feet, the texts of columns
# that came into view, the note on freshness.
PARTIALS: Mapping[str, str] = {
    "comparison": "comparison",
    "evidence": "point",
    "columns": "texts",
    "freshness": "freshness",
}
CHANGED = gettext_lazy("The story has changed since you opened it.")
MOST_HELD = 100  # a page has fewer reports than that side by side
FreshnessState = Literal["fresh", "pending", "finished", "changed", "failed"]


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How the page that the person looks at relates to the story as it is now.

    `revision` is the story's of which the page shows all; `told` says that the person has heard of
    the state already. `layout` is the page's. `held` are claims of the chosen point, by which the
    page finds its place again where the point is no more.
    """

    state: FreshnessState
    revision: int
    point: int | None
    told: bool = False
    layout: Layout = USUAL
    held: tuple[int, ...] = ()

    @property
    def held_query(self) -> str:
        """What the addresses in the note need to find the page's place again."""
        return f"&{urlencode({'held': ' '.join(map(str, self.held))})}" if self.held else ""

    def told_with(self, said: str) -> str:
        """What was done, in words, and what else the person must know of the page."""
        return f"{said} {CHANGED}" if self.state == "changed" else said


@require_safe
def compare(request: PersonRequest, slug: str) -> HttpResponse:
    """All reports of a story side by side; `?point=ID` is the chosen point.

    `&flag=ID` is the flag of that point which keys act on, `&column=ID,ID` reports whose texts
    are wanted. The rest of the address is its layout, see `claims.layout`; the panel of columns
    sends its form here too, and is led on to the address of what it chose.

    Answers 304 where the browser's copy still holds, before anything below the story is read.
    """
    story = get_story_for(request.user, slug)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before
    layout = Layout.read(request.GET)
    choice = _choice(request, story)
    if choice is not None and not choice.error and not (choice.moved and not is_htmx(request)):
        return redirect(_chosen_address(request, story, layout, choice))
    partial = chosen_partial(request, PARTIALS)
    return answer_page(request, story, partial, lambda: _rendered(request, story, partial, choice))


def keep_address(
    request: PersonRequest, response: HttpResponse, story: Story, comparison: Comparison
) -> None:
    """Correct the address in the browser where it names a point that the page no longer has."""
    asked = parse_qs(urlsplit(current_address(request)).query).get("point", [""])[0]
    point = comparison.chosen.id if comparison.chosen else None
    if asked and point is not None and asked != str(point):
        address = comparison.layout.address(story.get_absolute_url(), point)
        replace_address(response, address)


def _rendered(
    request: PersonRequest,
    story: Story,
    partial: str,
    choice: Choice | None,
) -> HttpResponse:
    """The page, or the part of it that is asked for."""
    context = _context(request, story, partial, choice)
    response = render_page(request, "claims/compare.html", context, PARTIALS)
    comparison = context["comparison"]
    if partial == "comparison" and isinstance(comparison, Comparison):
        keep_address(request, response, story, comparison)
    return response


def _context(
    request: PersonRequest, story: Story, partial: str, choice: Choice | None
) -> dict[str, object]:
    layout = Layout.read(request.GET)
    point = read_number(request.GET.get("point"))
    freshness = freshness_of(request, story, point, layout)
    if partial == "freshness":
        return {"story": story, "comparison": story, "freshness": freshness}
    if choice is not None:
        layout = choice.shown(layout)
    wanted = read_numbers(request.GET.get("column", ""))[:DRAWN]
    drawn, flag = _drawn(wanted, partial), read_number(request.GET.get("flag"))
    held = freshness.held

    def make() -> Comparison:
        return build_comparison(
            story,
            request.user,
            point=point,
            flag=flag,
            layout=layout,
            held=held,
            drawn=drawn,
            choice=choice,
        )

    kept_page = None
    if drawn.row and choice is None and not held:  # a whole page, as others open it too
        zones = (request.user.zone, story.desk.zone)
        key = (story_state(story), zones, get_language(), point, flag, layout.query, drawn)
        kept_page = PAGES.get(key, make)
    comparison = kept_page.comparison if kept_page else make()
    return {
        **page_context(request, story, comparison, freshness),
        "kept_page": kept_page,
        "came": [column for column in comparison.columns if column.article in wanted],
    }


def page_context(
    request: PersonRequest, story: Story, comparison: Comparison, freshness: Freshness
) -> dict[str, object]:
    """What the page's template needs, whichever view renders it."""
    point = comparison.chosen.id if comparison.chosen else None
    page, layout = story.get_absolute_url(), comparison.layout
    return {
        "section": "stories",
        "story": story,
        "comparison": comparison,
        "layout": layout,
        "page": page,
        "at": f"{page}?point={point}" if point else f"{page}?",
        "mode": layout.mode,
        "here": layout.changed(mode="quiet").address(page, point),
        "freshness": freshness,
        "may_annotate": may_annotate(request.user, story),
        "colours": colour_links(layout),
        "focuses": focus_links(layout),
    }


def _drawn(wanted: tuple[int, ...], partial: str) -> Drawn:
    """Which texts the answer shows, `wanted` by name; what came into view is asked for alone."""
    if partial == "texts":
        return Drawn(row=False, named=wanted, alone=True)
    return NOTHING if partial == "point" else Drawn(named=wanted)


def _choice(request: PersonRequest, story: Story) -> Choice | None:
    """What the form of the panel of columns says, if the address is that of the form."""
    if SENT not in request.GET:
        return None
    live = Article.objects.live().filter(story=story, current_version__isnull=False)
    reports = list(live.order_by("published_at", "pk").values_list("pk", flat=True))
    return Choice.read(request.GET, reports)


def _chosen_address(request: PersonRequest, story: Story, layout: Layout, choice: Choice) -> str:
    """The page's address once what was chosen in the panel is shown."""
    point = read_number(request.GET.get("point"))
    return choice.shown(layout).address(story.get_absolute_url(), point)


def layout_shown(request: PersonRequest, story: Story) -> Layout:
    """The layout of the story's page that the person looks at; of another page only the mode."""
    address = current_address(request)
    if urlsplit(address).path == story.get_absolute_url():
        return Layout.of_address(address)
    return Layout(mode=mode_in(request.POST.dict()))


def freshness_of(
    request: PersonRequest, story: Story, point: int | None, layout: Layout
) -> Freshness:
    """How the page is that asks for its own freshness, or a new one.

    `seen` is the revision of the page that asks; `waiting`: it waits for a comparison.
    """
    seen = read_number(request.GET.get("seen"))
    state: FreshnessState = "fresh"
    if story.comparison_state == "pending":
        state = "pending"
    elif seen is not None and request.GET.get("waiting"):
        state = "finished"
    elif seen is not None and seen != story.revision:
        state = "changed"
    elif story.comparison_state == "failed":
        state = "failed"
    told = bool(request.GET.get("waiting"))
    shown = story.revision if seen is None else seen
    held = read_held(request)
    return Freshness(state=state, revision=shown, point=point, told=told, layout=layout, held=held)


def read_held(request: PersonRequest) -> tuple[int, ...]:
    """The claims of the point that is chosen on the page which asks, as far as it names any."""
    named = [read_number(word) for word in request.GET.get("held", "").split()[:MOST_HELD]]
    return tuple(number for number in named if number is not None)


def freshness_after(
    request: PersonRequest,
    story: Story,
    point: int | None,
    *,
    changes: int = 1,
    layout: Layout = USUAL,
) -> Freshness:
    """How the page is once the fragments of a change by this person stand in it.

    `changes` is how often the person changed the story just now. The form says of which revision
    its page is; where the story is further on, others changed what those fragments do not show.
    """
    page = read_number(request.POST.get("page_revision"))
    state: FreshnessState = "fresh"
    if story.comparison_state == "pending":
        state = "pending"
    elif page is None or page + changes != story.revision:
        state = "changed"
    elif story.comparison_state == "failed":
        state = "failed"
    shown = (page or 0) if state in ("pending", "changed") else story.revision
    return Freshness(state=state, revision=shown, point=point, told=True, layout=layout)

"""The side-by-side page, and the parts of it that are fetched again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.annotation import may_annotate
from claims.comparison import build_comparison
from claims.modes import Mode, led_on, mode_in, query_of
from reader.access import get_story_for
from reader.etag import page_etag
from reader.htmx import (
    HTMX_HEADERS,
    chosen_partial,
    current_address,
    render_page,
    replace_address,
)
from reader.models import Story
from reader.web import PersonRequest, read_number

# The whole comparison, the chosen point's evidence with the columns' feet, the note on freshness.
PARTIALS: Mapping[str, str] = {
    "comparison": "comparison",
    "evidence": "point",
    "freshness": "freshness",
}
CHANGED = gettext_lazy("The story has changed since you opened it.")
MOST_HELD = 100  # a page has fewer reports than that side by side
FreshnessState = Literal["fresh", "pending", "finished", "changed", "failed"]


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How the page that the person looks at relates to the story as it is now.

    `revision` is the story's of which the page shows all; `told` says that the person has heard of
    the state already. `mode` is the page's. `held` are claims of the chosen point, by which the
    page finds its place again where the point is no more.
    """

    state: FreshnessState
    revision: int
    point: int | None
    told: bool = False
    mode: Mode = "quiet"
    held: tuple[int, ...] = ()

    @property
    def held_query(self) -> str:
        """What the addresses in the note need to find the page's place again."""
        return f"&{urlencode({'held': ' '.join(map(str, self.held))})}" if self.held else ""

    @property
    def mode_query(self) -> str:
        """What the addresses in the note need to open in the page's mode."""
        return query_of(self.mode)

    def told_with(self, said: str) -> str:
        """What was done, in words, and what else the person must know of the page."""
        return f"{said} {CHANGED}" if self.state == "changed" else said


@require_safe
def compare(request: PersonRequest, slug: str) -> HttpResponse:
    """All reports of a story side by side; `?point=ID` is the chosen point.

    `&flag=ID` is the flag of that point which keys act on, `&mode=thorough` adds suggestions.

    Answers 304 where the browser's copy still holds, before anything below the story is read.
    """
    story = get_story_for(request.user, slug)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before
    partial = chosen_partial(request, PARTIALS)
    etag = page_etag(request, story, partial)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        context = _context(request, story, partial)
        response = render_page(request, "claims/compare.html", context, PARTIALS)
        if partial == "comparison":
            keep_address(request, response, story, context["comparison"])
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, (*HTMX_HEADERS, "Cookie", "Accept-Language"))
    return response


def keep_address(
    request: PersonRequest, response: HttpResponse, story: Story, comparison: Any
) -> None:
    """Correct the address in the browser where it names a point that the page no longer has."""
    asked = parse_qs(urlsplit(current_address(request)).query).get("point", [""])[0]
    point = comparison.chosen.id if comparison.chosen else None
    if asked and point is not None and asked != str(point):
        address = f"{story.get_absolute_url()}?point={point}{query_of(comparison.mode)}"
        replace_address(response, address)


def _context(request: PersonRequest, story: Story, partial: str) -> dict[str, object]:
    point = read_number(request.GET.get("point"))
    freshness = freshness_of(request, story, point)
    if partial == "freshness":
        return {"story": story, "comparison": story, "freshness": freshness}
    comparison = build_comparison(
        story,
        request.user,
        point=point,
        flag=read_number(request.GET.get("flag")),
        mode=mode_in(request.GET.dict()),
        held=read_held(request),
        with_texts=partial != "point",
    )
    return {
        "section": "stories",
        "story": story,
        "comparison": comparison,
        "mode": comparison.mode,
        "freshness": freshness,
        "may_annotate": may_annotate(request.user, story),
    }


def freshness_of(request: PersonRequest, story: Story, point: int | None) -> Freshness:
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
    mode = mode_in(request.POST.dict() or request.GET.dict())
    held = read_held(request)
    return Freshness(state=state, revision=shown, point=point, told=told, mode=mode, held=held)


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
    mode: Mode = "quiet",
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
    return Freshness(state=state, revision=shown, point=point, told=True, mode=mode)

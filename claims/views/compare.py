"""The side-by-side page, and the parts of it that are fetched again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from claims.annotation import may_annotate
from claims.comparison import build_comparison
from reader.access import get_story_for
from reader.etag import page_etag
from reader.htmx import HTMX_HEADERS, chosen_partial, render_page
from reader.models import Story
from reader.web import PersonRequest

# The whole comparison, the chosen point's evidence with the columns' feet, the note on freshness.
PARTIALS: Mapping[str, str] = {
    "comparison": "comparison",
    "evidence": "point",
    "freshness": "freshness",
}
FreshnessState = Literal["fresh", "pending", "finished", "changed", "failed"]


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How the page that the person looks at relates to the story as it is now.

    `told` says that the person has heard of it already.
    """

    state: FreshnessState
    revision: int
    point: int | None
    told: bool = False


@require_safe
def compare(request: PersonRequest, slug: str) -> HttpResponse:
    """All reports of a story side by side; `?point=ID` is the chosen point.

    `&flag=ID` is the flag of that point which keys act on.

    Answers 304 where the browser's copy still holds, before anything below the story is read.
    """
    story = get_story_for(request.user, slug)
    partial = chosen_partial(request, PARTIALS)
    etag = page_etag(request, story, partial)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render_page(
            request, "claims/compare.html", _context(request, story, partial), PARTIALS
        )
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, (*HTMX_HEADERS, "Cookie", "Accept-Language"))
    return response


def _context(request: PersonRequest, story: Story, partial: str) -> dict[str, object]:
    point = _number(request.GET.get("point", ""))
    freshness = _freshness(request, story, point)
    if partial == "freshness":
        return {"story": story, "comparison": story, "freshness": freshness}
    comparison = build_comparison(
        story,
        request.user,
        point=point,
        flag=_number(request.GET.get("flag", "")),
        with_texts=partial != "point",
    )
    return {
        "section": "stories",
        "story": story,
        "comparison": comparison,
        "freshness": freshness,
        "may_annotate": may_annotate(request.user, story),
    }


def _freshness(request: PersonRequest, story: Story, point: int | None) -> Freshness:
    """`seen` is the revision of the page that asks; `waiting`: it waits for a comparison."""
    seen = _number(request.GET.get("seen", ""))
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
    return Freshness(state=state, revision=story.revision, point=point, told=told)


def _number(given: str) -> int | None:
    """A positive number from the address; None for anything else, or for one no id can reach."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None

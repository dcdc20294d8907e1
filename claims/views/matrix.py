"""The matrix: every point against every report, and the quotes behind one cell."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from claims import page_words
from claims.matrix import build_matrix
from claims.matrix_quotes import BLANKS, load_quotes, quotes_in
from claims.matrix_view import SORTS, MatrixView
from claims.modes import led_on
from claims.story_top import top_of
from claims.views.story_page import answer_page
from claims.whole_story import load_whole_story
from reader.access import get_story_for
from reader.htmx import chosen_partial, render_page
from reader.models import Story
from reader.web import PersonRequest

PARTIALS: Mapping[str, str] = {"matrix-quotes": "quotes"}


@require_safe
def matrix(request: PersonRequest, slug: str) -> HttpResponse:
    """All points of a story against all its reports.

    `?sort=` orders the points, `&kind=` and `&verdict=` cut them down, `&point=ID&report=ID` opens
    the quotes of a cell, `&mode=thorough` adds suggestions.
    """
    story = get_story_for(request.user, slug)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before
    partial = chosen_partial(request, PARTIALS)

    def render() -> HttpResponse:
        context = _quotes(request, story) if partial else _page(request, story)
        return render_page(request, "claims/matrix.html", context, PARTIALS)

    return answer_page(request, story, partial, render)


def _quotes(request: PersonRequest, story: Story) -> dict[str, Any]:
    view = MatrixView.read(request.GET)
    return {"story": story, "view": view, "quotes": load_quotes(story, view)}


def _page(request: PersonRequest, story: Story) -> dict[str, Any]:
    view = MatrixView.read(request.GET)
    whole = load_whole_story(story, view.mode)
    here = request.get_full_path()
    return {
        "section": "stories",
        "story": story,
        "view": view,
        "top": top_of(story, whole, view="matrix", mode=view.mode, here=here),
        "matrix": build_matrix(whole, view, ZoneInfo(request.user.zone or story.desk.zone)),
        "quotes": quotes_in(whole, view),
        "sorts": SORTS.items(),
        "blanks": BLANKS.items(),
        "no_points": page_words.no_points(story, len(whole.reports)),
    }

"""The page of origins: which reports of a story are one text."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from claims.origins_page import build_origins
from claims.views.story_page import answer_page
from reader.access import get_story_for
from reader.htmx import render_page
from reader.web import PersonRequest


@require_safe
def origins(request: PersonRequest, slug: str) -> HttpResponse:
    """Which reports share their text, with the words that they share."""
    story = get_story_for(request.user, slug)
    return answer_page(
        request,
        story,
        "",
        lambda: render_page(
            request,
            "claims/origins.html",
            {"section": "stories", "story": story, "page": build_origins(story, request.user)},
        ),
    )

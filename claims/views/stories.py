"""The list of stories, where work begins."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.story_list import list_stories
from reader.access import desks_with_role
from reader.htmx import render_page
from reader.models import Role
from reader.web import PersonRequest


@never_cache
@require_safe
def stories(request: PersonRequest) -> HttpResponse:
    """All stories of the person's desks."""
    context = {
        "section": "stories",
        "stories": list_stories(request.user),
        "may_make": bool(desks_with_role(request.user, Role.EDITOR)),
    }
    return render_page(request, "claims/stories.html", context)

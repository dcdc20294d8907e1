"""The list of stories, where work begins, and what of it a person has seen."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from claims.story_list import list_stories, load_row
from claims.story_list_asked import Asked
from reader.access import desks_with_role, get_story_for
from reader.htmx import render_page, target_id, wants_partial
from reader.models import Role
from reader.services.seen import mark_all_seen, mark_seen, mark_unseen
from reader.web import PersonRequest, read_number


@never_cache
@require_safe
def stories(request: PersonRequest) -> HttpResponse:
    """The stories of the person's desks, a page at a time: `q`, `show`, `desk`, `sort`, `page`."""
    asked = Asked.read(request.GET.dict())
    context = {
        "section": "stories",
        "list": list_stories(request.user, asked),
        "may_make": bool(desks_with_role(request.user, Role.EDITOR)),
    }
    return render_page(request, "claims/stories.html", context)


@never_cache
@require_POST
def story_seen(request: PersonRequest, slug: str) -> HttpResponse:
    """Note that the person has seen the story as it was at `revision`, or has not (`seen=off`).

    A view of the story sends this by itself and gets 204, whether it was noted or not: a story that
    has gone on meanwhile stays unseen. The list's buttons get the story's row, or the list.
    """
    story = get_story_for(request.user, slug)
    unseen = request.POST.get("seen") == "off"
    revision = read_number(request.POST.get("revision", ""))
    if unseen:
        mark_unseen(person=request.user, story_id=story.pk)
    elif revision is not None:
        mark_seen(person=request.user, story_id=story.pk, revision=revision)
    if wants_partial(request) and target_id(request) == f"story-{story.pk}":
        said = _("Marked as unseen.") if unseen else _("Marked as seen.")
        context = {"row": load_row(request.user, story), "said": said}
        return render(request, "claims/_stories_row.html", context)
    if "list" in request.POST:
        return _back(request)
    return HttpResponse(status=204)


@never_cache
@require_POST
def all_seen(request: PersonRequest) -> HttpResponse:
    """Note all stories as seen that nothing changed after `until`, when the list was made."""
    until = _moment(request.POST.get("until", ""))
    if until is not None:
        mark_all_seen(person=request.user, until=until)
    return _back(request)


def _moment(given: str) -> datetime | None:
    try:
        at = parse_datetime(given[:40])
    except ValueError:  # such as a thirteenth month
        return None
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


def _back(request: PersonRequest) -> HttpResponse:
    """To the list as it was narrowed and sorted."""
    query = Asked.read(dict(parse_qsl(request.POST.get("list", "")))).query
    page = reverse("claims:stories")
    return redirect(f"{page}?{query}" if query else page)

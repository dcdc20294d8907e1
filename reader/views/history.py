"""What happened in a story, and to each thing in it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.access import get_story_for
from reader.history import Asked, build_history
from reader.htmx import render_page
from reader.ingest.times import YEARS
from reader.models import Role
from reader.trail import Viewer
from reader.web import PersonRequest, read_number, roles_of

_ASKED = ("object", "by", "kind", "act", "before", "since")


@never_cache
@require_safe
def history(request: PersonRequest, slug: str) -> HttpResponse:
    """The story's audit trail, newest first, for all who may see the story.

    `?object=TYPE:ID` keeps to one thing, `by` and `kind` to a person and a kind of thing, `act` to
    one act, `since` to what is newer than a time with its zone; `before` is where the page begins.
    """
    story = get_story_for(request.user, slug)
    zone = ZoneInfo(request.user.zone or story.desk.zone)
    role = Role(roles_of(request.user)[story.desk_id])  # a member's, else there is no story
    viewer = Viewer(user=request.user, story=story, role=role, zone=zone)
    asked = _asked(request)
    found = build_history(viewer, asked)
    if found is None:
        raise Http404
    context = {
        "section": "stories",
        "story": story,
        "zone": zone,
        "history": found,
        "asked": asked,
        "object": "{}:{}".format(*asked.thing) if asked.thing else "",
    }
    return render_page(request, "reader/history.html", context)


def _asked(request: PersonRequest) -> Asked:
    """What the address asks for. Raises Http404 where it names no thing, act or place."""
    given = {name: request.GET.get(name, "") for name in _ASKED}
    if any("\x00" in value for value in given.values()):
        raise Http404  # no database can look for it
    kind, _colon, number = given["object"].partition(":")
    try:
        return Asked(
            thing=(kind, _number(number)) if given["object"] else None,
            by=given["by"],
            kind=given["kind"],
            act=UUID(given["act"]) if given["act"] else None,
            before=_number(given["before"]) if given["before"] else None,
            since=_time(given["since"]) if given["since"] else None,
        )
    except ValueError as error:
        raise Http404 from error


def _time(given: str) -> datetime:
    """A time with its zone. Raises `ValueError` for anything else."""
    at = parse_datetime(given)
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise ValueError(given)
    return at


def _number(given: str) -> int:
    """A positive number. Raises `ValueError` for anything else, or for one no id can reach."""
    number = read_number(given)
    if number is None:
        raise ValueError(given)
    return number

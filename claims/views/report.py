"""The report of a story, on the page and as a file that stands alone. Both are only read."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.modes import led_on
from claims.report_choice import GROUPS, Choice, boxes
from claims.report_document import FIELDS, build_report, report_of, zone_of
from claims.report_file import file_name, render_file
from claims.story_top import top_of
from claims.views.story_page import answer_page
from claims.whole_story import load_whole_story
from reader.access import get_story_for
from reader.htmx import render_page
from reader.models import Role, Story
from reader.web import PersonRequest


@require_safe
def report(request: PersonRequest, slug: str) -> HttpResponse:
    """What an editor hands over or prints; the address says what it holds and for whom.

    `?for=sharing` leaves out names, notes and what only the desk should know; `status`, `severity`
    and `kind`, each as often as wanted, choose flags; `mode=thorough` adds suggestions.
    """
    story = get_story_for(request.user, slug, Role.EDITOR)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before
    choice = Choice.read(request.GET)
    return answer_page(request, story, _variant(story), lambda: _page(request, story, choice))


@require_safe
def report_file(request: PersonRequest, slug: str) -> HttpResponse:
    """The same as a file to keep or to send. Nothing is written: a GET changes nothing."""
    story = get_story_for(request.user, slug, Role.EDITOR)
    choice = Choice.read(request.GET)
    return answer_page(request, story, _variant(story), lambda: _file(request, story, choice))


def _variant(story: Story) -> str:
    """What a report has of the desk: its name, and for sharing the zone of its times."""
    return f"{story.desk.zone} {story.desk.name}"


def _page(request: PersonRequest, story: Story, choice: Choice) -> HttpResponse:
    address = reverse("claims:report", args=[story.slug])
    whole = load_whole_story(story, choice.mode, *FIELDS)
    here = choice.address(address)
    context = {
        "section": "stories",
        "story": story,
        "top": top_of(story, whole, view="report", mode=choice.mode, here=here),
        "report": report_of(story, whole, choice, zone_of(story, choice, request.user.zone)),
        "choice": choice,
        "groups": {name: boxes(choice, name) for name in GROUPS},
        "internal": choice.changed(shared=False).address(address),
        "shareable": choice.changed(shared=True).address(address),
        "file": choice.address(reverse("claims:report_file", args=[story.slug])),
    }
    return render_page(request, "claims/report.html", context)


def _file(request: PersonRequest, story: Story, choice: Choice) -> HttpResponse:
    found = build_report(story, choice, zone_of(story, choice, request.user.zone))
    response = HttpResponse(render_file(found), content_type="text/html; charset=utf-8")
    name = file_name(story, found)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

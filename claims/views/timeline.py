"""The timeline: figures by day, what each source did when, and each plot as a file."""

from collections.abc import Callable
from typing import Any, get_args
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from claims import page_words
from claims.modes import led_on
from claims.plot_file import TYPES, Form, Sheet, as_png, as_svg
from claims.story_top import top_of
from claims.timeline import (
    build_timeline,
    plot_for_file,
    point_line,
    point_sheet,
    story_plot,
    story_sheet,
)
from claims.timeline_view import TimelineView
from claims.views.story_page import answer_page
from claims.whole_story import load_whole_story
from reader.access import get_story_for
from reader.htmx import render_page
from reader.models import Story
from reader.web import PersonRequest, read_number


@require_safe
def timeline(request: PersonRequest, slug: str) -> HttpResponse:
    """The figures of a story by the days that they speak for, and what each source did when.

    `?show=conflicts` or `updates` cuts the points down, `&scale=log` asks for logarithmic scales,
    `&page=` turns the pages, `&sources=all` draws every source, `&mode=thorough` adds suggestions.
    """
    story = get_story_for(request.user, slug)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before

    def render() -> HttpResponse:
        return render_page(request, "claims/timeline.html", _page(request, story))

    return answer_page(request, story, "", render)


def _page(request: PersonRequest, story: Story) -> dict[str, Any]:
    view = TimelineView.read(request.GET)
    whole = load_whole_story(story, view.mode)
    found = build_timeline(whole, story, view, _zone(request, story))
    here = request.get_full_path()
    return {
        "section": "stories",
        "story": story,
        "view": view.changed(page=found.page),
        "top": top_of(story, whole, view="timeline", mode=view.mode, here=here),
        "timeline": found,
        "reports": len(whole.reports),
        "has_points": bool(whole.points),
        "no_points": page_words.no_points(story, len(whole.reports)),
    }


@require_safe
def timeline_point(request: PersonRequest, slug: str, point_id: int, form: str) -> HttpResponse:
    """A plot of the point's figures as a file: SVG or PNG.

    `?part=` is which of its plots, from 1; `&scale=log` asks for a logarithmic scale.
    """
    story = get_story_for(request.user, slug)

    def sheet() -> Sheet:
        view = TimelineView.read(request.GET)
        line = point_line(load_whole_story(story, view.mode), point_id)
        part = read_number(request.GET.get("part", "1")) or 0
        plot = plot_for_file(line, part, log=view.log) if line else None
        if plot is None:
            raise Http404
        return point_sheet(plot, story, _zone(request, story))

    return _file(request, story, form, f"point-{point_id}", sheet)


@require_safe
def timeline_story(request: PersonRequest, slug: str, form: str) -> HttpResponse:
    """The plot of the story as a file: SVG or PNG, with every source that fits."""
    story = get_story_for(request.user, slug)
    zone = _zone(request, story)

    def sheet() -> Sheet:
        plot = story_plot(load_whole_story(story), story, zone, all_sources=True)
        if plot is None:
            raise Http404
        return story_sheet(plot, story, zone)

    return _file(request, story, form, "sources", sheet)


def _zone(request: PersonRequest, story: Story) -> ZoneInfo:
    return ZoneInfo(request.user.zone or story.desk.zone)


def _file(
    request: PersonRequest, story: Story, form: str, name: str, sheet: Callable[[], Sheet]
) -> HttpResponse:
    """Answer with a drawing as a file to be kept, which no browser runs."""
    if form not in get_args(Form):
        raise Http404

    def render() -> HttpResponse:
        content = as_png(sheet()) if form == "png" else as_svg(sheet()).encode()
        response = HttpResponse(content, content_type=TYPES[form])
        disposition = f'attachment; filename="{story.slug}-{name}.{form}"'
        response.headers["Content-Disposition"] = disposition
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
        return response

    return answer_page(request, story, form, render)

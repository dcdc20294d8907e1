"""What a change did to the side-by-side page: the fragments that differ, and nothing else.

The page is built before and after the change, and the two are compared part by part.
"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.columns import Column
from claims.comparison import Comparison, build_comparison
from claims.layout import Layout
from claims.views.compare import freshness_after, keep_address, page_context
from reader.htmx import current_address, is_htmx
from reader.models import Story
from reader.web import PersonRequest, read_number


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The page as it was before the change, and the point that is chosen on it."""

    comparison: Comparison
    point: int | None


def see(request: PersonRequest, story: Story) -> Seen | None:
    """The story's page as the person sees it; None where another page, or no htmx, asks."""
    shown = urlsplit(current_address(request))
    if not is_htmx(request) or shown.path != reverse("claims:compare", args=[story.slug]):
        return None
    point = read_number(parse_qs(shown.query).get("point", [""])[0])
    layout = Layout.of_address(current_address(request))
    page = build_comparison(story, request.user, point=point, layout=layout)
    return Seen(comparison=page, point=point)


def answer_changed(request: PersonRequest, story: Story, before: Seen, said: str) -> HttpResponse:
    """An empty panel, and beside it every part of the page that is another one now."""
    story = Story.objects.select_related("desk").get(pk=story.pk)
    old = before.comparison
    point = old.chosen.id if old.chosen else before.point
    held = old.chosen.claims if old.chosen else ()
    after = build_comparison(story, request.user, point=point, layout=old.layout, held=held)
    columns = {column.article: column for column in old.columns}
    point = after.chosen.id if after.chosen else before.point
    freshness = freshness_after(request, story, point, layout=old.layout)
    context = {
        **page_context(request, story, after, freshness),
        "whole": bool(old.chosen) != bool(after.chosen)
        or list(columns) != [column.article for column in after.columns],
        "texts": [column for column in after.columns if _text_differs(columns, column)],
        "cells": [column for column in after.columns if _cell_differs(columns, column)],
        "points": (after.points, after.filtered) != (old.points, old.filtered),
        "evidence": after.chosen != old.chosen,
        "saved": freshness.told_with(said),
    }
    response = render(request, "claims/_changed.html", context)
    keep_address(request, response, story, after)
    return response


def _text_differs(old: dict[int, Column], column: Column) -> bool:
    known = old.get(column.article)
    return known is None or known.html != column.html


def _cell_differs(old: dict[int, Column], column: Column) -> bool:
    known = old.get(column.article)
    return known is None or replace(known, html=column.html) != column

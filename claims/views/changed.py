"""What a change did to the side-by-side page: the fragments that differ, and nothing else.

The page is built before and after the change, and the two are compared part by part.
"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims.annotation import may_annotate
from claims.comparison import Column, Comparison, build_comparison
from claims.modes import Mode, mode_in
from claims.views.compare import freshness_after, keep_address
from reader.htmx import current_address, is_htmx
from reader.models import Story
from reader.web import PersonRequest, read_number


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The page as it was before the change, the point that is chosen on it, and its mode."""

    comparison: Comparison
    point: int | None
    mode: Mode = "quiet"


def see(request: PersonRequest, story: Story) -> Seen | None:
    """The story's page as the person sees it; None where another page, or no htmx, asks."""
    shown = urlsplit(current_address(request))
    if not is_htmx(request) or shown.path != reverse("claims:compare", args=[story.slug]):
        return None
    given = {name: values[0] for name, values in parse_qs(shown.query).items()}
    point, mode = read_number(given.get("point")), mode_in(given)
    page = build_comparison(story, request.user, point=point, mode=mode)
    return Seen(comparison=page, point=point, mode=mode)


def answer_changed(request: PersonRequest, story: Story, before: Seen, said: str) -> HttpResponse:
    """An empty panel, and beside it every part of the page that is another one now."""
    story = Story.objects.select_related("desk").get(pk=story.pk)
    old = before.comparison
    point = old.chosen.id if old.chosen else before.point
    held = old.chosen.claims if old.chosen else ()
    after = build_comparison(story, request.user, point=point, mode=before.mode, held=held)
    columns = {column.article: column for column in old.columns}
    point = after.chosen.id if after.chosen else before.point
    freshness = freshness_after(request, story, point, mode=before.mode)
    context = {
        "story": story,
        "comparison": after,
        "mode": after.mode,
        "whole": bool(old.chosen) != bool(after.chosen)
        or list(columns) != [column.article for column in after.columns],
        "texts": [column for column in after.columns if _text_differs(columns, column)],
        "cells": [column for column in after.columns if _cell_differs(columns, column)],
        "points": after.points != old.points,
        "evidence": after.chosen != old.chosen,
        "freshness": freshness,
        "saved": freshness.told_with(said),
        "may_annotate": may_annotate(request.user, story),
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

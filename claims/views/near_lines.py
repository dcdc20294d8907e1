"""The lines of a report that come nearest to a point on which it is silent."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.access import get_claim_for, get_point_for
from claims.matrix_quotes import BLANKS
from claims.models import Point
from claims.near_lines import load_near_lines
from claims.services import annotating
from claims.services.changes import Refused, Stale
from claims.views.changed import answer_changed, see
from claims.views.story_page import answer_page
from reader.access import require_role
from reader.htmx import chosen_partial, current_address, is_htmx, leave_page, render_page
from reader.models import Role
from reader.web import PersonRequest, read_number

TARGET = "near-lines"
PARTIALS: Mapping[str, str] = {TARGET: "near"}


@require_http_methods(["GET", "HEAD", "POST"])
def near_lines(request: PersonRequest, point_id: int, article_id: int) -> HttpResponse:
    """Where to look before the report's silence on the point is believed.

    A POST puts a claim of these lines into the point; for fact-checkers. 404 for a point or report
    that the story does not show.
    """
    point = get_point_for(request.user, point_id)
    if request.method == "POST":
        return _put(request, point, article_id)
    partial = chosen_partial(request, PARTIALS)
    return answer_page(request, point.story, partial, lambda: _page(request, point, article_id))


def _page(
    request: PersonRequest, point: Point, article_id: int, *, error: str = "", status: int = 200
) -> HttpResponse:
    near = load_near_lines(point, request.user, article_id)
    if near is None:
        raise Http404
    context = {
        "section": "stories",
        "story": point.story,
        "near": near,
        "why": BLANKS[near.blank][2] if near.blank else "",
        "error": error,
    }
    return render_page(request, "claims/near_lines.html", context, PARTIALS, status=status)


def _put(request: PersonRequest, point: Point, article_id: int) -> HttpResponse:
    story = point.story
    require_role(request.user, story.desk, Role.FACT_CHECKER)
    claim_id = read_number(request.POST.get("claim")) or 0
    claim = get_claim_for(request.user, claim_id, Role.FACT_CHECKER)
    if claim.story_id != story.pk or claim.article_version.article_id != article_id:
        raise Http404
    before = see(request, story)
    try:
        annotating.place_claim(
            person=request.user,
            claim_id=claim.pk,
            row_version=read_number(request.POST.get("row_version")) or 0,
            place=point.pk,
        )
    except Stale:
        said = _("This has changed since you opened it. This is how it is now.")
        return _page(request, point, article_id, error=said, status=409)
    except Refused as refused:
        return _page(request, point, article_id, error=str(refused), status=422)
    if before is not None:
        said = _("Put into this point. The reports are compared again.")
        return answer_changed(request, story, before, said)
    return _back(request, point, article_id)


def _back(request: PersonRequest, point: Point, article_id: int) -> HttpResponse:
    """To the claim's new place side by side, or to the matrix whose cell has it now."""
    here = f"{point.story.get_absolute_url()}?point={point.pk}#column-{article_id}"
    if not is_htmx(request):
        return redirect(here)
    shown = current_address(request)
    is_matrix = urlsplit(shown).path == reverse("claims:matrix", args=[point.story.slug])
    return leave_page(shown if is_matrix else here)

"""The lines of a report that come nearest to a point on which it is silent."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.access import get_claim_for
from claims.matrix_quotes import BLANKS
from claims.modes import mode_in, query_of
from claims.near_lines import load_near_lines
from claims.services import annotating
from claims.services.changes import Refused, Stale
from claims.views.changed import answer_changed, see
from claims.views.story_page import answer_page
from reader.access import get_story_for, require_role
from reader.htmx import chosen_partial, current_address, is_htmx, leave_page, render_page
from reader.models import Role, Story
from reader.web import PersonRequest, read_number

TARGET = "near-lines"
PARTIALS: Mapping[str, str] = {TARGET: "near"}


@require_http_methods(["GET", "HEAD", "POST"])
def near_lines(request: PersonRequest, slug: str, point_id: int, article_id: int) -> HttpResponse:
    """Where to look before the report's silence on the point is believed.

    A POST puts a claim of these lines into the point; for fact-checkers. 404 for a point or report
    that the story does not show.
    """
    story = get_story_for(request.user, slug)
    if request.method == "POST":
        return _put(request, story, point_id, article_id)
    partial = chosen_partial(request, PARTIALS)
    return answer_page(request, story, partial, lambda: _page(request, story, point_id, article_id))


def _page(
    request: PersonRequest,
    story: Story,
    point_id: int,
    article_id: int,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    near = load_near_lines(story, request.user, point_id, article_id)
    if near is None:
        raise Http404
    context = {
        "section": "stories",
        "story": story,
        "near": near,
        "why": BLANKS[near.blank][2] if near.blank else "",
        "mode_query": query_of(mode_in(request.GET.dict())),
        "error": error,
    }
    return render_page(request, "claims/near_lines.html", context, PARTIALS, status=status)


def _put(request: PersonRequest, story: Story, point_id: int, article_id: int) -> HttpResponse:
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
            place=point_id,
        )
    except Stale:
        said = _("This has changed since you opened it. This is how it is now.")
        return _page(request, story, point_id, article_id, error=said, status=409)
    except Refused as refused:
        return _page(request, story, point_id, article_id, error=str(refused), status=422)
    if before is not None:
        said = _("Put into this point. The reports are compared again.")
        return answer_changed(request, story, before, said)
    return _back(request, story, point_id, article_id)


def _back(request: PersonRequest, story: Story, point_id: int, article_id: int) -> HttpResponse:
    """To the claim's new place side by side, or to the matrix whose cell has it now."""
    mode = query_of(mode_in(request.GET.dict()))
    here = f"{story.get_absolute_url()}?point={point_id}{mode}#column-{article_id}"
    if not is_htmx(request):
        return redirect(here)
    shown = current_address(request)
    is_matrix = urlsplit(shown).path == reverse("claims:matrix", args=[story.slug])
    return leave_page(shown if is_matrix else here)

"""A report's claims: what the engine suggests is accepted or rejected, singly or all at once."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import report_claims as read_model
from claims.access import get_claim_for
from claims.annotation import may_annotate
from claims.claim_rows import rows_of
from claims.decided import newest_of
from claims.models import Claim, Decision
from claims.services import annotating, undoing
from claims.services.changes import Refused, Stale
from claims.views import annotate
from claims.views.changed import answer_changed, see
from claims.views.story_page import answer_page
from reader import audit
from reader.access import get_article_for
from reader.htmx import target_id, wants_partial
from reader.models import Article, Role
from reader.web import PersonRequest, read_number

VERBS = ("accepted", "rejected")
SAID: Mapping[str, Callable[[], str]] = {
    "accepted": lambda: _("Accepted."),
    "rejected": lambda: _("Rejected."),
    "suggested": lambda: _("A suggestion again."),
    "undo": lambda: _("Undone."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def report_claims(request: PersonRequest, article_id: int) -> HttpResponse:
    """List the claims of a report; a POST decides about all suggestions, or undoes that.

    `show` filters, `page` pages; `confirm` asks whether all are meant before anything happens.
    """
    if request.method == "POST":
        article = get_article_for(request.user, article_id, Role.FACT_CHECKER)
        return _decide_all(request, article)
    article = get_article_for(request.user, article_id)
    return answer_page(request, article.story, "", lambda: _page(request, article, request.GET))


def _page(
    request: PersonRequest,
    article: Article,
    asked: Mapping[str, Any],
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    listed = read_model.build_report_claims(
        article,
        request.user,
        show=asked.get("show", "suggested"),
        page=read_number(asked.get("page")) or 1,
        act=read_number(asked.get("act")),
    )
    confirm = asked.get("confirm", "") if listed.may_edit and listed.waiting else ""
    context = {
        "section": "stories",
        "story": article.story,
        "article": article,
        "listed": listed,
        "filters": listed.filters,
        "waiting": listed.waiting,
        "may_edit": listed.may_edit,
        "show": listed.show,
        "next": f"{reverse('claims:report_claims', args=[article.pk])}?{_query(listed)}",
        "confirm": confirm if confirm in VERBS else "",
        "error": error,
    }
    return render(request, "claims/report_claims.html", context, status=status)


def _query(listed: read_model.ReportClaims) -> str:
    """The address of what is listed, without what was only asked once."""
    return urlencode({"show": listed.show, "page": str(listed.page)})


def _decide_all(request: PersonRequest, article: Article) -> HttpResponse:
    """Accept or reject all suggestions, or undo that; then back to the list."""
    wanted, decision = request.POST.get("status", ""), read_number(request.POST.get("undo"))
    try:
        if decision is not None:
            _refuse_foreign(article, decision)
            undoing.undo_together(person=request.user, decision_id=decision)
            return redirect("claims:report_claims", article.pk)
        if wanted not in VERBS:
            raise Refused(_("All suggestions can be accepted or rejected."))
        with audit.act() as act:
            annotating.set_all(
                person=request.user,
                article_id=article.pk,
                status=wanted,
                expected=read_number(request.POST.get("expected")) or 0,
            )
    except Refused as refused:
        again = {"show": "suggested", "confirm": wanted}
        return _refused(request, article, again, str(refused), 422)
    here = reverse("claims:report_claims", args=[article.pk])
    asked: dict[str, str | int] = {"show": wanted, "act": newest_of(act, article.story_id)}
    return redirect(f"{here}?{urlencode(asked)}")


def _refused(
    request: PersonRequest, article: Article, asked: Mapping[str, Any], error: str, status: int
) -> HttpResponse:
    """The list as it is now, with the reason why nothing was changed."""
    return answer_page(
        request,
        article.story,
        "",
        lambda: _page(request, article, asked, error=error, status=status),
    )


def _refuse_foreign(article: Article, decision_id: int) -> None:
    """Raise `Http404` for a decision that is not about a claim of this report."""
    if not Decision.objects.filter(
        pk=decision_id, claim__article_version__article=article
    ).exists():
        raise Http404


@require_POST
def claim_status(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Accept or reject one claim, put it back among the suggestions, or undo what was decided.

    htmx gets the claim's row and the numbers above the list, or what changed beside the columns;
    others go back to `next`.
    """
    claim = get_claim_for(request.user, claim_id, Role.FACT_CHECKER)
    in_panel = wants_partial(request) and target_id(request) == annotate.PANEL
    before = see(request, claim.story) if in_panel else None
    verb = "undo" if request.POST.get("undo") else request.POST.get("status", "")
    error, status = "", 200
    try:
        _change(request, claim, verb)
    except Stale as stale:
        error, status = _("%(said)s This is how it is now.") % {"said": str(stale)}, 409
    except Refused as refused:
        error, status = str(refused), 422
    article = get_article_for(request.user, claim.article_version.article_id, Role.FACT_CHECKER)
    if wants_partial(request) and target_id(request) == f"suggestion-{claim.pk}":
        said = error or SAID[verb]()
        return _row(request, article, claim.pk, error=error, said=said, status=status)
    if error and in_panel:
        return annotate.panel_again(request, claim.pk, error, status)
    if error:
        return _refused(request, article, {"show": "all"}, error, status)
    if before is not None:
        return answer_changed(request, claim.story, before, SAID[verb]())
    return redirect(_way_back(request, claim))


def _change(request: PersonRequest, claim: Claim, verb: str) -> None:
    if verb == "undo":
        decision = Decision.objects.filter(pk=read_number(request.POST["undo"]) or 0, claim=claim)
        if not decision.exists():
            raise Http404
        undoing.undo(person=request.user, decision_id=decision.get().pk)
        return
    annotating.set_status(
        person=request.user,
        claim_id=claim.pk,
        row_version=read_number(request.POST.get("row_version")) or 0,
        status=verb,
        note=request.POST.get("note", ""),
    )


def _row(
    request: PersonRequest, article: Article, claim_id: int, *, error: str, said: str, status: int
) -> HttpResponse:
    """The claim's row as it is now, and the numbers above the list."""
    shown = request.POST.get("show", "suggested")
    counts = read_model.count_claims(article)
    claims = Claim.objects.select_related("article_version__article__source", "point")
    zone = ZoneInfo(request.user.zone or article.story.desk.zone)
    context = {
        "article": article,
        "row": rows_of([claims.get(pk=claim_id)], zone)[0],
        "may_edit": may_annotate(request.user, article.story),
        "filters": read_model.filters_of(counts, shown),
        "waiting": counts["suggested"],
        "show": shown,
        "next": request.POST.get("next", ""),
        "error": error,
        "said": said,
    }
    return render(request, "claims/_suggestion_changed.html", context, status=status)


def _way_back(request: PersonRequest, claim: Claim) -> str:
    """The page of this report that the form stood on, else the claim's own."""
    here = reverse("claims:report_claims", args=[claim.article_version.article_id])
    asked = request.POST.get("next", "")
    if asked == here or asked.startswith(f"{here}?"):
        return f"{asked}#suggestion-{claim.pk}"
    return reverse("claims:claim", args=[claim.pk])

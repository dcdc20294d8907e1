"""The tray of a story: claims that wait for their place in a report's new text."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from claims import annotation
from claims.access import get_claim_for
from claims.annotation import Passage
from claims.models import Claim
from claims.services import reattaching
from claims.services.changes import Refused, Stale
from claims.services.quoting import Target
from claims.tray import build_tray
from reader.access import get_story_for
from reader.models import Article, Role, Story
from reader.web import PersonRequest, read_number


@never_cache
@require_safe
def tray(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the tray to all of the desk; fact-checkers act on it, others read."""
    return _tray(request, get_story_for(request.user, slug))


def _tray(
    request: PersonRequest,
    story: Story,
    *,
    error: str = "",
    at: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "stories",
        "story": story,
        "tray": build_tray(story, request.user),
        "error": error,
        "at": at,
        "done": read_number(request.GET.get("done")),
        "let_go": "let_go" in request.GET,
    }
    return render(request, "claims/tray.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reattach(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Choose a waiting claim's words in the new text; a POST puts it there, or lets it go."""
    claim = get_claim_for(request.user, claim_id, Role.FACT_CHECKER)
    article = _article_of(claim)
    if request.method != "POST":
        return _pick(request, claim, article)
    row_version = read_number(request.POST.get("row_version")) or 0
    try:
        if request.POST.get("verb") == "let_go":
            saved = reattaching.let_go(
                person=request.user, claim_id=claim.pk, row_version=row_version
            )
            return _back(claim.story, saved, "let_go")
        passage = _asked(request, article)
        if passage is None:
            return _pick(request, claim, article, wrong=True)
        saved = reattaching.reattach_claim(
            person=request.user,
            claim_id=claim.pk,
            row_version=row_version,
            version_id=read_number(request.POST.get("version")) or 0,
            target=Target(start=passage.start, end=passage.end, exact=passage.exact),
            reading=annotation.engine_reading(passage),
        )
    except Refused as refused:
        status = 409 if isinstance(refused, Stale) else 422
        return _tray(request, claim.story, error=str(refused), at=claim.pk, status=status)
    return _back(claim.story, saved, "placed")


def _article_of(claim: Claim) -> Article:
    """The claim's report with its present text; 404 without one."""
    found = Article.objects.select_related("current_version", "source", "story__desk")
    article = found.filter(pk=claim.article_version.article_id, current_version__isnull=False)
    chosen = article.first()
    if chosen is None:
        raise Http404
    return chosen


def _asked(request: PersonRequest, article: Article) -> Passage | None:
    """The place in the present text: as offsets, as a sentence, or as words to be found."""
    start, _dash, end = request.POST.get("sentence", "").partition("-")
    typed = request.POST.get("quote", "").strip()
    if typed:
        version = article.current_version
        assert version is not None  # the caller chose it so
        at = read_number(request.POST.get("near")) or 0
        return annotation.place_of_quote(
            Passage(article=article, version=version, start=at, end=at), typed
        )
    start, end = request.POST.get("start", start), request.POST.get("end", end)
    return annotation.passage_of(article, read_number(start), read_number(end))


def _pick(
    request: PersonRequest, claim: Claim, article: Article, *, wrong: bool = False
) -> HttpResponse:
    near = -1 if claim.proposed_start is None else claim.proposed_start
    context: dict[str, Any] = {
        "section": "stories",
        "story": article.story,
        "article": article,
        "claim": claim,
        "sentences": [
            (
                passage,
                first,
                passage.start <= near < passage.end,
            )
            for passage, first in annotation.sentences_of(article)
        ],
        "quote": request.POST.get("quote", ""),
        "wrong": wrong,
    }
    return render(request, "claims/tray_pick.html", context, status=422 if wrong else 200)


def _back(story: Story, claim: Claim, said: str) -> HttpResponse:
    """Back to the tray, which says what was done and offers to undo it."""
    newest = claim.decisions.order_by("-pk").values_list("pk", flat=True).first()
    return redirect(f"{reverse('claims:tray', args=[story.slug])}?done={newest}&{said}#said")

"""Marking a claim in a report's text, and correcting one: beside the columns, or on a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims import annotation
from claims.annotation import Passage
from claims.forms import ClaimForm
from claims.models import Claim, Decision, Point
from claims.reading_form import GROUPS
from claims.services import annotating, changes
from claims.views import claim_card
from claims.views.changed import Seen, answer_changed, see
from reader.access import get_story_for, require_role
from reader.htmx import chosen_partial, leave_page, render_page
from reader.models import Role, Story
from reader.web import PersonRequest, read_number

PANEL = "claim-panel"
PARTIALS: Mapping[str, str] = {PANEL: "panel"}
Context = dict[str, Any]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Mark a claim by hand; for fact-checkers.

    `version`, `start` and `end` say where. Without a place the page lists the report's sentences.
    `point` is the point that the form begins with, `reading` one that it offers first.
    """
    story = get_story_for(request.user, slug, Role.FACT_CHECKER)
    asked = request.POST if request.method == "POST" else request.GET
    named = asked.get("version")
    article = annotation.article_of(story, (read_number(named) or 0) if named else None)
    passage = _asked_passage(asked, article)
    if passage is None:
        return _sentences(request, story, article, wrong=bool(asked.get("quote")))
    seen = annotation.engine_reading(passage)
    points = annotation.points_by_nearness(story, passage.exact, seen)
    form = ClaimForm(
        request.POST if request.method == "POST" else None,
        seen=seen,
        points=points,
        initial={**_of(passage), **_home(asked, points), "reading": asked.get("reading", "")},
    )
    if request.method == "POST" and form.is_valid():
        before = see(request, story)
        try:
            claim = annotating.add_claim(
                person=request.user,
                version_id=passage.version.pk,
                target=form.target,
                reading={**seen, **form.changed()},
                place=form.place,
            )
        except changes.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _saved(request, story, claim, before, _("The claim is marked."))
    return _answer(request, story, form, passage, seen, None)


def _asked_passage(asked: Any, article: Any) -> Passage | None:
    """Where the claim is to stand: as offsets, as a chosen sentence, or as words to be found."""
    start, _dash, end = asked.get("sentence", "").partition("-")
    start, end = asked.get("start", start), asked.get("end", end)
    passage = annotation.passage_of(article, read_number(start), read_number(end))
    if passage is None and asked.get("quote"):
        beginning = Passage(article=article, version=article.current_version, start=0, end=0)
        passage = annotation.place_of_quote(beginning, asked["quote"])
    return passage


def _of(passage: Passage) -> dict[str, Any]:
    return {"start": passage.start, "end": passage.end, "exact": passage.exact}


def _home(asked: Any, points: Sequence[Point]) -> dict[str, Any]:
    """The point that the address names, if the claim can be put there."""
    named = read_number(asked.get("point"))
    return {"home": str(named)} if any(point.pk == named for point in points) else {}


def _sentences(request: PersonRequest, story: Story, article: Any, *, wrong: bool) -> HttpResponse:
    context = {
        "section": "stories",
        "story": story,
        "article": article,
        "sentences": annotation.sentences_of(article),
        "wrong": wrong,
        "quote": request.GET.get("quote", ""),
    }
    return render_page(request, "claims/claim_pick.html", context, status=422 if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: PersonRequest, claim_id: int) -> HttpResponse:
    """One claim: what it says and who set what, with its form for fact-checkers."""
    row = _claim_for(request, claim_id)
    if request.method == "POST":
        require_role(request.user, row.story.desk, Role.FACT_CHECKER)
        return _posted(request, row)
    form = _form_of(row, None)
    return _answer(request, row.story, form, _passage_of(row), row.reading, row)


def _posted(request: PersonRequest, row: Claim, *, again: bool = False) -> HttpResponse:
    """Save what was typed, or send it back; once more where a comparison came in between."""
    passage = _passage_of(row)
    form = _form_of(row, request.POST)
    if not form.is_valid() or not _find_quote(request, form, passage):
        return _answer(request, row.story, form, passage, row.reading, row)
    try:
        return _save_edit(request, row, form, passage)
    except changes.Stale:
        current = _claim_for(request, row.pk)
        if not again and _only_engine_changed(request, current):
            return _posted(request, current, again=True)
        return _outdated(request, current, passage)


def _claim_for(request: PersonRequest, claim_id: int) -> Claim:
    """The claim with all that its card shows. Raises `Http404` for another desk's."""
    row = (
        Claim.objects.visible_to(request.user)
        .select_related("story__desk", "article_version__article__source", "author", "point")
        .filter(pk=claim_id)
        .first()
    )
    if row is None:
        raise Http404
    article = row.article_version.article
    held = require_role(request.user, row.story.desk, Role.READER)
    if article.status != article.Status.LIVE and not held.includes(Role.ADMIN):
        raise Http404
    article.story = row.story
    if article.current_version_id == row.article_version_id:
        article.current_version = row.article_version
    return row


def _passage_of(row: Claim) -> Passage:
    version = row.article_version
    return Passage(article=version.article, version=version, start=row.start, end=row.end)


def _find_quote(request: PersonRequest, form: ClaimForm, passage: Passage) -> bool:
    """Take typed words for the claim's new span. False, with an error, where they stand nowhere."""
    typed = request.POST.get("quote", "").strip()
    if not typed or typed == passage.exact:
        return True
    found = annotation.place_of_quote(passage, typed)
    if found is None:
        form.add_error("quote", _("These words do not stand in the report. Copy them from it."))
        return False
    form.cleaned_data.update(_of(found))
    return True


def _taken_back(request: PersonRequest, row: Claim) -> dict[str, Any]:
    """The fields for which a person without scripts chose the engine's own reading again."""
    fields = set(request.POST.getlist("back")) & set(GROUPS)
    return {field: row.reading[field] for field in fields}


def _save_edit(
    request: PersonRequest, row: Claim, form: ClaimForm, passage: Passage
) -> HttpResponse:
    before = see(request, row.story)
    only_engine = _only_engine_changed(request, row)
    try:
        saved = annotating.edit_claim(
            person=request.user,
            claim_id=row.pk,
            row_version=row.row_version if only_engine else form.cleaned_data["row_version"] or 0,
            target=form.target,
            corrected={**form.changed(), **_taken_back(request, row)},
            place=form.place,
        )
    except changes.Stale:
        raise  # it is answered otherwise than what else is refused
    except changes.Refused as refused:
        form.add_error(None, str(refused))
        return _answer(request, row.story, form, passage, row.reading, row)
    return _saved(request, row.story, saved, before, _("The claim is saved."))


def _only_engine_changed(request: PersonRequest, row: Claim) -> bool:
    """Whether no person has touched the claim since the form was opened.

    A comparison that ran meanwhile is no reason to refuse a person's save: what it found stays
    where the person left it alone.
    """
    newest = Decision.objects.filter(claim=row).order_by("-pk").values_list("pk", flat=True).first()
    return request.POST.get("decision") == str(newest or 0)


def panel_again(request: PersonRequest, claim_id: int, error: str, status: int) -> HttpResponse:
    """The claim as it is now, with the reason why a change of its status was refused."""
    row = _claim_for(request, claim_id)
    passage = _passage_of(row)
    form = _form_of(row, None)
    return _answer(request, row.story, form, passage, row.reading, row, error=error, status=status)


def _outdated(request: PersonRequest, current: Claim, passage: Passage) -> HttpResponse:
    """Both claims side by side: what somebody else saved meanwhile, and what was typed."""
    form = _form_of(current, request.POST)
    if form.is_valid():
        form = _form_of(current, form.on_top(request.POST))
        form.is_valid()
    return _answer(request, current.story, form, passage, current.reading, current, status=409)


def _form_of(row: Claim, typed: QueryDict | None) -> ClaimForm:
    """The claim's form: with what was typed, else with what is stored."""
    seen = dict(row.effective)
    return ClaimForm(
        typed,
        seen=seen,
        points=annotation.points_by_nearness(row.story, row.exact, seen),
        at=row.point_id,
        initial={"start": row.start, "end": row.end, "exact": row.exact},
    )


def _answer(
    request: PersonRequest,
    story: Story,
    form: ClaimForm,
    passage: Passage,
    engine: Mapping[str, Any],
    row: Claim | None,
    *,
    error: str = "",
    status: int | None = None,
) -> HttpResponse:
    """The panel or page with the form; 422 for one that was sent back, 409 for an outdated one."""
    stale = status == 409 and form.is_bound
    context = {
        "section": "stories",
        "story": story,
        "form": form,
        "card": claim_card.build(request.user, form, passage, dict(engine), row, stale=stale),
        "back": _address(story, row),
        "error": error,
    }
    known = status or (422 if form.is_bound else 200)
    return render_page(request, "claims/claim.html", context, PARTIALS, status=known)


def _address(story: Story, row: Claim | None) -> str:
    here = reverse("claims:compare", kwargs={"slug": story.slug})
    return f"{here}?point={row.point_id}" if row is not None and row.point_id else here


def _saved(
    request: PersonRequest, story: Story, row: Claim, before: Seen | None, said: str
) -> HttpResponse:
    """htmx gets what changed on the page, others go back to the story."""
    in_panel = bool(chosen_partial(request, PARTIALS))
    if before is None or not in_panel:
        back = _address(story, row)
        return leave_page(back) if in_panel else redirect(back)
    said = _("%(said)s The reports are compared again.") % {"said": said}
    return answer_changed(request, story, before, said)

"""A person's own draft beside the reports of a story. Nobody else has a page that shows it.

None of these pages is kept by a browser or tagged: whoever sits down after its writer finds none.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import page_words, tasks
from claims.draft_column import build_column
from claims.draft_form import SUFFIXES, DraftForm
from claims.draft_page import build_page, state_of
from claims.models import Draft
from claims.services.drafts import StaleDraft, ask_again, draft_of, put_draft, remove_draft
from claims.story_top import top_of
from claims.whole_story import load_whole_story
from reader.access import get_story_for
from reader.htmx import is_htmx, leave_page, render_page
from reader.models import Story
from reader.web import PersonRequest, read_number

PARTIALS: Mapping[str, str] = {"draft": "draft"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, slug: str) -> HttpResponse:
    """The draft with what was found of it, the form for its text; a POST puts a text in.

    `?point=N` is the line that is looked at, `?edit=1` opens the text for changes. With
    `?waiting=1` the page asks whether the check is done.
    """
    story = get_story_for(request.user, slug)
    if request.method != "POST":
        own = draft_of(story, request.user)
        if "waiting" in request.GET and is_htmx(request):
            if own is None:
                return leave_page(request.path)  # removed meanwhile, in another window
            if state_of(own) == "waiting":
                return HttpResponse(status=204)  # nothing new: the page asks again
        return _page(request, story, own)
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        status = 413 if form.is_too_large else 422
        return _page(request, story, draft_of(story, request.user), form=form, status=status)
    content, kind = form.given()
    try:
        kept = put_draft(
            story=story,
            person=request.user,
            content=content,
            kind=kind,
            row_version=form.cleaned_data["row_version"],
        )
    except StaleDraft as stale:
        form.overtaken = True
        return _page(request, story, stale.now, form=form, status=409)
    tasks.queue_draft_check(kept.pk)
    return redirect("claims:draft", slug)


@require_POST
def draft_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Hold the draft against the story as it is now."""
    story = get_story_for(request.user, slug)
    own = draft_of(story, request.user)
    if own is not None:
        ask_again(own)
        tasks.queue_draft_check(own.pk)
    return redirect("claims:draft", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft_remove(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask once, then remove the draft for good."""
    story = get_story_for(request.user, slug)
    own = draft_of(story, request.user)
    status = 200
    if request.method == "POST":
        try:
            seen = read_number(request.POST.get("row_version")) or 0
            remove_draft(story=story, person=request.user, row_version=seen)
        except StaleDraft as stale:
            own, status = stale.now, 409
        else:
            messages.success(request, _("The draft is removed."))
            return redirect("claims:draft", slug)
    if own is None:
        return redirect("claims:draft", slug)
    context = {"section": "stories", "story": story, "draft": own, "overtaken": status == 409}
    return render_page(request, "claims/draft_remove.html", context, status=status)


@never_cache
@require_safe
def draft_column(request: PersonRequest, slug: str) -> HttpResponse:
    """The draft as a column of the side-by-side page, which fetches it apart: `?point=ID`."""
    story = get_story_for(request.user, slug)
    own = draft_of(story, request.user)
    column = build_column(own, story, read_number(request.GET.get("point"))) if own else None
    return render_page(request, "claims/_draft_text.html", {"story": story, "column": column})


def _page(
    request: PersonRequest,
    story: Story,
    own: Draft | None,
    *,
    form: DraftForm | None = None,
    status: int = 200,
) -> HttpResponse:
    whole = load_whole_story(story)
    page = None
    if own is not None:
        chosen = read_number(request.GET.get("point"))
        page = build_page(own, story, whole.reports, whole.points, chosen)
    context = {
        "section": "stories",
        "story": story,
        "top": top_of(story, whole, view="draft", mode="quiet"),
        "draft": own,
        "page": page,
        "state": state_of(own) if own else "none",
        "form": form or _form(own),
        "editing": form is not None or "edit" in request.GET,
        "types": ", ".join(SUFFIXES),
        "no_points": page_words.no_points(story, len(whole.reports)),
    }
    return render_page(request, "claims/draft.html", context, PARTIALS, status=status)


def _form(own: Draft | None) -> DraftForm:
    """The form with the draft's text as it stands, or with what could not be read of it yet."""
    if own is None:
        return DraftForm()
    text = own.text
    if own.incoming_kind == "text":
        text = bytes(own.incoming or b"").decode("utf-8", "replace")
    return DraftForm(initial={"text": text, "row_version": own.row_version})

"""A point's own page: editors rename, merge and split it; fact-checkers take single claims out."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.access import get_claim_for, get_point_for
from claims.decided import newest_of
from claims.models import Claim, Decision, Point
from claims.point_page import build_point_page
from claims.services import arranging, undoing
from claims.services.changes import Refused, Stale
from claims.views.story_page import answer_page
from claims.words import Words, word
from reader import audit
from reader.access import require_role
from reader.htmx import chosen_partial, render_page
from reader.models import Role
from reader.web import PersonRequest, read_number

PARTIALS: Mapping[str, str] = {"point-page": "point-page"}
# What a form may ask for, with the role that it takes; taking one claim out is a fact-checker's.
VERBS: Mapping[str, Role] = {
    "rename": Role.EDITOR,
    "split": Role.EDITOR,
    "merge": Role.EDITOR,
    "take_out_chosen": Role.EDITOR,
    "take_out": Role.FACT_CHECKER,
    "undo": Role.EDITOR,
    "put_back": Role.FACT_CHECKER,
}
SAID: Words = {
    "rename": gettext_lazy("Renamed."),
    "split": gettext_lazy("Split. The reports are compared again."),
    "merge": gettext_lazy("Merged. The reports are compared again."),
    "take_out": gettext_lazy("Taken out. The reports are compared again."),
    "take_out_chosen": gettext_lazy("Taken out. The reports are compared again."),
    "undo": gettext_lazy("Undone."),
    "put_back": gettext_lazy("Put back. The reports are compared again."),
}
Asked = Mapping[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def point(request: PersonRequest, point_id: int) -> HttpResponse:
    """One point with its claims; a POST arranges it, says what `did` and comes back here."""
    row = get_point_for(request.user, point_id)
    if request.method != "POST":
        partial = chosen_partial(request, PARTIALS)
        return answer_page(request, row.story, partial, lambda: _page(request, row, request.GET))
    verb = request.POST.get("verb", "")
    require_role(request.user, row.story.desk, VERBS.get(verb, Role.EDITOR))
    try:
        done = _arrange(request, row, verb)
    except Stale:
        said = _("This has changed since you opened it. This is how it is now.")
        return _refused(request, row.pk, f"{said} {_('What you typed is kept below.')}", 409)
    except Refused as refused:
        return _refused(request, row.pk, str(refused), 422)
    here = reverse("claims:point", args=[row.pk])
    return redirect(f"{here}?did={verb}" + (f"&done={done}" if done else ""))


def _arrange(request: PersonRequest, row: Point, verb: str) -> int | None:
    """Do what the form asks for; the decision to offer an undo of, where claims were taken out."""
    person, typed = request.user, request.POST
    known: dict[str, Any] = {
        "person": person,
        "point_id": row.pk,
        "row_version": read_number(typed.get("row_version")) or 0,
    }
    if verb == "rename":
        arranging.rename_point(**known, label=typed.get("label", ""))
    elif verb == "merge":
        arranging.merge_points(**known, others=dict(_seen(typed.getlist("other"))))
    elif verb == "split":
        chosen = dict(_seen(typed.getlist("claim")))
        arranging.split_point(**known, seen=chosen, label=typed.get("new_label", ""))
    elif verb in ("take_out", "take_out_chosen"):
        given = typed.getlist("claim") if verb == "take_out_chosen" else [typed.get("one", "")]
        return _take_out(request, row, dict(_seen(given)))
    elif verb in ("undo", "put_back"):
        _undo(request, row, verb, read_number(typed.get("decision")) or 0)
    else:
        raise Refused(_("This page cannot do that."))
    return None


def _take_out(request: PersonRequest, row: Point, seen: Mapping[int, int]) -> int | None:
    if Claim.objects.filter(pk__in=seen, point=row).count() != len(seen):
        raise Refused(_("One of these claims is no longer in this point. Look again."))
    for pk in seen:
        get_claim_for(request.user, pk, Role.FACT_CHECKER)
    with audit.act() as act:
        arranging.take_out(person=request.user, seen=seen)
    return newest_of(act, row.story_id)


def _undo(request: PersonRequest, row: Point, verb: str, decision_id: int) -> None:
    """Undo the point's own decision, or an act that took claims out of it."""
    mine = Decision.objects.filter(pk=decision_id, story=row.story_id)
    if verb == "undo" and mine.filter(point=row).exists():
        undoing.undo(person=request.user, decision_id=mine.get().pk)
    elif verb == "put_back" and mine.filter(values__before__point=row.pk, action="place").exists():
        undoing.undo_together(person=request.user, decision_id=mine.get().pk)
    else:
        raise Http404


def _refused(request: PersonRequest, point_id: int, error: str, status: int) -> HttpResponse:
    """The page as things are now, with what was typed and chosen still in its forms."""
    row = get_point_for(request.user, point_id)
    return answer_page(
        request,
        row.story,
        "",
        lambda: _page(request, row, request.POST, error=error, status=status),
    )


def _page(
    request: PersonRequest, row: Point, asked: Any, *, error: str = "", status: int = 200
) -> HttpResponse:
    page = build_point_page(row, request.user, done=read_number(asked.get("done")))
    verb = asked.get("verb", "")
    context = {
        "section": "stories",
        "story": row.story,
        "point": row,
        "page": page,
        "error": error,
        "failed": verb if error else "",
        "label": asked.get("label", row.label) if verb == "rename" else row.label,
        "new_label": asked.get("new_label", ""),
        "chosen": {pk for pk, _version in _seen(asked.getlist("claim"))},
        "taken_over": {pk for pk, _version in _seen(asked.getlist("other"))},
        "said": word(SAID, asked["did"]) if asked.get("did") in SAID else "",
    }
    return render_page(request, "claims/point.html", context, PARTIALS, status=status)


def _seen(given: list[str]) -> list[tuple[int, int]]:
    """Claims and points as the page's inputs name them: "12-3" is row 12 in its version 3."""
    pairs = [text.partition("-") for text in given]
    numbers = [(read_number(pk), read_number(version)) for pk, _dash, version in pairs]
    return [(pk, version) for pk, version in numbers if pk is not None and version is not None]

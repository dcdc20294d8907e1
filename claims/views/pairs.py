"""What people say of a pair in doubt: the same point, or not the same; and taking it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.access import get_counterpart_for, get_decision_for
from claims.comparison import build_comparison
from claims.models import Counterpart
from claims.modes import mode_in, query_of
from claims.services import pairing, undoing
from claims.services.changes import Refused, Stale
from claims.views.changed import answer_changed, see
from claims.views.compare import freshness_of, layout_shown, page_context
from claims.words import Words, word
from reader.htmx import wants_partial
from reader.models import Role
from reader.web import PersonRequest, read_number

# What a form may ask for, with the role that it takes.
VERBS = {
    "join": Role.FACT_CHECKER,
    "merge": Role.EDITOR,
    "apart": Role.FACT_CHECKER,
    "undo": Role.FACT_CHECKER,
}
SAID: Words = {
    "join": gettext_lazy("Put into this point. The reports are compared again."),
    "merge": gettext_lazy("Merged. The reports are compared again."),
    "apart": gettext_lazy("Kept apart. They will not be offered again."),
    "undo": gettext_lazy("Undone."),
}


@require_POST
def pair(request: PersonRequest, counterpart_id: int) -> HttpResponse:
    """Say that two claims are about the same, or are not; `verb` says which, `point` where.

    Answers 409 where somebody was faster, and 422 where it cannot be done.
    """
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        raise Http404
    row = get_counterpart_for(request.user, counterpart_id, VERBS[verb])
    before = see(request, row.story)
    try:
        _do(request, row, verb)
    except Stale:
        said = _("This has changed since you opened it. Load the page again to see how it is now.")
        return _refused(request, row, said, 409)
    except Refused as refused:
        return _refused(request, row, str(refused), 422)
    said = word(SAID, verb)
    if before is not None and wants_partial(request):
        return answer_changed(request, row.story, before, said)
    point = read_number(request.POST.get("point")) or 0
    here = f"{row.story.get_absolute_url()}?point={point}"
    return redirect(f"{here}{query_of(mode_in(request.POST.dict()))}#pairs")


def _do(request: PersonRequest, row: Counterpart, verb: str) -> None:
    sent = request.POST
    version = read_number(sent.get("row_version")) or 0
    if verb == "undo":
        decision = get_decision_for(request.user, read_number(sent.get("decision")) or 0)
        if decision.counterpart_id != row.pk:
            raise Http404
        undoing.undo(person=request.user, decision_id=decision.pk)
    elif verb == "apart":
        pairing.keep_apart(person=request.user, counterpart_id=row.pk, row_version=version)
    else:
        how = pairing.merge if verb == "merge" else pairing.join
        how(
            person=request.user,
            counterpart_id=row.pk,
            row_version=version,
            point_id=read_number(sent.get("point")) or 0,
            other_point=read_number(sent.get("other_point")),
        )


def _refused(request: PersonRequest, row: Counterpart, error: str, status: int) -> HttpResponse:
    """Why nothing was saved, where the form stands; the whole page where there are no scripts."""
    if wants_partial(request):
        return render(request, "claims/_pair_refused.html", {"pair_error": error}, status=status)
    point = read_number(request.POST.get("point"))
    layout = layout_shown(request, row.story)
    comparison = build_comparison(row.story, request.user, point=point, layout=layout)
    freshness = freshness_of(request, row.story, point, layout)
    context = {
        **page_context(request, row.story, comparison, freshness),
        "pair_error": error,
    }
    return render(request, "claims/compare.html", context, status=status)

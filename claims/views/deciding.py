"""Decisions about flags, and undoing any decision.

The same forms stand on the side-by-side page and in the queue: htmx names the card or the row that
it will replace, and gets that with whatever else of the page has changed.
"""

import json
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.access import get_decision_for, get_flag_for
from claims.columns_load import NOTHING, ROW, Drawn
from claims.comparison import Comparison, build_comparison
from claims.decided import DecisionLine
from claims.decision_form import Draft, read_draft
from claims.evidence import FlagCard
from claims.models import Decision, Discrepancy
from claims.modes import mode_in, query_of
from claims.queue_rows import rows_of
from claims.review_queue import open_flags
from claims.services import deciding, undoing
from claims.services.changes import Refused, Stale
from claims.views.compare import freshness_after, freshness_of, layout_shown, page_context
from reader.htmx import target_id, wants_partial
from reader.models import Role, Story
from reader.web import PersonRequest


@require_POST
def decide(request: PersonRequest, discrepancy_id: int) -> HttpResponse:
    """Confirm or dismiss a flag, or add a note to it.

    Answers 409 where somebody was faster, with what they decided, and 422 where something is
    missing; what the person sent stays in the form.
    """
    flag = get_flag_for(request.user, discrepancy_id, Role.EDITOR)
    draft = read_draft(request.POST.dict())
    try:
        done = deciding.decide(
            person=request.user,
            discrepancy_id=flag.pk,
            row_version=draft.row_version,
            action=draft.action,
            reason_code=draft.reason_code,
            note=draft.note,
        )
    except Stale as stale:
        refused = replace(draft, error=str(stale), overtaken=True)
        return _answer(request, flag, draft=refused, status=409)
    except Refused as refusal:
        return _answer(request, flag, draft=replace(draft, error=str(refusal)), status=422)
    return _answer(request, flag, done=done)


@require_POST
def undo(request: PersonRequest, decision_id: int) -> HttpResponse:
    """Take a decision about a claim, a point or a flag back; 409 where it cannot be any more."""
    decision = get_decision_for(request.user, decision_id)
    flag = decision.discrepancy
    draft = replace(read_draft(request.POST.dict()), action="undo")
    try:
        done = undoing.undo(person=request.user, decision_id=decision.pk)
    except Refused as refusal:
        if flag is not None:
            refused = replace(draft, error=str(refusal), overtaken=True)
            return _answer(request, flag, draft=refused, status=409)
        context = {"story": decision.story, "reason": str(refusal), "section": "stories"}
        return render(request, "claims/undo_refused.html", context, status=409)
    if flag is not None:
        return _answer(request, flag, done=done)
    return redirect(_way_back(request, decision.story))


def _answer(
    request: PersonRequest,
    flag: Discrepancy,
    *,
    done: Decision | None = None,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the form's place becomes: a card, a row of the queue, or a page."""
    flag = Discrepancy.objects.select_related("story__desk", "point").get(pk=flag.pk)
    said = _said(request, done, draft)
    place = target_id(request) if wants_partial(request) else ""
    if place == f"row-{flag.pk}":
        return _row(request, flag, draft, said, status)
    if place == f"flag-{flag.pk}":
        return _card(request, flag, draft, said, status)
    if draft is not None:
        return _page(request, flag, draft, status)
    return redirect(_way_back(request, flag.story, flag, done))


def _said(request: PersonRequest, done: Decision | None, draft: Draft | None) -> str:
    """What the live region says: what was done, and how to take it back."""
    if draft is not None:
        return _("Not saved. %(reason)s") % {"reason": draft.error}
    assert done is not None  # else there is a draft
    what = {
        "confirm": _("Confirmed."),
        "dismiss": _("Dismissed."),
        "note": _("Note saved."),
        "undo": _("Undone."),
    }[done.action]
    if done.action == "undo":
        return what
    if request.user.single_letter_keys:
        return _("%(done)s Press u to undo.") % {"done": what}
    return _("%(done)s The undo button stands beside it.") % {"done": what}


def _card(
    request: PersonRequest, flag: Discrepancy, draft: Draft | None, said: str, status: int
) -> HttpResponse:
    """The flag's card, and beside it the parts of the page that follow its status."""
    comparison = _with_draft(_comparison(request, flag, NOTHING), flag, draft)
    card = _card_of(comparison, flag)
    # quiet mode shows a suggestion no more once nobody stands behind it
    hides = draft is None and flag.is_suggestion and comparison.chosen is not None
    if card is None and not hides:  # the engine no longer finds it
        return render(request, "claims/_flag_gone.html", {"flag": flag}, status=status)
    freshness = freshness_after(
        request,
        flag.story,
        flag.point_id,
        changes=0 if draft else 1,
        layout=comparison.layout,
    )
    reports = card.reports if card else ()
    context = {
        **page_context(request, flag.story, comparison, freshness),
        "flag": card or flag,
        "decided": flag.pk,
        "moves": draft is None and flag.suggestion,  # between flags and suggestions
        "said": freshness.told_with(said),
        "kinds": json.dumps(comparison.kinds),
        "touched": [
            column for column in comparison.columns if column.article in reports or column.held
        ],
        "point": next((row for row in comparison.points if row.chosen), None),
        "waiting": open_flags(request.user).count(),
    }
    template = "claims/_decided.html" if card else "claims/_flag_gone.html"
    return render(request, template, context, status=status)


def _row(
    request: PersonRequest, flag: Discrepancy, draft: Draft | None, said: str, status: int
) -> HttpResponse:
    """The flag's row of the queue, and the number in the bar."""
    row = rows_of([flag], request.user)[0]
    if draft is not None:
        row = replace(row, draft=_told(draft, row.decided.lines))
    context = {
        "row": replace(row, current=True),
        "said": said,
        "waiting": open_flags(request.user).count(),
        "next": request.POST.get("next", ""),
        "mode": mode_in(request.POST.dict()),
    }
    return render(request, "claims/_review_decided.html", context, status=status)


def _page(request: PersonRequest, flag: Discrepancy, draft: Draft, status: int) -> HttpResponse:
    """The whole page with what was sent still in its form, for browsers without scripts."""
    comparison = _with_draft(_comparison(request, flag, ROW), flag, draft)
    freshness = freshness_of(request, flag.story, flag.point_id, comparison.layout)
    context = page_context(request, flag.story, comparison, freshness)
    return render(request, "claims/compare.html", context, status=status)


def _comparison(request: PersonRequest, flag: Discrepancy, drawn: Drawn) -> Comparison:
    return build_comparison(
        flag.story,
        request.user,
        point=flag.point_id,
        flag=flag.pk,
        layout=layout_shown(request, flag.story),
        drawn=drawn,
    )


def _card_of(comparison: Comparison, flag: Discrepancy) -> FlagCard | None:
    cards = comparison.chosen.cards if comparison.chosen else ()
    return next((card for card in cards if card.id == flag.pk), None)


def _with_draft(comparison: Comparison, flag: Discrepancy, draft: Draft | None) -> Comparison:
    """The page with what was sent in the flag's card."""
    chosen = comparison.chosen
    if draft is None or chosen is None:
        return comparison
    flags, suggestions = (
        tuple(
            replace(card, draft=_told(draft, card.decided.lines)) if card.id == flag.pk else card
            for card in cards
        )
        for cards in (chosen.flags, chosen.suggestions)
    )
    return replace(comparison, chosen=replace(chosen, flags=flags, suggestions=suggestions))


def _told(draft: Draft, lines: tuple[DecisionLine, ...]) -> Draft:
    """The draft with what others decided since the page was made."""
    theirs = tuple(line for line in lines if line.id > draft.seen)
    return replace(draft, theirs=theirs) if draft.overtaken else draft


def _way_back(
    request: PersonRequest,
    story: Story,
    flag: Discrepancy | None = None,
    done: Decision | None = None,
) -> str:
    """The queue or the history that the form stood on, else the story's page at the flag."""
    asked, queue = request.POST.get("next", ""), reverse("claims:review")
    if flag is not None and done is not None and asked.split("?")[0] == queue:
        joint = "&" if "?" in asked else "?"
        return f"{asked}{joint}{urlencode({'decided': flag.pk})}"
    pages = ("reader:history", "claims:tray")
    if asked.split("?")[0] in [reverse(page, args=[story.slug]) for page in pages]:
        return asked
    here = story.get_absolute_url()
    if flag is None:
        return here
    asked = urlencode({"point": flag.point_id, "flag": flag.pk})
    return f"{here}?{asked}{query_of(mode_in(request.POST.dict()))}#flag-{flag.pk}"

"""The feeds of the person's desks: tried, added, changed, paused, removed. For admins."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.access import desks_with_role, get_feed_for, get_trial_for
from reader.feed_forms import FeedForm, TrialForm, initial_of
from reader.feed_list import list_feeds, polls_of, shown_trial
from reader.htmx import is_htmx, render_page, target_id, wants_partial
from reader.models import Desk, Feed, FeedTrial, Role, Source
from reader.services.feeds import (
    KnownFeed,
    Overtaken,
    add_feed,
    ask_poll,
    change_feed,
    pause_feed,
    remove_feed,
    resume_feed,
    start_trial,
)
from reader.web import PersonRequest, read_number

_LIST = {"feed-list": "feed_list"}


@never_cache
@require_safe
def feeds(request: PersonRequest) -> HttpResponse:
    """The feeds with their last result and next poll, and the form that tries a new address."""
    desks = _desks(request)
    return _list_page(request, desks, TrialForm(desks=desks), 200)


@never_cache
@require_POST
def feed_try(request: PersonRequest) -> HttpResponse:
    """Have an address tried by a job; its page shows what it gave."""
    desks = _desks(request)
    form = TrialForm(request.POST, desks=desks)
    if not form.is_valid():
        return _list_page(request, desks, form, 422)
    trial = start_trial(
        desk=form.cleaned_data["desk"], address=form.cleaned_data["address"], person=request.user
    )
    return redirect("reader:feed_trial", trial.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_trial(request: PersonRequest, trial_id: int) -> HttpResponse:
    """What a tried address gave, and the form that makes a feed of it."""
    trial = get_trial_for(request.user, trial_id)
    if request.method != "POST":
        if is_htmx(request) and trial.tried_at is None:
            return HttpResponse(status=204)  # nothing new: the page asks again
        return _trial_page(request, trial, None, 200)
    form = FeedForm(request.POST, desk=trial.desk)
    if not form.is_valid():
        return _trial_page(request, trial, form, 422)
    try:
        add_feed(desk=trial.desk, facts=form.facts(), person=request.user)
    except KnownFeed:
        form.add_error("address", _known())
        return _trial_page(request, trial, form, 422)
    return redirect("reader:feeds")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: PersonRequest, feed_id: int) -> HttpResponse:
    """Change a feed, see its last polls; one that somebody changed meanwhile is not overwritten."""
    row = get_feed_for(request.user, feed_id)
    if request.method != "POST":
        return _feed_page(request, row, None, 200)
    form = FeedForm(request.POST, desk=row.desk, feed=row)
    if not form.is_valid():
        return _feed_page(request, row, form, 422)
    seen = form.cleaned_data["seen"] or 0
    try:
        change_feed(feed_id=row.pk, row_version=seen, facts=form.facts(), person=request.user)
    except KnownFeed:
        form.add_error("address", _known())
        return _feed_page(request, row, form, 422)
    except Overtaken as overtaken:
        return _overtaken(request, overtaken.feed)
    return redirect("reader:feeds")


@never_cache
@require_POST
def feed_pause(request: PersonRequest, feed_id: int) -> HttpResponse:
    """Pause a feed, or poll it again (`wanted`: paused or polled)."""
    row = get_feed_for(request.user, feed_id)
    turn = resume_feed if request.POST.get("wanted") == "polled" else pause_feed
    try:
        turn(feed_id=row.pk, row_version=_seen(request), person=request.user)
    except Overtaken as overtaken:
        if _wants_list(request):
            return _list_again(request, problem=_("Somebody changed this feed meanwhile."))
        return _overtaken(request, overtaken.feed)
    return _list_again(request)


@never_cache
@require_POST
def feed_poll(request: PersonRequest, feed_id: int) -> HttpResponse:
    """Have a feed polled as soon as a worker is free."""
    row = get_feed_for(request.user, feed_id)
    ask_poll(feed_id=row.pk, person=request.user)
    return _list_again(request)


@never_cache
@require_POST
def feed_remove(request: PersonRequest, feed_id: int) -> HttpResponse:
    """Forget a feed and its entries; reports that came of it stay."""
    row = get_feed_for(request.user, feed_id)
    try:
        remove_feed(feed_id=row.pk, row_version=_seen(request), person=request.user)
    except Overtaken as overtaken:
        return _overtaken(request, overtaken.feed)
    return redirect("reader:feeds")


def _desks(request: PersonRequest) -> list[Desk]:
    """The desks on which the person is an admin. Raises `PermissionDenied` where there is none."""
    desks = desks_with_role(request.user, Role.ADMIN)
    if not desks:
        raise PermissionDenied
    return desks


def _seen(request: PersonRequest) -> int:
    return read_number(request.POST.get("seen")) or 0


def _known() -> str:
    return _("The desk polls this address already.")


def _wants_list(request: PersonRequest) -> bool:
    return wants_partial(request) and target_id(request) in _LIST


def _list_again(request: PersonRequest, problem: str = "") -> HttpResponse:
    """The list for htmx; without scripts the page again."""
    if not _wants_list(request):
        return redirect("reader:feeds")
    desks = _desks(request)
    status = 409 if problem else 200
    return _list_page(request, desks, TrialForm(desks=desks), status, problem=problem)


def _list_page(
    request: PersonRequest, desks: list[Desk], form: TrialForm, status: int, problem: str = ""
) -> HttpResponse:
    context = {
        "section": "feeds",
        "form": form,
        "problem": problem,
        "several_desks": len(desks) > 1,
        **list_feeds(request.user, desks, timezone.now()),
    }
    return render_page(request, "reader/feeds.html", context, _LIST, status=status)


def _trial_page(
    request: PersonRequest, trial: FeedTrial, form: FeedForm | None, status: int
) -> HttpResponse:
    shown = shown_trial(request.user, trial)
    if form is None:
        form = FeedForm(initial=shown.initial, desk=trial.desk)
    context = {"section": "feeds", "trial": trial, "shown": shown, "form": form, **_sources()}
    return render_page(request, "reader/feed_trial.html", context, status=status)


def _feed_page(
    request: PersonRequest, row: Feed, form: FeedForm | None, status: int, **told: Any
) -> HttpResponse:
    form = form or FeedForm(initial=initial_of(row), desk=row.desk, feed=row)
    zone = request.user.zone or row.desk.zone
    context = {
        "section": "feeds",
        "feed": row,
        "form": form,
        "polls": polls_of(row),
        "waiting": row.entries.count(),
        "zone": zone,
        **_sources(),
        **told,
    }
    return render_page(request, "reader/feed.html", context, status=status)


def _overtaken(request: PersonRequest, row: Feed) -> HttpResponse:
    """The form as the person sent it, beside what the feed is now; sent again it is saved."""
    if "address" not in request.POST:
        return _feed_page(request, row, None, 409, overtaken=True)
    sent = {**request.POST.dict(), "seen": str(row.row_version)}
    form = FeedForm(sent, desk=row.desk, feed=row)
    return _feed_page(request, row, form, 409, overtaken=True, now=initial_of(row))


def _sources() -> dict[str, Any]:
    return {"sources": Source.objects.values_list("name", flat=True)}

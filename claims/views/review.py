"""The review queue: every open flag of the desks on which the person is an editor."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.models import Discrepancy
from claims.modes import led_on, mode_in
from claims.queue_rows import QueueRow, rows_of
from claims.review_queue import build_queue, open_flags
from reader.access import desks_with_role
from reader.models import Desk, Role
from reader.web import PersonRequest, read_number


@never_cache
@require_safe
def review(request: PersonRequest) -> HttpResponse:
    """The queue, by severity and age; `story`, `kind` and `rule` filter it, `page` pages it.

    `mode=thorough` adds suggestions, then `what` filters too.

    `decided` names the flag that was decided just now by somebody without scripts: its row stands
    above the others, with its undo.
    """
    desks = _desks(request)
    chosen_before = led_on(request)
    if chosen_before is not None:
        return chosen_before
    given = request.GET
    queue = build_queue(
        request.user,
        asked=given.dict(),
        mode=mode_in(given.dict()),
        page=read_number(given.get("page")) or 1,
    )
    address = f"{request.path}?{queue.query}" if queue.query else request.path
    context = {
        "section": "review",
        "queue": queue,
        "mode": queue.mode,
        "just": _decided_just_now(request, desks, read_number(given.get("decided"))),
        "next": address,
        "several_desks": len(desks) > 1,
    }
    return render(request, "claims/review.html", context)


@never_cache
@require_safe
def review_count(request: PersonRequest) -> HttpResponse:
    """How many flags wait in the queue, for the bar."""
    _desks(request)
    context = {"waiting": open_flags(request.user).count()}
    return render(request, "claims/_review_count.html", context)


def _desks(request: PersonRequest) -> Sequence[Desk]:
    """The desks that the person edits. Raises `PermissionDenied` where there is none."""
    desks = desks_with_role(request.user, Role.EDITOR)
    if not desks:
        raise PermissionDenied
    return desks


def _decided_just_now(
    request: PersonRequest, desks: Sequence[Desk], flag_id: int | None
) -> QueueRow | None:
    flags = Discrepancy.objects.select_related("story__desk", "point")
    found = flags.filter(pk=flag_id, story__desk__in=desks) if flag_id else flags.none()
    return next(iter(rows_of(list(found), request.user)), None)

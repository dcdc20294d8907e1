"""The inbox: what the feeds of the person's desks brought, sent to stories or put aside.

For editors and admins of a desk.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reader.access import desks_with_role, get_entry_for
from reader.htmx import render_page, target_id, wants_partial
from reader.inbox import build_inbox, rows_of
from reader.models import Desk, FeedEntry, Role, Story
from reader.services.feed_sending import Done, put_aside, send_entries, take_back
from reader.web import PersonRequest, read_number

AT_ONCE = 100  # entries in one act


@never_cache
@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """New entries, newest first; `feed` and `status` filter, `page` pages.

    `just` names entries that were decided on just now by somebody without scripts: their rows stand
    above the others, with what can be undone.
    """
    _desks(request)
    return _page(request, just=_ids(request.GET.get("just", "").split(",")))


@never_cache
@require_safe
def inbox_entry(request: PersonRequest, entry_id: int) -> HttpResponse:
    """One entry's row as it is now."""
    get_entry_for(request.user, entry_id)
    return _row(request, entry_id, 200)


@never_cache
@require_POST
def inbox_send(request: PersonRequest) -> HttpResponse:
    """Send entries to a story of their desk; they are imported like anything else."""
    desks, asked = _asked(request)
    if not asked:
        return _refuse(request, asked, _("Choose entries first."))
    slug = request.POST.get("story", "")
    open_ones = Story.objects.filter(desk__in=desks, status=Story.Status.OPEN)
    story = open_ones.filter(slug=slug[:120]).select_related("desk").first() if slug else None
    if story is None:
        return _refuse(request, asked, _("Choose a story first."))
    if FeedEntry.objects.filter(pk__in=asked).exclude(feed__desk=story.desk_id).exists():
        return _refuse(request, asked, _("Choose entries of the story's own desk."))
    done = send_entries(entries=asked, story=story, person=request.user)
    said = ngettext(
        "%(n)d entry sent to %(story)s.", "%(n)d entries sent to %(story)s.", len(asked)
    )
    return _answer(request, done, said % {"n": len(asked), "story": story.title})


@never_cache
@require_POST
def inbox_aside(request: PersonRequest) -> HttpResponse:
    """Put entries aside; their rows offer to take them back."""
    desks, asked = _asked(request)
    if not asked:
        return _refuse(request, asked, _("Choose entries first."))
    done = put_aside(entries=asked, desks=[desk.pk for desk in desks], person=request.user)
    said = ngettext("%(n)d entry put aside.", "%(n)d entries put aside.", len(asked))
    return _answer(request, done, said % {"n": len(asked)})


@never_cache
@require_POST
def inbox_back(request: PersonRequest) -> HttpResponse:
    """Take back entries that were put aside."""
    desks, asked = _asked(request)
    if not asked:
        return _refuse(request, asked, _("Choose entries first."))
    done = take_back(entries=asked, desks=[desk.pk for desk in desks], person=request.user)
    said = ngettext("%(n)d entry taken back.", "%(n)d entries taken back.", len(asked))
    return _answer(request, done, said % {"n": len(asked)})


def _desks(request: PersonRequest) -> Sequence[Desk]:
    """The desks that the person edits. Raises `PermissionDenied` where there is none."""
    desks = desks_with_role(request.user, Role.EDITOR)
    if not desks:
        raise PermissionDenied
    return desks


def _asked(request: PersonRequest) -> tuple[Sequence[Desk], Sequence[int]]:
    """The person's desks and the entries that were named. Raises `Http404` if one is not theirs."""
    desks = _desks(request)
    asked = _ids(request.POST.getlist("entry"))
    if FeedEntry.objects.filter(pk__in=asked, feed__desk__in=desks).count() != len(asked):
        raise Http404
    return desks, asked


def _ids(given: Sequence[str]) -> Sequence[int]:
    """The numbers among what was given, each once, no more than are decided on at once."""
    numbers = dict.fromkeys(read_number(text) for text in given)
    return [number for number in numbers if number][:AT_ONCE]


def _answer(request: PersonRequest, done: Done, said: str) -> HttpResponse:
    """The changed row for htmx, else the inbox again; 409 where somebody else was quicker."""
    ids = [entry.pk for entry in (*done.changed, *done.gone)]
    if _one_row(request, ids):
        if done.gone:
            return _row(request, ids[0], 409, problem=_overtaken())
        return _row(request, ids[0], 200, said=said)
    if done.gone:
        return _page(request, just=ids, status=409, problem=_overtaken())
    kept = _shown(request)
    query = urlencode({**kept, "just": ",".join(map(str, ids))} if ids else kept)
    address = reverse("reader:inbox")
    return redirect(f"{address}?{query}" if query else address)


def _shown(request: PersonRequest) -> dict[str, str]:
    """The filters of the page that a form was sent from."""
    kept = {name: request.POST.get(f"shown_{name}", "") for name in ("feed", "status")}
    return {name: value[:20] for name, value in kept.items() if value}


def _overtaken() -> str:
    return _("Somebody else was quicker; this is how it stands now.")


def _refuse(request: PersonRequest, asked: Sequence[int], problem: str) -> HttpResponse:
    if _one_row(request, asked):
        return _row(request, asked[0], 422, problem=problem)
    return _page(request, status=422, problem=problem, chosen=asked)


def _one_row(request: PersonRequest, ids: Sequence[int]) -> bool:
    """Whether htmx wants the one row that was decided on."""
    return wants_partial(request) and [f"entry-{pk}" for pk in ids] == [target_id(request)]


def _row(
    request: PersonRequest, entry_id: int, status: int, *, problem: str = "", said: str = ""
) -> HttpResponse:
    row = next(iter(rows_of(request.user, [entry_id])), None)
    if row is None:  # its feed was removed just now
        raise Http404
    context = {"row": replace(row, problem=problem), "said": said or problem}
    return render(request, "reader/_inbox_row.html", context, status=status)


def _page(
    request: PersonRequest,
    *,
    just: Collection[int] = (),
    status: int = 200,
    problem: str = "",
    chosen: Collection[int] = (),
) -> HttpResponse:
    asked = _shown(request) if request.method == "POST" else request.GET.dict()
    context = {
        "section": "inbox",
        "inbox": build_inbox(request.user, asked, just),
        "problem": problem,
        "chosen": chosen,
    }
    return render_page(request, "reader/inbox.html", context, status=status)

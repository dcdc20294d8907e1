"""Answering an invitation: as somebody new, or with the account that one has."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from reader.models import Invitation, Role, User
from reader.people_forms import NewPersonForm
from reader.services import invitations
from reader.services.people import Refused
from reader.web import roles_of, without_referrer

TOKEN = "invitation"  # noqa: S105 - where the session keeps the link's token


@login_not_required
@never_cache
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: move the token into the session, so that no page's address has it.

    Uses nothing up: mail programs look at links too.
    """
    if invitations.find_open(token) is None:
        return without_referrer(_gone(request))
    request.session[TOKEN] = token
    return without_referrer(redirect("reader:invitation"))


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Say who invites whom to what, and take the answer."""
    found = invitations.find_open(request.session.get(TOKEN, ""))
    if found is None:
        request.session.pop(TOKEN, None)
        return _gone(request)
    user = request.user
    if isinstance(user, User):
        return _answer_of_member(request, user, found)
    account = invitations.account_of(found)
    if account is not None:
        return _page(request, found, {"account": account})
    return _answer_of_stranger(request, found)


def _answer_of_stranger(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Make an account from the form; then the person signs in with it."""
    form = NewPersonForm(request.POST or None, email=found.email)
    if request.method != "POST":
        return _page(request, found, {"form": form})
    if form.is_valid():
        try:
            invitations.accept_as_new(token=request.session[TOKEN], person=form.person())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            del request.session[TOKEN]
            messages.success(request, _("Your account is ready. Sign in with it."))
            return redirect("reader:sign_in")
    return _page(request, found, {"form": form}, status=422)


def _answer_of_member(request: HttpRequest, person: User, found: Invitation) -> HttpResponse:
    """Let somebody who is signed in join, or sign out to answer as somebody else."""
    token = request.session[TOKEN]
    held = roles_of(person).get(found.desk_id)
    context: dict[str, Any] = {
        "member_as": Role(held).label if held else "",
        "may_join": held is None,
    }
    if request.method != "POST":
        return _page(request, found, context)
    if request.POST.get("answer") == "leave":
        logout(request)
        request.session[TOKEN] = token
        return redirect("reader:invitation")
    try:
        invitations.accept_as(token=token, person=person)
    except Refused as refused:
        return _page(request, found, {**context, "refused": str(refused)}, status=422)
    del request.session[TOKEN]
    return redirect("claims:stories")


def _page(
    request: HttpRequest, found: Invitation, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    known = {"invitation": found, "role": Role(found.role).label, **context}
    return render(request, "reader/invitation.html", known, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    """Used, withdrawn, run out or never there: a stranger is told none of it apart."""
    return render(request, "reader/invitation_gone.html", status=410)

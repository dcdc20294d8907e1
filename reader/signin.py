"""Signing in, the lockout after wrong tries, and the demo's sign-ins.

The demo's sign-ins are refused anywhere but on this computer. Their passwords stand in the README.
So they work only where the server was started as a demo, the request came from a loopback address,
and no proxy passed it on.
"""

import logging
from ipaddress import ip_address
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.ready_query import Given, ReadyQuery, columns_of

logger = logging.getLogger(__name__)

# Every request of every page asks who it is from.
_FIELDS = columns_of(User)
_PERSON = ReadyQuery(lambda: User.objects.filter(pk=Given("person")).values_list(*_FIELDS))

# A proxy on this computer also comes from loopback; one of these gives it away.
FORWARDED = frozenset(
    {
        "HTTP_CF_CONNECTING_IP",
        "HTTP_FORWARDED",
        "HTTP_TRUE_CLIENT_IP",
        "HTTP_VIA",
        "HTTP_X_CLIENT_IP",
        "HTTP_X_REAL_IP",
    }
)
FORWARDED_START = "HTTP_X_FORWARDED"


def demo_is_open(request: HttpRequest | None) -> bool:
    """Whether the demo's sign-ins may be used in this request."""
    if not settings.DEMO or request is None:
        return False
    if any(name in FORWARDED or name.startswith(FORWARDED_START) for name in request.META):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def client_address(request: HttpRequest) -> str | None:
    """The address that a request came from; None where nothing usable is known.

    Behind proxies it is what the outermost of them saw: each appends to `X-Forwarded-For`, so what
    stands further left was made up by the client.
    """
    claimed = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        claimed = passed[-min(settings.PROXIES, len(passed))].strip() or claimed
    try:
        return str(ip_address(claimed))
    except ValueError:
        return None


def locked_out(request: HttpRequest, refused: HttpResponse, credentials: object) -> HttpResponse:
    """The answer to a try after too many wrong ones; the same whether the account exists or not."""
    # no name: people type passwords there by mistake
    logger.warning("Sign-in paused after wrong tries from %s.", client_address(request))
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "reader/locked_out.html", {"minutes": minutes}, status=429)
    add_never_cache_headers(response)
    return response


class SignInBackend(ModelBackend):
    """Django's passwords and permissions, without the demo's people where they have no place."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person with this name and password, or None."""
        user = super().authenticate(request, username, password, **kwargs)
        misplaced = user is not None and user.is_demo and not demo_is_open(request)
        return None if misplaced else user

    def get_user(self, user_id: int) -> User | None:
        """The person of a session. One of the demo is nobody where the server is not a demo."""
        rows = _PERSON.ask(person=user_id)
        if not rows:
            return None
        user = User.from_db("default", _FIELDS, rows[0])
        misplaced = user.is_demo and not settings.DEMO
        return user if self.user_can_authenticate(user) and not misplaced else None


class SignInForm(AuthenticationForm):
    """Name and password. Says why, when it is a demo sign-in in the wrong place."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "User name or password is wrong. Capital and small letters count in both."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Check name and password; the reason for a refusal is said only to who knows both."""
        try:
            return super().clean()
        except forms.ValidationError as error:
            if self._is_misplaced_demo():
                message = _("The demo's sign-ins work only on the computer that runs the demo.")
                raise forms.ValidationError(message, code="demo") from error
            raise

    def _is_misplaced_demo(self) -> bool:
        name = self.cleaned_data.get("username")
        user = User.objects.filter(username=name, is_demo=True, is_active=True).first()
        return user is not None and user.check_password(self.cleaned_data.get("password") or "")

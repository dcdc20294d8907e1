"""How long a sign-in lasts: twelve hours without a request by hand, seven days in all.

It ends earlier where the person's rights do: each request asks `User.get_session_auth_hash`.
A sign-in of the demo also ends as soon as it is used from another computer.
"""

import time

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from reader.htmx import target_id, wants_partial
from reader.models import User
from reader.signin import demo_is_open

LONGEST = 7 * 24 * 60 * 60  # seconds from signing in
STEP = 10 * 60  # seconds between two writes of the session, so that not every request writes
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
POLLED = "freshness"  # the part that an open page asks for by itself; nobody need be there


@receiver(user_logged_in)
def note_sign_in(sender: type, request: HttpRequest, **kwargs: object) -> None:
    """Remember in the session when it began."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


class SessionLimits(MiddlewareMixin):
    """Ends sign-ins that are too old and keeps those in use alive.

    `SESSION_COOKIE_AGE` counts from the session's last write, so a write now and then makes it
    count from the last request.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Look at the session of who is signed in; others have nothing to limit."""
        session = request.session
        if SIGNED_IN_AT not in session:
            return
        if not request.user.is_authenticated:  # what they had is over: see reader.services.people
            session.flush()
            return
        now = int(time.time())
        if now - session[SIGNED_IN_AT] > LONGEST or _is_misplaced_demo(request):
            logout(request)
        elif now - session[SEEN_AT] > STEP and not _is_poll(request):
            session[SEEN_AT] = now


def _is_misplaced_demo(request: HttpRequest) -> bool:
    """Whether a sign-in made on this computer is used from elsewhere, where none could be made."""
    user = request.user
    return isinstance(user, User) and user.is_demo and not demo_is_open(request)


def _is_poll(request: HttpRequest) -> bool:
    return wants_partial(request) and target_id(request) == POLLED

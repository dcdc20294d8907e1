"""How long a sign-in lasts: twelve hours without a request, seven days in all."""

import time

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

LONGEST = 7 * 24 * 60 * 60  # seconds from signing in
STEP = 10 * 60  # seconds between two writes of the session, so that not every request writes
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"


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
        now = int(time.time())
        if now - session[SIGNED_IN_AT] > LONGEST:
            logout(request)
        elif now - session[SEEN_AT] > STEP:
            session[SEEN_AT] = now

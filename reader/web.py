"""What the middleware has done to a request by the time a view sees it."""

from django.http import HttpRequest

from reader.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in: views that let strangers in say so themselves."""

    user: User  # type: ignore[assignment]

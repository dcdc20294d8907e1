"""Jobs of the lower app: they call services and may run twice."""

from datetime import UTC, datetime

from django.core.management import call_command
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from reader.models import User
from reader.services import invitations, mails, visibility
from reader.services.previews import empty_expired

# a mail server that is away comes back: tried again after seconds, then minutes, for an hour or so
MAIL_AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.periodic(cron="17 * * * *")
@app.task(name="reader.empty_expired_imports", queue="reader")
def empty_expired_imports(timestamp: int) -> None:
    """Empty the imports that nobody confirmed within a day."""
    empty_expired(datetime.fromtimestamp(timestamp, tz=UTC))


@app.periodic(cron="* * * * *")
@app.task(name="reader.end_embargoes", queue="reader")
def end_embargoes(timestamp: int) -> None:
    """Show the reports whose embargo has ended."""
    visibility.end_embargoes(datetime.fromtimestamp(timestamp, tz=UTC))


@app.periodic(cron="47 3 * * *")
@app.task(name="reader.clear_expired_sessions", queue="reader")
def clear_expired_sessions(timestamp: int) -> None:
    """Delete the sign-ins that have run out; their rows would stay for ever."""
    call_command("clearsessions")


@app.task(name="reader.mail_invitation", queue="reader", retry=MAIL_AGAIN)
def mail_invitation(invitation_id: int, site: str) -> None:
    """Mail an invitation's link; `site` is the address that its admin uses, as `https://host`."""
    invitations.mail(invitation_id, site=site)


@app.task(name="reader.mail_new_password", queue="reader", retry=MAIL_AGAIN)
def mail_new_password(address: str, site: str) -> None:
    """Mail each person with this address a link for a new password; nothing where it is nobody's.

    The deactivated get none, nor do those who sign in without a password; the demo's are fixed.
    """
    people = User.objects.filter(email__iexact=address, is_active=True, is_demo=False)
    for person in people.order_by("pk"):
        if person.has_usable_password():
            mails.send_new_password(person, site=site)

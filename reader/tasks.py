"""Jobs of the lower app: they call services and may run twice."""

from datetime import UTC, datetime

from django.core.management import call_command
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from reader.models import User
from reader.services import (
    feed_polling,
    feed_queueing,
    feed_trials,
    feeds,
    invitations,
    mails,
    reading_items,
    storing_items,
    visibility,
)
from reader.services.expiring import empty_expired
from reader.services.queueing import READ, STORE, queue_reading, queue_storing

# a mail server that is away comes back: tried again after seconds, then minutes, for an hour or so
MAIL_AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)
# a database that was away comes back; what is wrong with an item is the item's own failure
IMPORT_ATTEMPTS = 5
IMPORT_AGAIN = RetryStrategy(max_attempts=IMPORT_ATTEMPTS, exponential_wait=3)


@app.task(name=READ, queue="reader", retry=IMPORT_AGAIN, pass_context=True)
def read_batch(context: JobContext, batch_id: int) -> None:
    """Read what came in with an import; a long one takes turns with other jobs.

    An item at which the job fails each time is left out in the end, so that the others go on.
    """
    try:
        left = reading_items.read_batch(batch_id)
    except Exception:
        if context.job.attempts >= IMPORT_ATTEMPTS:
            reading_items.give_up_reading(batch_id)
        raise
    if left:
        queue_reading(batch_id)


@app.task(name=STORE, queue="reader", retry=IMPORT_AGAIN)
def store_batch(batch_id: int) -> None:
    """Store what was confirmed of an import; a long one takes turns with other jobs."""
    if storing_items.store_batch(batch_id):
        queue_storing(batch_id)


@app.periodic(cron="17 * * * *")
@app.task(name="reader.empty_expired_imports", queue="reader")
def empty_expired_imports(timestamp: int) -> None:
    """Empty the imports that nobody confirmed within a day, and forget addresses tried by then."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    empty_expired(now)
    feeds.forget_trials(now)


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


@app.periodic(cron="* * * * *")
@app.task(name="reader.poll_due_feeds", queue="reader")
def poll_due_feeds(timestamp: int) -> None:
    """Have the feeds polled whose time has come; each is a job of its own."""
    feed_polling.queue_due(datetime.fromtimestamp(timestamp, tz=UTC))


@app.task(name=feed_queueing.POLL, queue=feed_queueing.QUEUE)
def poll_feed(feed_id: int) -> None:
    """Poll a feed that is due; what fails by our own fault is tried again at the next tick."""
    feed_polling.poll_feed(feed_id)


@app.task(name=feed_queueing.TRY, queue=feed_queueing.QUEUE)
def try_feed(trial_id: int) -> None:
    """Try an address that an admin would like to have polled."""
    feed_trials.try_feed(trial_id)


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

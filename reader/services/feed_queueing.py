"""Putting the jobs of feeds into the queue, in the transaction of the change that asks for them.

By name, since the jobs call the services that ask for them.
"""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

POLL, TRY = "reader.poll_feed", "reader.try_feed"
QUEUE = "reader"


def queue_poll(feed_id: int) -> None:
    """Have a feed polled once the running transaction is committed.

    One waiting job is enough for a feed, and one worker at a time polls it.
    """
    job = app.configure_task(
        POLL, queue=QUEUE, lock=f"feed-{feed_id}", queueing_lock=f"{POLL}-{feed_id}"
    )
    try:
        with transaction.atomic():  # a refused job spoils the transaction that it is put in
            job.defer(feed_id=feed_id)
    except AlreadyEnqueued:
        return


def queue_trial(trial_id: int) -> None:
    """Have an address tried once the running transaction is committed."""
    app.configure_task(TRY, queue=QUEUE).defer(trial_id=trial_id)

"""Putting the jobs of an import into the queue, in the transaction of the change that needs them.

By name, since the jobs call the services that ask for them.
"""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

READ, STORE = "reader.read_batch", "reader.store_batch"
QUEUE = "reader"


def queue_reading(batch_id: int) -> None:
    """Have a batch's items read once the running transaction is committed."""
    _queue(READ, batch_id)


def queue_storing(batch_id: int) -> None:
    """Have a batch's confirmed items stored once the running transaction is committed."""
    _queue(STORE, batch_id)


def _queue(name: str, batch_id: int) -> None:
    """One waiting job of a kind is enough for a batch, and one worker at a time does its jobs."""
    job = app.configure_task(
        name, queue=QUEUE, lock=f"import-{batch_id}", queueing_lock=f"{name}-{batch_id}"
    )
    try:
        with transaction.atomic():  # a refused job spoils the transaction that it is put in
            job.defer(batch_id=batch_id)
    except AlreadyEnqueued:
        return  # the waiting job looks for items once it runs, so after this commit

"""Jobs of the upper app: they take ids and call services. Each may run twice."""

from contextlib import suppress

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from claims.services import comparing, draft_checks, drafts
from claims.services.time_limit import TookTooLong
from reader.services import reading_items, storing_items
from reader.services.queueing import READ, STORE

MAX_ATTEMPTS = 3
KEPT_HOURS = 24  # of jobs that succeeded; failed ones stay for a person to look at
COMPARE = "claims.compare_story"
CHECK = "claims.check_draft"
# an import goes on where it was, so a lost worker rarely says anything against the item at hand
_MOST = {READ: 12, STORE: 12}


@app.task(
    name=COMPARE,
    queue="claims",
    # a database that was away comes back; an error of the engine's own does not, and is shown
    retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=4),
)
def compare_story(story_id: int) -> None:
    """Compare a story's present texts and store what differs."""
    with suppress(TookTooLong):  # the story says so, and another attempt would take as long
        comparing.compare_story(story_id)
    for draft_id in drafts.stale_drafts(story_id):
        queue_draft_check(draft_id)


@app.task(
    name=CHECK,
    queue="claims",
    retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=4),
)
def check_draft(draft_id: int) -> None:
    """Read a person's draft if it is new, and hold it against its story as it is now."""
    draft_checks.check_draft(draft_id)


def queue_draft_check(draft_id: int) -> None:
    """Have a draft checked once the running transaction is committed; one waiting job is enough."""
    job = check_draft.configure(lock=f"draft-{draft_id}", queueing_lock=f"check-draft-{draft_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():  # a refused job spoils its transaction
        job.defer(draft_id=draft_id)


def queue_comparison(story_id: int) -> None:
    """Have the story compared once the running transaction is committed.

    The job row is saved or rolled back with the texts it is about. One waiting job per story is
    enough, and one story is compared by one worker at a time.
    """
    comparing.request_comparison(story_id)
    job = compare_story.configure(lock=f"story-{story_id}", queueing_lock=f"compare-{story_id}")
    try:
        with transaction.atomic():  # a refused job spoils the transaction that it is put in
            job.defer(story_id=story_id)
    except AlreadyEnqueued:
        return  # the waiting job reads the texts once it can lock the story, so after this commit


@app.periodic(cron="* * * * *")
@app.task(name="claims.tend_jobs", queue="claims", pass_context=True)
async def tend_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker died, give up one that killed several, forget those long done."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
    for job in await context.app.job_manager.get_stalled_jobs():
        if job.attempts + 1 >= _MOST.get(job.task_name, MAX_ATTEMPTS):
            await _give_up(context, job)
            continue
        try:
            await context.app.job_manager.retry_job(job)
        except ConnectorException:
            # a newer job of the same kind waits: it does the work once this one is out of the way
            await context.app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


async def _give_up(context: JobContext, job: Job) -> None:
    await context.app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    if job.task_name == COMPARE:
        story_id = int(str(job.task_kwargs["story_id"]))
        await sync_to_async(comparing.note_failure)(story_id, "WorkerLost")
    elif job.task_name == CHECK:
        draft_id = int(str(job.task_kwargs["draft_id"]))
        await sync_to_async(draft_checks.give_up_checking)(draft_id)
    elif job.task_name == READ:
        batch_id = int(str(job.task_kwargs["batch_id"]))
        await sync_to_async(reading_items.give_up_reading)(batch_id)
    elif job.task_name == STORE:
        batch_id = int(str(job.task_kwargs["batch_id"]))
        await sync_to_async(storing_items.give_up_storing)(batch_id)

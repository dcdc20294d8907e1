"""What the tests of mails do: the worker's part, and reading the link."""

import re
from collections.abc import Callable, Mapping

from django.core import mail
from django.core.mail import EmailMessage

from reader import tasks
from tests import jobs

JOBS: Mapping[str, Callable[..., object]] = {
    "reader.mail_invitation": tasks.mail_invitation,
    "reader.mail_new_password": tasks.mail_new_password,
}


def send_waiting() -> list[EmailMessage]:
    """Run the jobs that mail, as the worker would, and empty the queue; all mails so far."""
    for job in jobs.job_rows():
        if job["status"] == "todo" and job["task_name"] in JOBS:
            JOBS[job["task_name"]](**jobs.arguments(job))
    jobs.forget_all()
    return mail.outbox


def link_in(message: EmailMessage) -> str:
    """The path of the one link in a mail."""
    (found,) = re.findall(r"^https?://[^/\s]+(/\S+)$", str(message.body), re.MULTILINE)
    return str(found)

"""Jobs in tests: looking at the queue, and emptying it with the real worker."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app


def waiting() -> list[dict[str, Any]]:
    """The arguments of the jobs that wait, oldest first."""
    return [arguments(row) for row in job_rows() if row["status"] == "todo"]


def arguments(row: dict[str, Any]) -> dict[str, Any]:
    """What a job's task is called with."""
    found: dict[str, Any] = json.loads(row["args"])
    return found


def job_rows() -> list[dict[str, Any]]:
    """All jobs of the queue, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, task_name, args::text, status::text, lock, queueing_lock, attempts
               FROM procrastinate_jobs ORDER BY id"""
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def run_waiting() -> None:
    """Run all jobs that are due and return; needs a test with real transactions."""
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def forget_all() -> None:
    """Empty the queue's tables, which Django's flush does not know."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")

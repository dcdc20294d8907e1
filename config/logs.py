"""What of the log reaches the console."""

import logging


def is_telling(record: logging.LogRecord) -> bool:
    """Whether a record is worth a line: the job queue tells of every job at INFO.

    Failures that it will try again are among them: those stay.
    """
    is_routine = record.levelno <= logging.INFO and record.name.startswith("procrastinate")
    return bool(record.exc_info) or not is_routine


def shorten_refusal(record: logging.LogRecord) -> bool:
    """Take the traceback from a refused request; the line itself stays, so this is always true.

    Django logs the exception by which a view answers 403 or 404. That is an answer and no fault,
    and the address says enough.
    """
    if record.name == "django.request" and record.levelno < logging.ERROR:
        record.exc_info = record.exc_text = None
    return True

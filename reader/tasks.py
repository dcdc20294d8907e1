"""Jobs of the lower app: they call services and may run twice."""

from datetime import UTC, datetime

from django.core.management import call_command
from procrastinate.contrib.django import app

from reader.services.previews import empty_expired


@app.periodic(cron="17 * * * *")
@app.task(name="reader.empty_expired_imports", queue="reader")
def empty_expired_imports(timestamp: int) -> None:
    """Empty the imports that nobody confirmed within a day."""
    empty_expired(datetime.fromtimestamp(timestamp, tz=UTC))


@app.periodic(cron="47 3 * * *")
@app.task(name="reader.clear_expired_sessions", queue="reader")
def clear_expired_sessions(timestamp: int) -> None:
    """Delete the sign-ins that have run out; their rows would stay for ever."""
    call_command("clearsessions")

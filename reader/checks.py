"""What the deployment check says about our own settings."""

from typing import Any

from django.conf import settings
from django.core import checks

INTERNET = "reader.ingest.fetch.INTERNET"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@checks.register(checks.Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Mails hold links by which people get in; printed, they stay in a log."""
    if settings.EMAIL_BACKEND != CONSOLE:
        return []
    said = "No mail server is named, so the worker prints mails and the links in them."
    return [checks.Warning(said, hint="Set PARALLAX_SMTP_HOST.", id="parallax.W001")]


@checks.register(checks.Tags.security, deploy=True)
def check_net(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Another net than the internet may lead fetches anywhere: it is for tests."""
    if settings.FETCH_NET == INTERNET:
        return []
    said = f"Pages are fetched through {settings.FETCH_NET}, not through the guarded internet."
    return [checks.Error(said, hint="Leave FETCH_NET as it comes.", id="parallax.E001")]

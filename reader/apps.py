"""The app that holds the sources: desks, stories, articles and who did what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReaderConfig(AppConfig):
    """Sources, stories, articles, versions, desks and the audit trail."""

    name = "reader"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have our checks known, and this app's entries of the audit trail read as sentences."""
        from reader import checks, trail, trail_words  # noqa: F401 - models must be loaded first

        trail.describe_with("reader", trail_words.ReaderTrail())

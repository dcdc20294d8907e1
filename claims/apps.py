"""The app that holds what the sources say, and how it differs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims, points, discrepancies and decisions."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect to the signals by which the lower app tells of new text."""
        from claims import receivers  # noqa: F401 - models must be loaded first

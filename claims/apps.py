"""The app that holds what the sources say, and how it differs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims, points, discrepancies and decisions."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect to the lower app: hear of new text, describe entries of the audit trail."""
        from claims import receivers, story_words, trail  # noqa: F401 - models must be loaded first
        from reader.suggesting import learn_from
        from reader.trail import describe_with

        describe_with("claims", trail.ClaimsTrail())
        learn_from("points", story_words.point_labels)

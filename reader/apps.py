"""The app that holds the sources: desks, stories, articles and who did what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReaderConfig(AppConfig):
    """Sources, stories, articles, versions, desks and the audit trail."""

    name = "reader"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

"""The form in an import's list that says the same of all reports that are chosen."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.forms import StrictFactsForm
from reader.ingest.times import Published
from reader.models import Desk
from reader.services.setting_facts import SomeFacts

_NAMES = ("source", "published_on", "published_time", "zone")


class ChosenFactsForm(StrictFactsForm):
    """Source and published time of several reports; what is left empty stays as it is."""

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desk = desk
        for name in ("title", "byline"):  # each report has its own
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and a time that nobody can have read yet."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if not any(data[name] for name in _NAMES):
            self.add_error(None, _("Type what is to be set: a source, a day or a time zone."))
        elif self._is_ahead():
            self.add_error("published_on", _("This is in the future."))
        return data

    def facts(self) -> SomeFacts:
        """What is to be set; the form is valid."""
        data = self.cleaned_data
        return SomeFacts(source=data["source"], published=self._published(), zone=data["zone"])

    def _published(self) -> Published | None:
        day, at = self.cleaned_data["published_on"], self.cleaned_data["published_time"]
        if not day:
            return None
        return Published(
            local=datetime.combine(day, at or time()), precision="minute" if at else "day"
        )

    def _is_ahead(self) -> bool:
        published = self._published()
        zone = self.cleaned_data["zone"] or self._desk.zone
        return published is not None and published.is_ahead(timezone.now(), zone)

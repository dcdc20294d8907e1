"""The forms of the import pages: little has to be given at first, all of it before it is stored."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.import_words import refusal_words
from reader.ingest.clean import MAX_INPUT
from reader.ingest.files import MAX_BYLINE, MAX_SOURCE, MAX_TITLE
from reader.ingest.times import YEARS, Published, zones
from reader.models import Article, Story
from reader.services.imports import Facts
from reader.text import clean_line, clean_text

TOO_LARGE = "too_large"
_ZONE_LENGTH = 64


class LineField(forms.CharField):
    """One line of clean text."""

    def to_python(self, value: Any) -> str:
        """Clean what was typed, before anything judges it."""
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """A long clean text."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Clean what was pasted; 2 MB is counted after that."""
        return clean_text(super().to_python(value) or "")


class FactsForm(forms.Form):
    """What is known about a report; nothing of it is required yet."""

    source = LineField(label=_("Source"), max_length=MAX_SOURCE, required=False)
    title = LineField(label=_("Title"), max_length=MAX_TITLE, required=False)
    byline = LineField(label=_("Byline"), max_length=MAX_BYLINE, required=False)
    published_on = forms.CharField(label=_("Published on"), max_length=40, required=False)
    published_time = forms.CharField(
        label=_("At"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty if only the day is known."),
    )
    zone = LineField(label=_("Time zone"), max_length=_ZONE_LENGTH, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs.update(list="sources", autocomplete="off")
        self.fields["zone"].widget.attrs.update(list="zones", autocomplete="off")
        self.fields["published_on"].widget.input_type = "date"
        self.fields["published_time"].widget.input_type = "time"


class RenewalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The article that a report renews."""

    def label_from_instance(self, obj: Article) -> str:
        """Name the article by source and title."""
        names = {"source": obj.source.name, "title": obj.title}
        return str(_("A new version of: %(source)s, %(title)s") % names)


class MendForm(forms.Form):
    """A text typed or pasted in place of what could not be read; its facts are asked for then."""

    text = TextField(label=_("The report's text"), error_messages={"required": _("Type the text.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_text(self) -> str:
        """Refuse more than a text may have."""
        text: str = self.cleaned_data["text"]
        if len(text.encode()) > MAX_INPUT:
            raise forms.ValidationError(refusal_words("too_large"), TOO_LARGE)
        return text

    @property
    def is_too_large(self) -> bool:
        """Whether the text is above what is taken, which answers 413."""
        return self.has_error("text", TOO_LARGE)


class StrictFactsForm(FactsForm):
    """The same, judged: what is given can be stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published_on"] = _like(self.fields["published_on"], forms.DateField)
        self.fields["published_time"] = _like(self.fields["published_time"], forms.TimeField)

    def clean_zone(self) -> str:
        """Refuse a name that is no time zone."""
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in zones():
            raise forms.ValidationError(_("This is no time zone; use a name like Europe/Berlin."))
        return zone

    def clean_published_on(self) -> date | None:
        """Refuse years that no report has."""
        day: date | None = self.cleaned_data["published_on"]
        if day and day.year not in YEARS:
            raise forms.ValidationError(_("This is no year of a report."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse hours without a day: nothing could be made of them."""
        cleaned = super().clean() or self.cleaned_data
        lacks_day = not cleaned.get("published_on") and "published_on" not in self.errors
        if cleaned.get("published_time") and lacks_day:
            self.add_error("published_on", _("Give the day too."))
        return cleaned

    def said(self) -> dict[str, str]:
        """What was typed of all reports at once, as text; the form is valid."""
        data = self.cleaned_data
        at: time | None = data["published_time"]
        given = {
            "source": data["source"],
            "published_on": str(data["published_on"] or ""),
            "published_time": f"{at:%H:%M}" if at else "",
            "zone": data["zone"],
        }
        return {name: value for name, value in given.items() if value}


class ConfirmForm(StrictFactsForm):
    """The same, complete, and whether the report renews another."""

    renews = RenewalField(
        label=_("This is"),
        queryset=Article.objects.none(),
        required=False,
        empty_label=_("A new report"),
    )

    def __init__(self, *args: Any, story: Story | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "title", "published_on", "zone"):
            self.fields[name].required = True
        renews = self.fields["renews"]
        assert isinstance(renews, forms.ModelChoiceField)
        if story is not None:
            renews.queryset = story.articles.select_related("source")

    def clean(self) -> dict[str, Any]:
        """Refuse a time that nobody can have read yet: it is a slip of the keyboard."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.facts().published.is_ahead(timezone.now(), cleaned["zone"]):
            self.add_error("published_on", _("This is in the future."))
        return cleaned

    def facts(self) -> Facts:
        """What is to be stored; the form is valid."""
        data = self.cleaned_data
        at: time | None = data["published_time"]
        published = Published(
            local=datetime.combine(data["published_on"], at or time()),
            precision="minute" if at else "day",
            zone=ZoneInfo(data["zone"]),
        )
        return Facts(
            source=data["source"],
            title=data["title"],
            byline=data["byline"],
            published=published,
        )


def _like(field: forms.Field, kind: type[forms.DateField] | type[forms.TimeField]) -> forms.Field:
    """A field of another kind that looks the same."""
    return kind(
        label=field.label,
        help_text=field.help_text,
        required=field.required,
        widget=field.widget,
    )

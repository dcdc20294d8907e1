"""The forms of the import pages: lenient about what comes first, strict before it is stored."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.import_words import refusal_words
from reader.ingest.clean import MAX_INPUT
from reader.ingest.files import MAX_BYLINE, MAX_SOURCE, MAX_TITLE, TYPES, FileType
from reader.ingest.times import YEARS, Published, zones
from reader.models import Article, Desk, Story
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


class ImportForm(FactsForm):
    """A pasted text or a file, and the story that it goes into."""

    story = forms.ModelChoiceField(
        label=_("Story"),
        queryset=Story.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("A new story"),
    )
    new_story = LineField(label=_("Or the title of a new story"), max_length=300, required=False)
    desk = forms.ModelChoiceField(
        label=_("Desk of the new story"),
        queryset=Desk.objects.none(),
        empty_label=None,
        required=False,
    )
    text = TextField(label=_("Pasted text"), required=False)
    text_type = forms.ChoiceField(
        label=_("The pasted text is"),
        choices=[("text", _("Plain text")), ("html", _("HTML"))],
        initial="text",
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_(".txt, .md or .html, at most 2 MB"),
    )

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desks = desks
        story, desk = self.fields["story"], self.fields["desk"]
        assert isinstance(story, forms.ModelChoiceField)
        assert isinstance(desk, forms.ModelChoiceField)
        story.queryset = Story.objects.filter(desk__in=desks).select_related("desk")
        desk.queryset = Desk.objects.filter(pk__in=[desk.pk for desk in desks])
        self.fields["file"].widget.attrs["accept"] = ",".join(TYPES)
        self.fields["text"].strip = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a story, and for one text: a file goes before what was pasted."""
        data = super().clean() or self.cleaned_data
        if not data.get("story") and not data.get("new_story") and "story" not in self.errors:
            self.add_error("new_story", _("Choose a story, or give a new one a title."))
        data["desk"] = data.get("desk") or self._desks[0]
        file: File[bytes] | None = data.get("file")
        if file is not None:
            self._check_file(file)
        elif not data.get("text", "").strip():
            self.add_error("text", _("Paste a text or choose a file."))
        elif len(data["text"].encode()) > MAX_INPUT:
            self.add_error("text", forms.ValidationError(refusal_words("too_large"), TOO_LARGE))
        return data

    def _check_file(self, file: "File[bytes]") -> None:
        if (file.size or 0) > MAX_INPUT:
            self.add_error("file", forms.ValidationError(refusal_words("too_large"), TOO_LARGE))
        elif self._kind_of(file) is None:
            self.add_error("file", refusal_words("unsupported"))

    @staticmethod
    def _kind_of(file: "File[bytes]") -> FileType | None:
        return TYPES.get(Path(file.name or "").suffix.lower())

    @property
    def is_too_large(self) -> bool:
        """Whether the text or the file is above what is taken, which answers 413."""
        return any(self.has_error(name, TOO_LARGE) for name in ("text", "file"))

    def content(self) -> tuple[bytes, FileType, str]:
        """The bytes, what they are, and the file's name (empty for a paste)."""
        file: File[bytes] | None = self.cleaned_data.get("file")
        if file is None:
            kind: FileType = "html" if self.cleaned_data["text_type"] == "html" else "text"
            return self.cleaned_data["text"].encode(), kind, ""
        return file.read(), self._kind_of(file) or "text", clean_line(file.name or "")[:200]

    def typed_facts(self) -> dict[str, str]:
        """What was typed about the report, to be judged on the preview."""
        names = FactsForm.base_fields
        return {name: clean_line(str(self.data.get(name, "")))[:MAX_TITLE] for name in names}


class RenewalField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The article that a report renews."""

    def label_from_instance(self, obj: Article) -> str:
        """Name the article by source and title."""
        names = {"source": obj.source.name, "title": obj.title}
        return str(_("A new version of: %(source)s, %(title)s") % names)


class ConfirmForm(FactsForm):
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
        self.fields["published_on"] = _like(self.fields["published_on"], forms.DateField)
        self.fields["published_time"] = _like(self.fields["published_time"], forms.TimeField)
        renews = self.fields["renews"]
        assert isinstance(renews, forms.ModelChoiceField)
        if story is not None:
            renews.queryset = story.articles.select_related("source")

    def clean_zone(self) -> str:
        """Refuse a name that is no time zone."""
        zone: str = self.cleaned_data["zone"]
        if zone not in zones():
            raise forms.ValidationError(_("This is no time zone; use a name like Europe/Berlin."))
        return zone

    def clean_published_on(self) -> date:
        """Refuse years that no report has."""
        day: date = self.cleaned_data["published_on"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("This is no year of a report."))
        return day

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

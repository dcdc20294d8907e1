"""The form that begins an import: one story, one way in, and what is known of all its reports."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from reader.forms import TOO_LARGE, LineField, StrictFactsForm, TextField
from reader.import_item_words import size_words
from reader.import_limits import (
    MAX_ADDRESSES,
    MAX_FILES,
    file_types,
    is_table,
    kind_of_name,
    limits,
    table_types,
)
from reader.import_words import refusal_words
from reader.ingest.clean import MAX_INPUT
from reader.models import Desk, ImportBatch, Story
from reader.services.batches import Thing
from reader.text import clean_line

_NAMED = 5  # of the files that cannot be taken, so many are named


class FilesInput(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Any, files: "MultiValueDict[str, UploadedFile[bytes]]", name: str
    ) -> Any:
        """All the files; a test or a script may send a plain mapping."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files; an empty one among them is refused when it is read, with its own reason."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class StoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The story that reports go into; a closed one keeps them and is not compared."""

    def label_from_instance(self, obj: Story) -> str:
        """Name the story, and say where it is closed."""
        if obj.status == Story.Status.CLOSED:
            return str(_("%(story)s (closed: kept, not compared)") % {"story": obj.title})
        return obj.title


class ImportForm(StrictFactsForm):
    """One way in, the story that it goes into, and facts that hold for all of its reports.

    Only the chosen way is looked at. Nothing is parsed here: what came in is kept, and read by the
    worker.
    """

    way = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("paste", _("Paste")),
            ("files", _("Files")),
            ("addresses", _("Addresses")),
            ("table", _("Table")),
        ],
        widget=forms.RadioSelect,
        initial="paste",
        error_messages={"required": _("Choose how the reports come in.")},
    )
    text = TextField(label=_("Text"), required=False)
    text_type = forms.ChoiceField(
        label=_("The text is"),
        choices=[("text", _("Plain text")), ("html", _("HTML source"))],
        initial="text",
        required=False,
    )
    # set by the script that shows pasted headings and links: the text is then markup
    formatted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4)
    uploads = FilesField(label=_("Choose files"), required=False, allow_empty_file=True)
    addresses = TextField(label=_("Addresses, one a line"), required=False)
    table = forms.FileField(label=_("Choose a table"), required=False, allow_empty_file=True)
    story = StoryField(
        label=_("Story"),
        queryset=Story.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("A new story"),
    )
    new_story = LineField(label=_("Title of the new story"), max_length=300, required=False)
    desk = forms.ModelChoiceField(
        label=_("Desk of the new story"),
        queryset=Desk.objects.none(),
        empty_label=None,
        required=False,
    )

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desks = desks
        story, desk = self.fields["story"], self.fields["desk"]
        assert isinstance(story, forms.ModelChoiceField)
        assert isinstance(desk, forms.ModelChoiceField)
        story.queryset = Story.objects.filter(desk__in=desks).select_related("desk")
        desk.queryset = Desk.objects.filter(pk__in=[desk.pk for desk in desks])
        for name in ("title", "byline"):  # each report has its own
            del self.fields[name]
        self.fields["uploads"].widget.attrs["accept"] = ",".join(file_types())
        self.fields["table"].widget.attrs["accept"] = ",".join(table_types())
        for name in ("uploads", "table"):
            self.fields[name].widget.attrs["data-limits"] = json.dumps(limits())
        self.fields["text"].strip = False  # type: ignore[attr-defined]
        self.fields["addresses"].widget.attrs.update(
            rows=6, spellcheck="false", autocapitalize="off"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a story, and for something in the chosen way."""
        data = super().clean() or self.cleaned_data
        if not data.get("story") and not data.get("new_story") and "story" not in self.errors:
            self.add_error("new_story", _("Choose a story, or give a new one a title."))
        data["desk"] = data.get("desk") or self._desks[0]
        look = {
            "paste": self._check_text,
            "files": self._check_files,
            "addresses": self._check_addresses,
            "table": self._check_table,
        }.get(data.get("way", ""))
        if look:
            look(data)
        return data

    def _check_text(self, data: dict[str, Any]) -> None:
        text = data.get("text", "")
        if not text.strip():
            self.add_error("text", _("Paste a text."))
        elif len(text.encode()) > MAX_INPUT:
            self.add_error("text", forms.ValidationError(refusal_words("too_large"), TOO_LARGE))

    def _check_files(self, data: dict[str, Any]) -> None:
        files: list[File[bytes]] = data.get("uploads") or []
        if not files:
            self.add_error("uploads", _("Choose one or more files."))
        elif len(files) > MAX_FILES:
            said = _(
                "These are %(number)d files, and %(most)d are taken at once. Put them in a .zip."
            )
            self.add_error("uploads", said % {"number": len(files), "most": MAX_FILES})
        elif len(files) > 1 and (tables := [file for file in files if is_table(_name(file))]):
            said = _("A table is imported by itself: leave out %(names)s, and choose Table for it.")
            self.add_error("uploads", said % {"names": _names(tables)})
        else:
            self._check_each("uploads", files)

    def _check_table(self, data: dict[str, Any]) -> None:
        table: File[bytes] | None = data.get("table")
        if table is None:
            self.add_error("table", _("Choose a table."))
        elif not is_table(_name(table)):
            said = _("%(name)s is no table. Take a file that ends in %(types)s.")
            types = ", ".join(table_types())
            self.add_error("table", said % {"name": _names([table]), "types": types})
        else:
            self._check_each("table", [table])

    def _check_each(self, field: str, files: "Sequence[File[bytes]]") -> None:
        """Refuse what no reader takes, by name: to choose again is all that can be done."""
        unknown = [file for file in files if _limit(file) is None]
        large = [file for file in files if (file.size or 0) > (_limit(file) or 0)]
        if unknown:
            said = _("No reader for %(names)s. Leave these out, or save them as one of %(types)s.")
            types = ", ".join(file_types())
            self.add_error(field, said % {"names": _names(unknown), "types": types})
        elif large:
            said = _("Too large: %(names)s. Leave these out, or keep only the articles' own text.")
            error = said % {"names": _names(large, sizes=True)}
            self.add_error(field, forms.ValidationError(error, TOO_LARGE))

    def _check_addresses(self, data: dict[str, Any]) -> None:
        lines = lines_of(data.get("addresses", ""))
        wrong = [line for line in lines if not line.lower().startswith(("http://", "https://"))]
        if not lines:
            self.add_error("addresses", _("Give one address a line."))
        elif wrong:
            said = _("%(line)s is no full address: it must begin with http:// or https://.")
            self.add_error("addresses", said % {"line": wrong[0][:80]})
        elif len(lines) > MAX_ADDRESSES:
            said = _("These are %(number)d addresses, and %(most)d are taken at once.")
            self.add_error("addresses", said % {"number": len(lines), "most": MAX_ADDRESSES})

    @property
    def is_too_large(self) -> bool:
        """Whether something is above what is taken, which answers 413."""
        return any(self.has_error(name, TOO_LARGE) for name in ("text", "uploads", "table"))

    @property
    def how(self) -> ImportBatch.How:
        """The way in; a table that was given as a file is a table."""
        way = self.cleaned_data["way"]
        if way == "files" and is_table(_name(self.cleaned_data["uploads"][0])):
            return ImportBatch.How.TABLE
        return {
            "paste": ImportBatch.How.PASTE,
            "files": ImportBatch.How.UPLOAD,
            "addresses": ImportBatch.How.ADDRESS,
        }.get(way, ImportBatch.How.TABLE)

    def things(self) -> list[Thing]:
        """What was given in the chosen way; the form is valid."""
        data = self.cleaned_data
        way = data["way"]
        if way == "paste":
            is_html = data["formatted"] or data["text_type"] == "html"
            return [Thing(content=data["text"].encode(), kind="html" if is_html else "text")]
        if way == "addresses":
            lines = dict.fromkeys(lines_of(data["addresses"]))
            return [Thing(name=line, address=line) for line in lines]
        files: list[File[bytes]] = [data["table"]] if way == "table" else data["uploads"]
        return [
            Thing(name=_name(file), content=file.read(), kind=kind_of_name(_name(file)))
            for file in files
        ]


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _limit(file: "File[bytes]") -> int | None:
    return limits().get(Path(file.name or "").suffix.lower())


def _name(file: "File[bytes]") -> str:
    return clean_line(file.name or "")[:200]


def _names(files: "Iterable[File[bytes]]", *, sizes: bool = False) -> str:
    """The names of the first few files, with their sizes where these are the matter."""
    listed = list(files)
    names = [_name(file) + (f" ({size_words(file.size or 0)})" if sizes else "") for file in listed]
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")

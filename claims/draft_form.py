"""The form for a draft: pasted, sent as a file, or edited as plain text. Nothing is parsed here."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reader.forms import TOO_LARGE, TextField
from reader.import_words import refusal_words
from reader.ingest.clean import MAX_INPUT
from reader.ingest.kinds import TYPES, max_bytes

# What a desk writes in; a mail is a report's way in, and no draft.
SUFFIXES = {suffix: kind for suffix, kind in TYPES.items() if kind != "mail"}


class DraftForm(forms.Form):
    """A text or a file, whichever was given; a file goes before."""

    text = TextField(label=_("Your draft"), required=False)
    # set by the script that shows pasted headings and links: the text is then markup
    formatted = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4)
    upload = forms.FileField(label=_("Or choose a file"), required=False, allow_empty_file=True)
    row_version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    overtaken = False  # the draft was changed since the form was opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["text"].strip = False  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs.update(rows=12, dir="auto", spellcheck="true")
        self.fields["upload"].widget.attrs["accept"] = ",".join(SUFFIXES)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, of a type and size that can be read."""
        data = super().clean() or self.cleaned_data
        file: UploadedFile[bytes] | None = data.get("upload")
        text = data.get("text", "")
        if file is not None:
            self._check_file(file)
        elif not text.strip() and "text" not in self.errors:
            self.add_error("text", _("Paste a text, or choose a file."))
        elif len(text.encode()) > MAX_INPUT:
            self.add_error("text", forms.ValidationError(refusal_words("too_large"), TOO_LARGE))
        return data

    def _check_file(self, file: "UploadedFile[bytes]") -> None:
        kind = SUFFIXES.get(Path(file.name or "").suffix.lower())
        if kind is None:
            said = _("This cannot be read as a draft. Take a file that ends in %(types)s.")
            self.add_error("upload", said % {"types": ", ".join(SUFFIXES)})
        elif (file.size or 0) > max_bytes(kind):
            self.add_error("upload", forms.ValidationError(refusal_words("too_large"), TOO_LARGE))
        elif not file.size:
            self.add_error("upload", refusal_words("empty"))

    @property
    def is_too_large(self) -> bool:
        """Whether something is above what is taken, which answers 413."""
        return any(self.has_error(name, TOO_LARGE) for name in ("text", "upload"))

    def given(self) -> tuple[bytes, str]:
        """What was given, and what it is to be read as; the form is valid."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("upload")
        if file is not None:
            return file.read(), SUFFIXES[Path(file.name or "").suffix.lower()]
        kind = "html" if self.cleaned_data.get("formatted") else "text"
        return self.cleaned_data["text"].encode(), kind

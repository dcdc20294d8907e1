"""The page on which a person says which column of a table holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.forms import StrictFactsForm
from reader.ingest.tables import FIELDS
from reader.services.columns import WaitingTable

_LABELS = {
    "source": _("Source"),
    "title": _("Title"),
    "byline": _("Byline"),
    "published": _("Published"),
    "time": _("Time of day, if it stands apart"),
    "text": _("Text"),
    "html": _("Text as HTML"),
    "address": _("Address"),
    "language": _("Language"),
}
_NO_DAY = _("A time of day needs its day: say which column holds when they were published.")
_SAMPLES = 3
_SAMPLE = 160  # characters of a cell that are shown


class ColumnsForm(StrictFactsForm):
    """One choice for each column, and facts for the rows where no column holds them."""

    def __init__(self, *args: Any, table: WaitingTable, **kwargs: Any) -> None:
        self.table = table
        super().__init__(*args, **kwargs)
        for name in ("title", "byline"):  # each row has its own
            del self.fields[name]
        held = {head: name for name, head in table.mapping.items()}
        choices = [("", _("Not used")), *_LABELS.items()]
        for number, head in enumerate(table.heads):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=head or _("Column %(number)d") % {"number": number + 1},
                choices=choices,
                required=False,
                initial=held.get(head, ""),
            )

    def clean(self) -> dict[str, Any]:
        """A column for the text must be named, and none of the facts may come from two columns."""
        data = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for number, head in enumerate(self.table.heads):
            name = data.get(f"column_{number}")
            if name and name in seen:
                said = _("%(field)s is taken from %(head)s already.")
                names = {"field": _LABELS[name], "head": seen[name]}
                self.add_error(f"column_{number}", said % names)
            elif name:
                seen[name] = head
        if not self.errors and not seen.keys() & {"text", "html"}:
            self.add_error(None, _("Say which column holds the text of the reports."))
        if not self.errors and "time" in seen and "published" not in seen:
            self.add_error(None, _NO_DAY)
        return data

    def mapping(self) -> dict[str, str]:
        """The head of the column for each field that has one; the form is valid."""
        chosen = {
            self.cleaned_data[f"column_{number}"]: head
            for number, head in enumerate(self.table.heads)
        }
        return {name: chosen[name] for name in FIELDS if chosen.get(name)}

    def refuse(self, reason: str) -> None:
        """Say why the service would not take the choice."""
        said = {
            "no_text": _("Say which column holds the text of the reports."),
            "no_day": _NO_DAY,
            "twice": _("Each column can hold one thing only."),
        }.get(reason, _("The table has no such column. Load the page again."))
        self.add_error(None, said)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its name, a few of its values, and what it is said to hold."""

    head: str
    samples: Sequence[str]
    field: forms.BoundField


def build_columns(table: WaitingTable, form: ColumnsForm) -> list[Column]:
    """The table's columns with the values of its first rows."""
    return [
        Column(
            head=head or str(form.fields[f"column_{number}"].label),
            samples=_samples(table.rows, head),
            field=form[f"column_{number}"],
        )
        for number, head in enumerate(table.heads)
    ]


def _samples(rows: Sequence[Mapping[str, str]], head: str) -> list[str]:
    """The first few values that say something."""
    values = [str(row.get(head) or "").strip() for row in rows]
    said = [value for value in values if value][:_SAMPLES]
    return [value[:_SAMPLE] + ("…" if len(value) > _SAMPLE else "") for value in said]

"""The form for a claim: its quote, its reading field by field, and its point."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims import reading_form, words
from claims.models import Point
from claims.services.annotating import Target
from claims.services.moving import Place
from claims.services.readings_checked import FIRST_DAY, LAST_DAY
from claims.stored_reading import Json
from reader.forms import LineField

NONE, NEW, OTHER = "none", "new", "other"
MODIFIERS = [
    ("exact", _("exactly")),
    ("about", _("about")),
    ("nearly", _("nearly")),
    ("at_least", _("at least")),
    ("more_than", _("more than")),
    ("up_to", _("up to")),
    ("less_than", _("less than")),
    ("between", _("between")),
    ("vague", _("vaguely")),
]
ROLES = [
    ("total", _("a total")),
    ("addition", _("an addition")),
    ("part", _("a part")),
    ("ratio", _("a ratio")),
]
KINDS = [
    ("", _("not said")),
    ("outlet", _("outlet")),
    ("agency", _("agency")),
    ("institution", _("institution")),
    ("person", _("person")),
    ("document", _("document")),
    ("anonymous", _("unnamed")),
    ("unknown", _("unknown")),
]
LONGEST = 120  # characters of a name, as the search columns hold them


class NumberField(forms.CharField):
    """A number as people write it: "12,000", "1.5"."""

    def to_python(self, value: Any) -> Any:
        """The number; None for nothing. Refuses what is none, and what no report would say."""
        text = str(value or "").replace(",", "").replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        plain = text.removeprefix("-").removeprefix("\u2212")
        if not plain.replace(".", "", 1).isascii() or not plain.replace(".", "", 1).isdigit():
            raise forms.ValidationError(_("Write a number in digits, such as 12,000."))
        if len(plain) > 30:
            raise forms.ValidationError(_("That number is too long."))
        number = Decimal(plain)
        return -number if plain != text else number

    def prepare_value(self, value: Any) -> Any:
        """The number with its thousands parted."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class DayField(forms.DateField):
    """A calendar day of the years that reports speak of, by the browser's own picker."""

    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()},
    )
    input_formats = ("%Y-%m-%d",)

    def to_python(self, value: Any) -> Any:
        """The day; None for nothing. Refuses years that no report means."""
        day = super().to_python(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
            raise forms.ValidationError(_("Give a year from %(first)s to %(last)s.") % years)
        return day


class ClaimForm(forms.Form):
    """A claim as a fact-checker sees it.

    `points` are those of the story, nearest first; the reading's inputs show `seen`. The form is
    sent whole, and `changed` gives what differs from `seen`.
    """

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    exact = forms.CharField(strip=False, widget=forms.HiddenInput)
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    quote = forms.CharField(label=_("Other words of the report"), required=False)
    modifier = forms.ChoiceField(label=_("How exact"), choices=MODIFIERS, required=False)
    figure = NumberField(label=_("Figure"), required=False)
    figure_to = NumberField(label=_("To, for a range"), required=False)
    unit = LineField(label=_("Of what"), max_length=LONGEST, required=False)
    whose = LineField(label=_("Whose"), max_length=LONGEST, required=False)
    role = forms.ChoiceField(label=_("The figure is"), choices=ROLES, required=False)
    speaker = LineField(label=_("Speaker"), max_length=LONGEST, required=False)
    speaker_kind = forms.ChoiceField(label=_("Kind of speaker"), choices=KINDS, required=False)
    certainty = forms.ChoiceField(label=_("Certainty"), choices=list(words.CERTAINTIES.items()))
    as_of_from = DayField(label=_("Holds from"), required=False)
    as_of_to = DayField(label=_("Holds until"), required=False)
    date_from = DayField(label=_("Date from"), required=False)
    date_to = DayField(label=_("Date until"), required=False)
    actor = LineField(label=_("Who answers"), max_length=LONGEST, required=False)
    act = forms.ChoiceField(
        label=_("The answer"), choices=[("", _("none")), *words.ACTS.items()], required=False
    )
    location = LineField(label=_("Place"), max_length=LONGEST, required=False)
    home = forms.CharField(label=_("Point of comparison"), required=False)
    other_point = forms.CharField(label=_("Another point"), required=False)
    new_label = LineField(label=_("The new point's question"), max_length=300, required=False)

    def __init__(
        self, *args: Any, seen: Json, points: Sequence[Point], at: int | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("auto_id", "claim-%s")
        own = {"home": str(at or NONE), **(kwargs.get("initial") or {})}
        kwargs["initial"] = {**reading_form.shown(seen), **own}
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.points = points
        for name, field in self.fields.items():
            if name in reading_form.INPUTS:
                field.widget.attrs["autocomplete"] = "off"
        self.fields["figure"].widget.attrs["inputmode"] = "decimal"
        self.fields["figure_to"].widget.attrs["inputmode"] = "decimal"

    def clean(self) -> dict[str, Any]:
        """Check what no single field can know: order, pairs, the point's choice."""
        data = super().clean() or self.cleaned_data
        data["modifier"] = data.get("modifier") or "exact"
        data["role"] = data.get("role") or "total"
        low, high = data.get("figure"), data.get("figure_to")
        if low is not None and high is not None and high < low:
            self.add_error("figure_to", _("The end of the range is below its beginning."))
        if low is None and high is None and data["modifier"] not in ("exact", "vague"):
            self._ask_figure(data)
        for first, last in (("as_of_from", "as_of_to"), ("date_from", "date_to")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("This day is before the first one."))
        if bool(data.get("actor")) != bool(data.get("act")):
            missing = "act" if data.get("actor") else "actor"
            self.add_error(missing, _("An answer needs both: who answers, and what."))
        self._check_home(data)
        return data

    def _ask_figure(self, data: dict[str, Any]) -> None:
        if "figure" not in self.errors and data["modifier"] != self.initial["modifier"]:
            self.add_error("figure", _("Give the figure that this belongs to."))

    def _check_home(self, data: dict[str, Any]) -> None:
        home = data.get("home") or NONE
        chosen = data.get("other_point", "") if home == OTHER else home
        data["place"] = None
        if home == NEW:
            data["place"] = data.get("new_label") or None
            if not data["place"] and "new_label" not in self.errors:
                self.add_error(
                    "new_label", _("Ask in a few words what the reports are compared on.")
                )
        elif home != NONE:
            known = {str(point.pk): point.pk for point in self.points}
            if chosen not in known:
                self.add_error("other_point" if home == OTHER else "home", _("Choose a point."))
            data["place"] = known.get(chosen)

    @property
    def target(self) -> Target:
        """What the claim points at; of a valid form."""
        data = self.cleaned_data
        return Target(start=data["start"], end=data["end"], exact=data["exact"])

    @property
    def place(self) -> Place:
        """A point's id, a new point's question, or None; of a valid form."""
        found: Place = self.cleaned_data["place"]
        return found

    def changed(self) -> Json:
        """The fields of the reading that the person gave another value; of a valid form."""
        data = self.cleaned_data
        return reading_form.changed(self.seen, data, start=data["start"], end=data["end"])

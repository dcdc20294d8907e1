"""The form for a claim: its quote, its reading field by field, and its point."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from claims import reading_form, words
from claims.models import Point
from claims.services.moving import Place
from claims.services.quoting import Target
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
SPEAKER_LINE = 26  # letters in a line of the field: a name with its office is shown whole


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
    sent whole, with what it showed: `changed` gives what differs from that, also where a comparison
    has renewed the reading meanwhile. The same holds for the point that the claim was `at`. The
    field `reading` is the point that was chosen on the page: offered first, never taken unasked.
    """

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    exact = forms.CharField(strip=False, widget=forms.HiddenInput)
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    was_home = forms.CharField(required=False, widget=forms.HiddenInput)
    reading = forms.CharField(required=False, widget=forms.HiddenInput)

    quote = forms.CharField(label=_("Other words of the report"), required=False)
    modifier = forms.ChoiceField(label=_("How exact"), choices=MODIFIERS, required=False)
    figure = NumberField(label=_("Figure"), required=False)
    figure_to = NumberField(label=_("To, for a range"), required=False)
    unit = LineField(label=_("Of what"), max_length=LONGEST, required=False)
    whose = LineField(label=_("Whose"), max_length=LONGEST, required=False)
    role = forms.ChoiceField(label=_("The figure is"), choices=ROLES, required=False)
    speaker = LineField(
        label=_("Speaker"), max_length=LONGEST, required=False, widget=forms.Textarea
    )
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
        kwargs["initial"] = {**reading_form.shown(seen), "was_home": str(at or NONE), **own}
        super().__init__(*args, **kwargs)
        self.initial["shown"] = json.dumps(self._as_written(self.initial))
        self.seen = seen
        self.points = points
        self.at = at
        for name, field in self.fields.items():
            if name in reading_form.INPUTS:
                field.widget.attrs["autocomplete"] = "off"
        lines = 1 + len(self.initial["speaker"] or "") // SPEAKER_LINE
        self.fields["speaker"].widget.attrs["rows"] = lines
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
        """Ask for the number of a word that takes one; figures without any are the engine's own."""
        names = ("modifier", "figure", "figure_to")
        untouched = all(data.get(name) == self.initial[name] for name in names)
        reworded = data["modifier"] != self.initial["modifier"]
        belongs = bool(data.get("unit")) or reworded
        if belongs and not untouched and not {"figure", "figure_to"} & set(self.errors):
            self.add_error("figure", _("Give the figure that this belongs to."))

    def _check_home(self, data: dict[str, Any]) -> None:
        was_home = data.get("was_home") or NONE
        home = data.get("home") or was_home
        chosen = data.get("other_point", "") if home == OTHER else home
        data["place"] = None
        if home == was_home:  # left alone: the claim stays wherever a comparison put it
            data["place"] = self.at
        elif home == NEW:
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

    def clean_exact(self) -> str:
        """The words as the text has them; browsers send every line's end as two characters."""
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")

    def clean_shown(self) -> dict[str, str]:
        """What the inputs showed; what they show now where the browser did not say it."""
        now = self._as_written(self.initial)
        try:
            given = json.loads(self.cleaned_data["shown"])
        except (ValueError, RecursionError):
            return now
        if not isinstance(given, dict):
            return now
        return {name: str(given.get(name, now[name])) for name in now}

    def written(self, name: str, value: object) -> str:
        """A value as its input shows it."""
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        return str(self.fields[name].prepare_value(value))

    def _as_written(self, values: Mapping[str, Any]) -> dict[str, str]:
        return {name: self.written(name, values[name]) for name in reading_form.INPUTS}

    def changed(self) -> Json:
        """The fields of the reading that the person gave another value; of a valid form."""
        data = self.cleaned_data
        shown, given = data["shown"], self._as_written(data)
        fields = [name for name in reading_form.GROUPS if reading_form.differs(shown, given, name)]
        span = {"start": data["start"], "end": data["end"]}
        return reading_form.changed(self.seen, data, fields=fields, **span)

    def on_top(self, typed: QueryDict) -> QueryDict:
        """What was typed on top of the claim as it is now, to be sent again; of a valid form."""
        sent, changed = typed.copy(), self.changed()
        for field, names in reading_form.GROUPS.items():
            if field not in changed:
                for name in names:
                    sent[name] = self.written(name, self.initial[name])
        if self.cleaned_data["place"] == self.at:
            sent["home"] = self.initial["was_home"]
        for name in ("shown", "was_home"):
            sent[name] = self.initial[name]
        return sent

"""The forms of feeds and of their entries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.forms import LineField
from reader.ingest.feeds_entry import MAX_ADDRESS, sound_address
from reader.ingest.files import MAX_SOURCE
from reader.models import Desk, Feed, Story
from reader.services.feeds import MAX_MINUTES, MIN_MINUTES, FeedFacts

INTERVALS = (15, 30, 60, 180, 720, 1440)


class AddressField(LineField):
    """The address of a feed: http or https, as long as a key of the database can be."""

    def clean(self, value: Any) -> str:
        """Refuse what nothing can be fetched from."""
        address = str(super().clean(value))
        if address and "://" not in address and "." in address and " " not in address:
            address = f"https://{address}"  # as people type it
        if not address:
            return ""
        usable = sound_address(address, address)
        if not usable or len(usable.encode()) > MAX_ADDRESS:
            raise forms.ValidationError(
                _("This is no address of a feed or a page; it begins with https://.")
            )
        return usable


class TrialForm(forms.Form):
    """An address to try, and the desk where the person has more than one."""

    address = AddressField(label=_("Address of a feed or of a site"), max_length=MAX_ADDRESS)
    desk = forms.ModelChoiceField(
        label=_("Desk"), queryset=Desk.objects.none(), empty_label=None, required=False
    )

    def __init__(self, *args: Any, desks: list[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["desk"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Desk.objects.filter(pk__in=[desk.pk for desk in desks])
        self._desks = desks

    def clean_desk(self) -> Desk:
        """The only desk where none was asked for."""
        return self.cleaned_data["desk"] or self._desks[0]


class FeedForm(forms.Form):
    """What is said of a feed; `seen` is the row that the person had before them."""

    address = AddressField(label=_("Address"), max_length=MAX_ADDRESS)
    title = LineField(label=_("Name"), max_length=300)
    source = LineField(
        label=_("Source"),
        max_length=MAX_SOURCE,
        help_text=_("Whose reports these are. A source of a new name is added."),
    )
    story = forms.ModelChoiceField(
        label=_("Its entries go"),
        queryset=Story.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=_("Into the inbox"),
    )
    words = LineField(
        label=_("Straight into the story only with one of these words"),
        max_length=500,
        required=False,
        help_text=_("Separated by commas. The other entries wait in the inbox."),
    )
    interval_minutes = forms.IntegerField(
        label=_("Minutes between polls"), min_value=MIN_MINUTES, max_value=MAX_MINUTES, initial=30
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, feed: Feed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        story = self.fields["story"]
        assert isinstance(story, forms.ModelChoiceField)
        stories = Story.objects.filter(desk=desk, status=Story.Status.OPEN)
        if feed is not None and feed.story_id is not None:  # one that was closed meanwhile stays
            stories = stories | Story.objects.filter(desk=desk, pk=feed.story_id)
        story.queryset = stories
        self.fields["source"].widget.attrs.update(list="sources", autocomplete="off")

    def clean(self) -> dict[str, Any]:
        """Ask for a story where words are given: without one they would choose nothing."""
        data = super().clean() or self.cleaned_data
        if data.get("words") and not data.get("story") and "story" not in self.errors:
            self.add_error("words", _("Words choose what goes into a story: choose the story too."))
        return data

    def facts(self) -> FeedFacts:
        """What is to be stored; the form is valid."""
        names = ("address", "title", "source", "story", "words", "interval_minutes")
        return FeedFacts(**{name: self.cleaned_data[name] for name in names})


def initial_of(feed: Feed) -> dict[str, Any]:
    """The form's values for a feed as it is."""
    return {
        "address": feed.address,
        "title": feed.title,
        "source": feed.source.name,
        "story": feed.story.slug if feed.story else "",
        "words": feed.words,
        "interval_minutes": feed.interval_minutes,
        "seen": feed.row_version,
    }

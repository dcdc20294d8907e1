"""The form in which people set how the pages look and speak to them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.text import clean_line

if TYPE_CHECKING:
    _Form = forms.ModelForm[User]
else:
    _Form = forms.ModelForm


class PreferencesForm(_Form):
    """Colours, contrast, size of the reports' text, language and time zone."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        required=False,
        help_text=_(
            "Such as Europe/Berlin. Empty: times are shown in the zone of the story's desk."
        ),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )

    class Meta:
        """What is the person's own."""

        model = User
        fields: ClassVar = ["theme", "contrast", "text_size", "language", "zone"]
        widgets: ClassVar = dict.fromkeys(["theme", "contrast", "text_size"], forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_zone(self) -> str:
        """One clean line; the model refuses what is no time zone."""
        return clean_line(self.cleaned_data["zone"])

"""What pages say of a language model that was asked, or that could not be asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

# What a comparison had to do without, by the word that it left on the story.
NOTES = {
    "judge_failed": lazy("The language model gave no answer"),
    "judge_limit": lazy("The language model was asked in part: limit reached"),
    "judge_daily": lazy("The language model was asked in part: limit of the day reached"),
}


def note(word: object) -> str:
    """The sentence for what a comparison did without; empty for nothing."""
    return str(NOTES.get(str(word), ""))


def judged_by(judge: str, evidence: Mapping[str, Any]) -> str:
    """Who judges a flag, and who matched its claims where that was a model."""
    matched = evidence.get("rests_on_model")
    if not matched:
        return judge
    return _("%(judge)s · claims matched by %(model)s") % {"judge": judge, "model": matched}

"""What pages say of a language model that was asked, and of what a comparison did without."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from claims import words
from claims.engine.rules import CARDS

# What a comparison had to do without, by the word that it left on the story.
NOTES = {
    "judge_failed": lazy("The language model gave no answer"),
    "judge_limit": lazy("The language model was asked in part: limit reached"),
    "judge_daily": lazy("The language model was asked in part: limit of the day reached"),
}
OFF = "off:"  # before the name of a rule that the desk has switched off


def note_of(judge: str, rules_off: Iterable[str]) -> str:
    """What stays on the story: the word about the model, and the rules that were off."""
    return " ".join([*([judge] if judge else []), *(f"{OFF}{name}" for name in sorted(rules_off))])


def note(stored: object) -> str:
    """The sentences for what a comparison did without, by `note_of`; empty for nothing."""
    told = str(stored or "").split()
    parts = [str(NOTES[word]) for word in told if word in NOTES]
    names = [word.removeprefix(OFF) for word in told if word.startswith(OFF)]
    off = [
        f"{words.word(words.KINDS, CARDS[name].kind)} ({name})" for name in names if name in CARDS
    ]
    if off:
        said = ngettext(
            "Rule switched off by the desk: %(rules)s",
            "Rules switched off by the desk: %(rules)s",
            len(off),
        )
        parts.append(said % {"rules": ", ".join(off)})
    return " · ".join(parts)


def judged_by(judge: str, evidence: Mapping[str, Any]) -> str:
    """Who judges a flag, and who matched its claims where that was a model."""
    matched = evidence.get("rests_on_model")
    if not matched:
        return judge
    return _("%(judge)s · claims matched by %(model)s") % {"judge": judge, "model": matched}

"""The words that people read for the values that the tables hold."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

VERDICTS: Words = {
    "conflict": _("Conflict"),
    "updated": _("Updated"),
    "different_question": _("Different question"),
    "refined": _("Refined"),
    "agree": _("Agree"),
    "single_source": _("One report"),
}
VERDICT_SENTENCES: Words = {
    "conflict": _("The reports differ here."),
    "updated": _("A later figure or statement replaces an earlier one."),
    "different_question": _("The reports speak of different things: scope, unit or definition."),
    "refined": _("No conflict was found; some reports say more, or say it more precisely."),
    "agree": _("The reports say the same."),
    "single_source": _("Only one report speaks of this."),
}
KINDS: Words = {
    "quantity": _("Quantity"),
    "date": _("Date"),
    "attribution": _("Attribution"),
    "response": _("Response"),
    "certainty": _("Certainty"),
    "actor": _("Actor"),
    "description": _("Description"),
    "place": _("Place"),
}
SEVERITIES: Words = {"high": _("High"), "medium": _("Medium"), "low": _("Low")}
STATUSES: Words = {
    "open": _("Open"),
    "confirmed": _("Confirmed"),
    "dismissed": _("Dismissed"),
    "settled": _("Settled"),
}
# What the engine finds: what is likely right, and what may be.
FINDS: Words = {"flags": _("Flags"), "suggestions": _("Suggestions")}
# Why a flag does not matter; the codes are stored with the decision.
OTHER_REASON = "other"
DISMISSAL_REASONS: Words = {
    "not_same_thing": _("Not the same thing"),
    "same_value": _("The same value"),
    "misread": _("Misread by the engine"),
    "not_material": _("Not material"),
    "outdated": _("Out of date"),
    OTHER_REASON: _("Another reason"),
}
# What was decided about a flag, as a list tells it.
DECIDED: Words = {
    "confirm": _("Confirmed"),
    "dismiss": _("Dismissed"),
    "note": _("Note"),
    "undo": _("Undone"),
}
CERTAINTIES: Words = {
    "asserted": _("stated as fact"),
    "attributed": _("attributed"),
    "hedged": _("hedged"),
    "possible": _("possible"),
    "predicted": _("predicted"),
    "conditional": _("conditional"),
    "unknown": _("not known"),
    "denied": _("said not to be so"),
    "retracted": _("taken back"),
}
ACTS: Words = {
    "confirmed": _("confirmed"),
    "denied": _("denied"),
    "dismissed": _("dismissed"),
    "did_not_deny": _("did not deny"),
    "neither": _("neither confirmed nor denied"),
    "declined": _("declined to comment"),
    "silent": _("silent"),
}


def word(words: Words, value: str) -> str:
    """The word for a value; the value made readable where a newer engine gave it."""
    known = words.get(value)
    return str(known) if known is not None else value.replace("_", " ").capitalize()


def inside(word: str) -> str:
    """The word within a sentence: English writes it small there, other languages keep capitals.

    German writes nouns large wherever they stand.
    """
    return word.lower() if (get_language() or "en").startswith("en") else word


def note_of(made_by: str, overrides: object) -> str:
    """What is said of a claim that a person has made or corrected; empty for the engine's own."""
    if made_by == "person":
        return str(_("Marked by a person"))
    return str(_("Corrected by a person")) if overrides else ""

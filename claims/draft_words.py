"""What the draft's page says: the kinds of findings, their rules, and why a check failed."""

from collections.abc import Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reader.import_words import refusal_words
from reader.ingest.refusals import Reason

# kind -> the word for it, and the letter that stands for it where colours are not seen
KINDS: Mapping[str, tuple[Promise, Promise]] = {
    "differs": (_("Differs"), pgettext_lazy("letter of a mark", "D")),
    "older": (_("Older"), pgettext_lazy("letter of a mark", "O")),
    "firmer": (_("Firmer"), pgettext_lazy("letter of a mark", "F")),
    "one_sided": (_("One side only"), pgettext_lazy("letter of a mark", "½")),
    "attributed": (_("Attributed otherwise"), pgettext_lazy("letter of a mark", "A")),
    "unsupported": (_("In no report"), pgettext_lazy("letter of a mark", "N")),
    "sharper": (_("Sharper"), pgettext_lazy("letter of a mark", "S")),
    "rounder": (_("Rounder"), pgettext_lazy("letter of a mark", "R")),
}
RULES: Mapping[str, Promise] = {
    "draft-differs": _("No report gives this, and those quoted here give something else."),
    "draft-older": _("The reports have replaced this since."),
    "draft-certainty": _("The line is surer than every report that says so."),
    "draft-bound": _("The line gives as exact what the reports give as a bound or about so much."),
    "draft-flat": _("The line states flatly what the reports give as somebody’s word."),
    "draft-one-side": _("The reports are in conflict, and the draft gives one side only."),
    "draft-speaker": _("The line names a source that no report names for this."),
    "draft-chain": _("The line leaves out the first source that the reports name."),
    "draft-unsupported": _("No report of the story says this."),
    "draft-sharper": _("The line is more exact than any report."),
    "draft-rounder": _("The line rounds what the reports give more exactly."),
}
# What the claims are called that a line goes back to, and those that stand against it.
TOLD: Mapping[str, Promise] = {
    "older": _("As it was"),
    "one_sided": _("Reports that say the same"),
}
AGAINST: Mapping[str, Promise] = {
    "older": _("As it is now"),
    "one_sided": _("Reports that say otherwise"),
    "attributed": _("What that source says in the reports"),
}
REPORTS = _("What the reports say")
_FAILED: Mapping[str, Promise] = {
    "too_long": _("Checking the draft took too long. A shorter one may do."),
    "failed": _("The check failed. The draft is kept; check it again."),
    "worker_lost": _("The check failed several times. The draft is kept; check it again."),
}


def failure(error: str) -> str:
    """Why the draft could not be read or checked, and what to do."""
    if error in _FAILED:
        return str(_FAILED[error])
    return refusal_words(cast(Reason, error))  # the worker kept the refusal's own reason

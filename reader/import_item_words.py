"""What the import pages say of an item: where a fact was found, what to look at, how large."""

from collections.abc import Iterable, Mapping
from typing import get_args

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader.import_words import refusal_words
from reader.ingest.metadata import UNCERTAIN, FoundIn
from reader.ingest.refusals import Reason

_FOUND: Mapping[FoundIn, Promise] = {
    "json_ld": _("From the page's JSON-LD"),
    "open_graph": _("From the page's OpenGraph tags"),
    "meta": _("From the page's meta tags"),
    "time_tag": _("From the time that stands in the text"),
    "byline": _("From the line below the headline"),
    "title_tag": _("From the page's title"),
    "heading": _("From the first heading"),
    "canonical_link": _("From the page's own link"),
    "mail_header": _("From the mail's head"),
    "feed": _("From the feed"),
    "column": _("From the table"),
    "typed": _("Typed by hand"),
    "file_name": _("From the file's name"),
    "address": _("From the address"),
    "properties": _("From the document's properties, which say when it was typed"),
    "guess": _("Guessed from the text"),
}


def found_words(found: str) -> str:
    """Where a fact was found; empty where nobody knows."""
    return str(_FOUND.get(found, ""))  # type: ignore[call-overload]


def is_uncertain(found: str) -> bool:
    """Whether a person must confirm what was found there."""
    return found in UNCERTAIN


def size_words(size: int) -> str:
    """A size in bytes as people say it."""
    return filesizeformat(size).replace("\xa0", " ").replace(".0 ", " ")


# What a person should look at before an item is stored, in the list and on the item's own page.
_WARNINGS: Mapping[str, tuple[Promise, Promise]] = {
    "no_source": (
        _("no source"),
        _("Nothing says which source this is from. Type it below."),
    ),
    "no_published": (
        _("no published time"),
        _("Nothing says when this was published. Look it up and type it; a day is enough."),
    ),
    "published_guessed": (
        _("published time is a guess"),
        _("The published time was only guessed. Compare it with the original, and correct it."),
    ),
    "published_ahead": (
        _("published in the future"),
        _("The published time lies in the future. It cannot be stored so: correct it."),
    ),
    "near_same_source": (
        _("new version of a report?"),
        _(
            "This source has nearly the same text in the story. If it is a new version of it,"
            " say so below; else it becomes a report beside it."
        ),
    ),
    "wire_copy": (
        _("looks like wire copy"),
        _("Another source has largely the same text. Both are shown, and counted as one origin."),
    ),
    "alike_in_batch": (
        _("like another of this import"),
        _("Another item of this import has largely the same text. Look whether both are wanted."),
    ),
    "erased": (
        _("was erased before"),
        _("This report was erased from the story. Importing it brings its text back."),
    ),
    "new_source": (
        _("new source"),
        _("No source of this name is known. Importing adds it: check the spelling."),
    ),
    "short": (
        _("very short"),
        _("This is very short. Check that the whole text is here."),
    ),
    "language": (
        _("not English"),
        _("This is not English. It will be stored and shown, but not compared by the engine."),
    ),
    "attachments": (
        _("has attachments"),
        _("The mail has attachments, named above the original. Import them if wanted."),
    ),
    "guessed_encoding": (
        _("letters guessed"),
        _("The table does not say how its letters are written. Look whether they are right."),
    ),
    "unread_time": (
        _("time not understood"),
        _("The time in the table cannot be read. Type it below."),
    ),
    "paywall": (
        _("only a stub"),
        _("The page seems to stop before a paywall. Paste the whole text if you may use it."),
    ),
    "cookie_wall": (
        _("asks for consent"),
        _("This seems to be what a site asks before it shows the report. Paste the report's text."),
    ),
    "live_blog": (
        _("live blog"),
        _("The page grows entry by entry, and the times of its entries may be missing here."),
    ),
    "times_differ": (
        _("times differ"),
        _("The page gives published times that contradict each other. Check the one below."),
    ),
}

_REASONS: Mapping[str, Promise] = {
    "attachments_below": _("The mail says little itself; its attachments stand below."),
    "same_text": _("This source already has the same text in the story."),
    "twice_in_batch": _("The same text of the same source comes earlier in this import."),
}


# What no refusal says: it happened to the worker, or between two people.
_FAILURES: Mapping[str, Promise] = {
    "worker_lost": _("Reading this ended the worker several times. Type the text by hand."),
    "erased": _("The report was erased from the story for good. It does not come in again."),
    "renews_gone": _("The report that this was to renew is not in the story."),
}


def warning_words(code: str) -> str:
    """What a person should look at, and what to do about it."""
    found = _WARNINGS.get(code)
    return str(found[1]) if found else _("Please check this: %(code)s.") % {"code": code}


def needs_words(warnings: Iterable[Mapping[str, object]]) -> list[str]:
    """The same in a word or three each, for the list; each once."""
    codes = dict.fromkeys(str(warning.get("code", "")) for warning in warnings)
    return [str(_WARNINGS[code][0]) for code in codes if code in _WARNINGS]


def skip_words(reason: str) -> str:
    """Why an item would not be stored again."""
    return str(_REASONS.get(reason, _REASONS["same_text"]))


# Reasons whose words name a number or a type, which only the note has once the item is emptied.
_DETAILED = frozenset(
    ("other_type", "too_large", "too_many_pages", "in_attachment", "bad_row", "empty_row")
)


def failure_words(reason: str, error: str, details: Mapping[str, str] | None = None) -> str:
    """Why an item has failed and what to do: in the reader's words, else as it was noted."""
    as_noted = bool(error) and not details and reason in _DETAILED
    if reason in get_args(Reason) and not as_noted:
        return refusal_words(reason, details)  # type: ignore[arg-type]
    if reason in _FAILURES:
        return str(_FAILURES[reason])
    if error:
        return f"{error[0].upper()}{error[1:].rstrip('.')}."
    return str(_("This could not be read. Try again, or type the text by hand."))

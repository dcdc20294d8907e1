"""What the page of an import says of it: its name, how far it is, what to do next."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.models import ImportBatch
from reader.services.batches import STORING_LOST

_TONES: Mapping[str, str] = {"mapping": "warn", "waiting": "warn", "done": "good"}
_State = ImportBatch.State


def state_words(state: str, numbers: Mapping[str, int]) -> str:
    """How an import stands, in a word or two; `numbers` are of its items, by what became of them.

    A failure of some is said beside the word: a bare "Done" sounds as if all had gone in.
    """
    word = str(_State(state).label)
    failed = numbers.get("failed", 0)
    if state != _State.DONE or not failed:
        return word
    sentence = ngettext("%(state)s, %(n)d failed", "%(state)s, %(n)d failed", failed)
    return sentence % {"state": word, "n": failed}


def state_tone(state: str, numbers: Mapping[str, int]) -> str:
    """The colour of it: good only if nothing failed, and none while nobody is waited for."""
    if state == _State.DONE and numbers.get("failed"):
        return "warn"
    return _TONES.get(state, "")


def batch_name(how: str, number: int) -> str:
    """What an import is called: what came, and how many reports of it."""
    if not number:
        return {
            "paste": _("A pasted text"),
            "upload": _("Files"),
            "address": _("Addresses"),
            "table": _("A table"),
            "feed": _("From a feed"),
            "command": _("From the command line"),
        }.get(how, _("Import"))
    sentence = {
        "paste": ngettext("A pasted text", "%(n)d pasted texts", number),
        "upload": ngettext("A file", "%(n)d files", number),
        "address": ngettext("An address", "%(n)d addresses", number),
        "table": ngettext("A table with one row", "A table with %(n)d rows", number),
        "feed": ngettext("An entry of a feed", "%(n)d entries of a feed", number),
        "command": ngettext("One report by command", "%(n)d reports by command", number),
    }.get(how, ngettext("%(n)d report", "%(n)d reports", number))
    return sentence % {"n": number}


def person_words(batch: ImportBatch) -> str:
    """Who began it; an import that nobody began by hand says what did."""
    if batch.made_by:
        return str(batch.made_by)
    return _("the command line") if batch.how == ImportBatch.How.COMMAND else _("a feed")


def progress_words(batch: ImportBatch, numbers: Mapping[str, int], *, handled: int) -> str:
    """How far it is, or how it ended, in one line."""
    total = numbers["all"]
    if batch.state == _State.MAPPING:
        return _("The table waits for its columns")
    if batch.state == _State.READING:
        if not total:
            return _("Looking at what came in")
        return _("Reading: %(done)d of %(all)d") % {"done": handled, "all": total}
    if batch.state == _State.STORING:
        return _("Storing: %(done)d of %(all)d") % {"done": handled, "all": total}
    if batch.state == _State.CANCELLED:
        return _("Cancelled")
    if batch.state == _State.WAITING:
        number = _waiting(numbers)
        if not number:
            return _done_words(numbers)
        sentence = ngettext("%(n)d report waits for you", "%(n)d reports wait for you", number)
        return sentence % {"n": number}
    return _done_words(numbers)


def _waiting(numbers: Mapping[str, int]) -> int:
    return numbers["needs"] + numbers["ready"] + numbers["skipped_waiting"]


def _done_words(numbers: Mapping[str, int]) -> str:
    stored = numbers["created"] + numbers["version"]
    if stored:
        sentence = ngettext("Done: %(n)d report stored", "Done: %(n)d reports stored", stored)
        if numbers["failed"]:
            sentence = ngettext(
                "Done: %(n)d report stored, %(failed)d failed",
                "Done: %(n)d reports stored, %(failed)d failed",
                stored,
            )
        return sentence % {"n": stored, "failed": numbers["failed"]}
    if numbers["failed"]:
        return _("Nothing could be stored")
    if numbers["skipped"]:
        return _("Done: all of it was here already")
    return _("Done: nothing was stored")


def count_words(numbers: Mapping[str, int]) -> list[str]:
    """What became of the items, or will; nothing where there is nothing to say."""

    def of(name: str) -> int:
        return numbers.get(name, 0)

    counted = (
        ("created", ngettext("%(n)d new report", "%(n)d new reports", of("created"))),
        ("version", ngettext("%(n)d new version", "%(n)d new versions", of("version"))),
        ("ready", ngettext("%(n)d ready", "%(n)d ready", of("ready"))),
        ("needs", ngettext("%(n)d needs you", "%(n)d need you", of("needs"))),
        ("waiting", ngettext("%(n)d waiting", "%(n)d waiting", of("waiting"))),
        ("skipped", ngettext("%(n)d already here", "%(n)d already here", of("skipped"))),
        ("failed", ngettext("%(n)d failed", "%(n)d failed", of("failed"))),
        ("given_up", ngettext("%(n)d left out", "%(n)d left out", of("given_up"))),
    )
    return [sentence % {"n": of(name)} for name, sentence in counted if of(name)]


def advice_words(batch: ImportBatch, numbers: Mapping[str, int]) -> str:
    """What to do next; empty where nothing is to be done."""
    if batch.state == _State.MAPPING:
        return _("Each row becomes a report once you have said which column holds what.")
    if batch.state == _State.CANCELLED:
        return _("What was stored before stays in the story. The rest was forgotten.")
    if numbers["expired"] and not _waiting(numbers) and not numbers["failed"]:
        return _("What nobody confirms within a day is forgotten. Import it again if it is wanted.")
    if batch.state == _State.WAITING and batch.said.get(STORING_LOST):
        return _(
            "Storing these ended the worker several times. What was stored before stays. Import"
            " them again, a few at a time: what still ends it then is among those few."
        )
    if batch.state == _State.WAITING and _waiting(numbers):
        if numbers["needs"]:
            return _(
                "Nothing is stored before you say so. Open those that need you: something is"
                " missing or uncertain, and it takes your word. What several lack can be set for"
                " all of them at once."
            )
        return _("Nothing is stored before you say so. A preview is kept for a day.")
    if batch.state in (_State.WAITING, _State.DONE) and numbers["failed"]:
        if numbers["created"] + numbers["version"]:
            return _("The rest went in. What failed can be tried again, or mended by hand.")
        return _("What failed can be tried again, or mended by hand.")
    return ""


def said_words(said: Mapping[str, str]) -> str:
    """The facts that were typed for all reports, in one line."""
    parts = []
    if said.get("source"):
        parts.append(_("source: %(source)s") % {"source": said["source"]})
    if said.get("published_on"):
        at = " ".join(filter(None, (said["published_on"], said.get("published_time", ""))))
        parts.append(_("published: %(at)s") % {"at": at})
    return _("for all: %(facts)s") % {"facts": ", ".join(parts)} if parts else ""

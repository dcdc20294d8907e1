"""What the import pages say: why something is refused, what was left out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reader.ingest.refusals import Reason

_REFUSALS: Mapping[Reason, Promise] = {
    "missing": _("There is no such file."),
    "bad_name": _("Its name is not written in UTF-8. Rename the file."),
    "folder": _("This is a folder. Choose a file."),
    "unreadable": _("The file cannot be opened."),
    "unsupported": _("Only .txt, .md and .html files can be read. Save the text as one of these."),
    "too_large": _("This is larger than 2 MB. Keep only the article's own text."),
    "empty": _("The file is empty. Save it again with its text."),
    "binary": _("This is not a text file. Save its text as .txt or .html."),
    "encoding": _(
        "Its characters cannot be read as UTF-8, and it names no other encoding that fits. Save it"
        " as UTF-8."
    ),
    "too_deep": _("Its elements are nested more than 200 levels deep. Paste the text instead."),
    "too_many": _(
        "It holds more than 15,000 elements or signs such as &. Keep only the article's own text."
    ),
    "too_slow": _("Its markup took too long to read. Paste the text instead."),
    "no_text": _("No text is left after cleaning. Check that it holds an article."),
}


def refusal_words(reason: Reason) -> str:
    """Why something cannot be used and what to do, in the reader's language."""
    return str(_REFUSALS[reason])


_EMBEDDED = "applet audio canvas iframe map math noembed noframes object svg video xmp".split()
_CONTROLS = "button datalist select textarea".split()
_CODE = "noscript script style template".split()


def dropped_words(dropped: Mapping[str, int]) -> list[str]:
    """What was left out of a text, in words; nothing for what no reader would see anyway."""

    def count(*names: str) -> int:
        return sum(dropped.get(name, 0) for name in names)

    counted = (
        (count("nav"), ngettext("%(n)d menu", "%(n)d menus", count("nav"))),
        (count("aside"), ngettext("%(n)d side box", "%(n)d side boxes", count("aside"))),
        (count("footer"), ngettext("%(n)d footer", "%(n)d footers", count("footer"))),
        (
            count(*_EMBEDDED),
            ngettext("%(n)d embedded part", "%(n)d embedded parts", count(*_EMBEDDED)),
        ),
        (
            count(*_CONTROLS),
            ngettext("%(n)d form control", "%(n)d form controls", count(*_CONTROLS)),
        ),
        (
            count(*_CODE),
            ngettext("%(n)d script or style", "%(n)d scripts and styles", count(*_CODE)),
        ),
        (
            count("link"),
            ngettext(
                "%(n)d link without a full address, of which the words stay",
                "%(n)d links without a full address, of which the words stay",
                count("link"),
            ),
        ),
    )
    words = [sentence % {"n": number} for number, sentence in counted if number]
    if count("page"):
        words.append(str(_("text of the page outside the article")))
    return words

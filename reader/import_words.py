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
    "bad_address": _(
        "This is no address of a web page. It begins with http:// or https:// and names neither a"
        " user nor a port."
    ),
    "blocked": _(
        "This address leads into a private network, from which nothing is fetched. Save the page"
        " and import the file."
    ),
    "own_address": _("This is an address of Parallax itself. Give the address of the article."),
    "unknown_host": _("No site of this name was found. Check the address."),
    "no_connection": _("The site cannot be reached. Try again later."),
    "insecure": _(
        "No safe connection to the site can be made: its certificate is not valid for this address,"
        " or it leads from https to http. Open it in a browser, save the page and import the file."
    ),
    "slow_site": _(
        "The site did not answer in time. Try again later, or save the page and import the file."
    ),
    "large_answer": _(
        "What the site sends is larger than 10 MB. Save the article's own text and import the file."
    ),
    "bad_answer": _(
        "The site's answer breaks off or cannot be read. Try again later, or save the page and"
        " import the file."
    ),
    "redirects": _(
        "The site leads from one address to the next without end. Open it in a browser, save the"
        " page and import the file."
    ),
    "wrong_type": _(
        "At this address is neither a page nor a feed nor a document. Check the address."
    ),
    "not_found": _("The site has nothing at this address. Check it."),
    "not_allowed": _(
        "The site does not let this page be read. Open it in a browser, save the page and import"
        " the file."
    ),
    "busy": _("The site, or another import of it, is busy. Try again later."),
    "site_error": _("The site reports an error of its own. Try again later."),
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

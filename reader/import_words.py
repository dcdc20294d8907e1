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
    "unsupported": _(
        "Only .txt, .md, .html, .docx, .odt, .pdf and .eml files can be read, .zip files of these,"
        " and .csv, .tsv, .xlsx and .jsonl tables. Save the text as one of these."
    ),
    "other_type": _(
        "Its name says %(said)s, but it holds %(found)s. Give the file the right name, or save it"
        " again."
    ),
    "old_office": _("This is an old Word or Excel file. Save it as .docx or .xlsx."),
    "rich_text": _("This is a rich text file (.rtf). Save it as .docx or .txt."),
    "too_large": _("This is larger than %(limit)s MB. Keep only the article's own text."),
    "empty": _("The file is empty. Save it again with its text."),
    "binary": _("This is not a text file. Save its text as .txt, .docx or .html."),
    "broken": _("The file is damaged or cut off. Get it again, or save it again."),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "bomb": _(
        "Unpacked it would be far larger than a document is. Save its text as .txt or .html."
    ),
    "unsafe_xml": _(
        "It declares entities or a document type of its own, which no word processor does. Open it"
        " and save it again, or paste its text."
    ),
    "nested_archive": _("It is an archive in an archive. Unpack it and import what is in it."),
    "table_inside": _("It is a table in an archive. Import the table by itself."),
    "container": _("It holds several articles. Import it where archives and tables are taken."),
    "encoding": _(
        "Its characters cannot be read as UTF-8, and it names no other encoding that fits. Save it"
        " as UTF-8."
    ),
    "too_deep": _("Its elements are nested more than 200 levels deep. Paste the text instead."),
    "too_many": _(
        "It holds more than 15,000 elements or signs such as &. Keep only the article's own text."
    ),
    "too_many_pages": _("It has more than %(limit)s pages. Keep only the pages of the article."),
    "too_slow": _("It took too long or too much memory to read. Paste the text instead."),
    "no_text": _("No text is left after cleaning. Check that it holds an article."),
    "scanned": _(
        "It holds pictures of pages and no text. Recognise the text first (OCR), or type it."
    ),
    "in_attachment": _(
        "The mail itself holds no article, only the attached %(names)s. Import what is attached."
    ),
    "bad_row": _(
        "Row %(row)s cannot be read: %(why)s. Correct it and import the table again, which skips"
        " the rows that are in already."
    ),
    "no_columns": _("The table has no row of column names. Add one as its first row."),
    "empty_row": _("Row %(row)s holds no text. Fill its text column, or leave the row out."),
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


_TYPES: Mapping[str, Promise] = {
    "text": _("plain text (.txt)"),
    "plain": _("plain text (.txt)"),
    "markdown": _("Markdown (.md)"),
    "html": _("a page (.html)"),
    "page": _("a page (.html)"),
    "word": _("a Word document (.docx)"),
    "opendocument": _("an OpenDocument text (.odt)"),
    "pdf": _("a PDF file (.pdf)"),
    "mail": _("a mail (.eml)"),
    "zip": _("a ZIP archive (.zip)"),
    "csv": _("a table (.csv)"),
    "tsv": _("a table (.tsv)"),
    "xlsx": _("an Excel table (.xlsx)"),
    "jsonl": _("a table (.jsonl)"),
}
# Why a row cannot be read.
_WHYS: Mapping[str, Promise] = {
    "cells": _("it has more cells than there are columns"),
    "quote": _("a quotation mark is not closed"),
    "json": _("it is not one JSON object"),
    "long": _("it is larger than 2 MB"),
    "rows": _("a table may have 100,000 rows, so split it"),
    "link": _("its sheet cannot be read"),
}
# What is said where the details are not known any more.
_GENERAL: Mapping[str, Promise | str] = {
    "said": _("one type"),
    "found": _("another"),
    "limit": "2",
    "names": _("file"),
    "row": "?",
    "why": _("it has more cells than there are columns, is larger than 2 MB, or is no JSON object"),
}


def refusal_words(reason: Reason, details: Mapping[str, str] | None = None) -> str:
    """Why something cannot be used and what to do, in the reader's language.

    `details` are those of the refusal; without them the words stay general.
    """
    named = {**_TYPES, **_WHYS}
    known = {key: named.get(value, value) for key, value in (details or {}).items()}
    return str(_REFUSALS[reason]) % {**_GENERAL, **known}


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

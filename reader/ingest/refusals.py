"""Why something that came in is refused, in one word and in one plain sentence."""

from collections.abc import Mapping
from typing import Literal

Reason = Literal[
    "missing",
    "bad_name",
    "folder",
    "unreadable",
    "unsupported",
    "other_type",
    "old_office",
    "rich_text",
    "too_large",
    "empty",
    "binary",
    "broken",
    "encrypted",
    "bomb",
    "unsafe_xml",
    "nested_archive",
    "table_inside",
    "container",
    "encoding",
    "too_deep",
    "too_many",
    "too_many_pages",
    "too_slow",
    "no_text",
    "scanned",
    "in_attachment",
    "bad_row",
    "no_columns",
    "empty_row",
    "bad_address",
    "blocked",
    "own_address",
    "unknown_host",
    "no_connection",
    "insecure",
    "slow_site",
    "large_answer",
    "bad_answer",
    "redirects",
    "wrong_type",
    "not_found",
    "not_allowed",
    "busy",
    "site_error",
]

SENTENCES: Mapping[Reason, str] = {
    "missing": "there is no such file; check the path",
    "bad_name": "its name is not written in UTF-8; rename the file",
    "folder": "this is a folder; name the files in it",
    "unreadable": "the file cannot be opened; check that you may read it",
    "unsupported": "only .txt, .md, .html, .docx, .odt, .pdf and .eml files can be read, .zip files"
    " of these, and .csv, .tsv, .xlsx and .jsonl tables; save the text as one of these",
    "other_type": "its name says %(said)s, but it holds %(found)s;"
    " give the file the right name, or save it again",
    "old_office": "this is an old Word or Excel file; save it as .docx or .xlsx",
    "rich_text": "this is a rich text file (.rtf); save it as .docx or .txt",
    "too_large": "it is larger than %(limit)s MB; keep only the article's own text",
    "empty": "the file is empty; save it again with its text",
    "binary": "this is not a text file; save its text as .txt, .docx or .html",
    "broken": "the file is damaged or cut off; get it again, or save it again",
    "encrypted": "the file is protected by a password; save it without one",
    "bomb": "unpacked it would be far larger than a document is; save its text as .txt or .html",
    "unsafe_xml": "it declares entities or a document type of its own, which no word processor"
    " does; open it and save it again, or paste its text",
    "nested_archive": "it is an archive in an archive; unpack it and import what is in it",
    "table_inside": "it is a table in an archive; import the table by itself",
    "container": "it holds several articles; import it where archives and tables are taken",
    "encoding": "its characters cannot be read as UTF-8 and it names no other encoding that fits;"
    " save it as UTF-8",
    "too_deep": "its elements are nested more than 200 levels deep; paste the text instead",
    "too_many": "it holds more than 15,000 elements or signs such as &;"
    " keep only the article's own text",
    "too_many_pages": "it has more than %(limit)s pages; keep only the pages of the article",
    "too_slow": "it took too long or too much memory to read; paste the text instead",
    "no_text": "no text is left after cleaning; check that it holds an article",
    "scanned": "it holds pictures of pages and no text; recognise the text first (OCR), or type it",
    "in_attachment": "the mail itself holds no article, only the attached %(names)s;"
    " import what is attached",
    "bad_row": "row %(row)s cannot be read: %(why)s; correct it and import the table again,"
    " which skips the rows that are in already",
    "no_columns": "the table has no row of column names; add one as its first row",
    "empty_row": "row %(row)s holds no text; fill its text column, or leave the row out",
    "bad_address": "this is no address of a web page; it begins with http:// or https:// and names"
    " neither a user nor a port",
    "blocked": "this address leads into a private network, from which nothing is fetched; save the"
    " page and import the file",
    "own_address": "this is an address of Parallax itself; give the address of the article",
    "unknown_host": "no site of this name was found; check the address",
    "no_connection": "the site cannot be reached; try again later",
    "insecure": "no safe connection to the site can be made: its certificate is not valid for this"
    " address, or it leads from https to http; open it in a browser, save the page and import the"
    " file",
    "slow_site": "the site did not answer in time; try again later, or save the page and import the"
    " file",
    "large_answer": "what the site sends is larger than 10 MB; save the article's own text and"
    " import the file",
    "bad_answer": "the site's answer breaks off or cannot be read; try again later, or save the"
    " page and import the file",
    "redirects": "the site leads from one address to the next without end; open it in a browser,"
    " save the page and import the file",
    "wrong_type": "at this address is neither a page nor a feed nor a document; check the address",
    "not_found": "the site has nothing at this address; check it",
    "not_allowed": "the site does not let this page be read; open it in a browser, save the page"
    " and import the file",
    "busy": "the site, or another import of it, is busy; try again later",
    "site_error": "the site reports an error of its own; try again later",
}
# What a sentence says where the details are not known any more.
GENERAL: Mapping[str, str] = {
    "said": "one type",
    "found": "another",
    "limit": "2",
    "names": "file",
    "row": "?",
    "why": "it has more cells than there are columns, is larger than 2 MB, or is no JSON object",
}
TYPE_NAMES: Mapping[str, str] = {
    "text": "plain text (.txt)",
    "plain": "plain text (.txt)",
    "markdown": "Markdown (.md)",
    "html": "a page (.html)",
    "page": "a page (.html)",
    "word": "a Word document (.docx)",
    "opendocument": "an OpenDocument text (.odt)",
    "pdf": "a PDF file (.pdf)",
    "mail": "a mail (.eml)",
    "zip": "a ZIP archive (.zip)",
    "csv": "a table (.csv)",
    "tsv": "a table (.tsv)",
    "xlsx": "an Excel table (.xlsx)",
    "jsonl": "a table (.jsonl)",
}


WHYS: Mapping[str, str] = {
    "cells": "it has more cells than there are columns",
    "quote": "a quotation mark is not closed",
    "json": "it is not one JSON object",
    "long": "it is larger than 2 MB",
    "rows": "a table may have 100,000 rows, so split it",
    "link": "its sheet cannot be read",
}


def printable(name: str) -> str:
    """A name from the system, with bytes that are not UTF-8 as signs that any output can take."""
    return name.encode("utf-8", "backslashreplace").decode()


class Refused(ValueError):
    """Something that came in cannot be used; `name` is what the person called it.

    `details` fill the sentence: a limit, a row's number, or types and faults by their
    words in `TYPE_NAMES` and `WHYS`.
    """

    def __init__(self, reason: Reason, name: str = "", **details: str) -> None:
        self.reason: Reason = reason
        self.name = printable(name)
        self.details: Mapping[str, str] = details
        named = {**TYPE_NAMES, **WHYS}
        words = {key: named.get(value, value) for key, value in details.items()}
        self.sentence = SENTENCES[reason] % {**GENERAL, **words}
        super().__init__(f"{self.name}: {self.sentence}" if name else self.sentence)

"""Why something that came in is refused, in one word and in one plain sentence."""

from collections.abc import Mapping
from typing import Literal

Reason = Literal[
    "missing",
    "bad_name",
    "folder",
    "unreadable",
    "unsupported",
    "too_large",
    "empty",
    "binary",
    "encoding",
    "too_deep",
    "too_many",
    "too_slow",
    "no_text",
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
    "unsupported": "only .txt, .md and .html files can be read; save the text as one of these",
    "too_large": "it is larger than 2 MB; keep only the article's own text",
    "empty": "the file is empty; save it again with its text",
    "binary": "this is not a text file; save its text as .txt or .html",
    "encoding": "its characters cannot be read as UTF-8 and it names no other encoding that fits;"
    " save it as UTF-8",
    "too_deep": "its elements are nested more than 200 levels deep; paste the text instead",
    "too_many": "it holds more than 15,000 elements or signs such as &;"
    " keep only the article's own text",
    "too_slow": "its markup took too long to read; paste the text instead",
    "no_text": "no text is left after cleaning; check that it holds an article",
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


def printable(name: str) -> str:
    """A name from the system, with bytes that are not UTF-8 as signs that any output can take."""
    return name.encode("utf-8", "backslashreplace").decode()


class Refused(ValueError):
    """Something that came in cannot be used; `name` is what the person called it."""

    def __init__(self, reason: Reason, name: str = "") -> None:
        self.reason: Reason = reason
        self.name = printable(name)
        self.sentence = SENTENCES[reason]
        super().__init__(f"{self.name}: {self.sentence}" if name else self.sentence)

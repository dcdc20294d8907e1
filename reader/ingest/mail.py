"""Mails (.eml): their own text without the history below it, their heads, what is attached."""

import email
import re
from collections.abc import Iterator, Mapping
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from pathlib import PurePath

from reader.ingest.decoding import known_codec
from reader.ingest.document import Document, Part
from reader.ingest.kinds import TYPES, FileType, max_bytes
from reader.ingest.mail_history import Body, without_history, without_history_of_page
from reader.ingest.metadata import FoundIn, Metadata
from reader.ingest.plain import paragraphs_to_markup
from reader.ingest.refusals import Refused
from reader.ingest.times import Published, parse_published
from reader.text import clean_line, clean_text

_MAX_PARTS = 500
_MAX_HEADER = 2000
_COVER_NOTE = 50  # words: a mail as short as this only says that something is attached
_ANSWER = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|tr|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_DOCUMENTS: frozenset[FileType] = frozenset({"word", "opendocument", "pdf"})
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, MessageError)


def read_mail(data: bytes) -> Document:
    """The text of a mail. Raises `Refused`: broken, too_deep, too_many, no_text, in_attachment."""
    message = _message(data)
    leaves = list(_leaves(message))
    names = [name for part in leaves if (name := _file_name(part))]
    body = _body([part for part in leaves if not _file_name(part)])
    documents = [name for name in names if _type_of(name) in _DOCUMENTS]
    if documents and len(body.kept.split()) < _COVER_NOTE:
        raise Refused("in_attachment", names=", ".join(documents)[:300])
    if not body.markup:
        raise Refused("no_text")
    heads = _heads(message)
    above = "".join(f"{name}: {value}\n" for name, value in heads.items() if value)
    above += "".join(f"Attached: {name}\n" for name in names)
    above += "\n" if above else ""
    cuts = [(0, len(above.rstrip()))] if above else []
    cuts += [(start + len(above), end + len(above)) for start, end in body.cuts]
    return Document(
        meta=_meta(heads, body),
        markup=body.markup,
        original=above + body.original,
        cuts=tuple(cuts),
        warnings=("attachments",) if names else (),
    )


def attachments(data: bytes) -> Iterator[Part]:
    """What is attached to a mail and can be read as an article, or cannot and why.

    Pictures and the like are passed over. Raises `Refused`: broken, too_deep, too_many.
    """
    for part in _leaves(_message(data)):
        name = _file_name(part)
        kind = _type_of(name)
        if not kind:
            continue
        content = _content(part)
        problem = "too_large" if len(content) > max_bytes(kind) else ""
        yield Part(name=name, data=b"" if problem else content, problem=problem)


def _message(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data)
    except RecursionError:
        raise Refused("too_deep") from None
    except _FAULTS:
        raise Refused("broken") from None


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail in the mail is one of them."""
    waiting = [message]
    for _number in range(_MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([one for one in inner if isinstance(one, Message)]))
        else:
            yield part
    raise Refused("too_many")


def _file_name(part: Message) -> str:
    """What an attached file is called; empty for a part of the mail's own text."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        held = inner[0] if isinstance(inner, list) and inner else None
        return (_header(held, "Subject") if isinstance(held, Message) else "") + ".eml"
    try:
        name = part.get_filename() or ""
    except _FAULTS:
        name = ""
    name = clean_line(_decoded(name).replace("\\", "/").rpartition("/")[2])[:200]
    return name or ("?" if part.get_content_disposition() == "attachment" else "")


def _type_of(name: str) -> FileType | None:
    return TYPES.get(PurePath(name).suffix.lower())


def _content(part: Message) -> bytes:
    inner = part.get_payload()
    try:
        if isinstance(inner, list):
            return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
        decoded = part.get_payload(decode=True)
    except (*_FAULTS, RecursionError):
        return b""
    return decoded if isinstance(decoded, bytes) else b""


def _body(parts: list[Message]) -> Body:
    """The mail's text: as a page where it has one, unless that says much less than the plain one.

    Some programs put only a footer into a page of its own.
    """
    plain = "\n\n".join(_text(part) for part in parts if _is_plain(part))
    pages = [_text(part) for part in parts if part.get_content_type() == "text/html"]
    page = without_history_of_page("\n".join(pages)) if pages else Body()
    if page.kept and len(page.original) * 2 >= len(plain):
        return page
    text = without_history(plain)
    return Body(
        markup=paragraphs_to_markup(text.kept) if text.kept else "",
        original=text.original,
        kept=text.kept,
        cuts=text.cuts,
        inner=text.inner,
    )


def _is_plain(part: Message) -> bool:
    """Whether a part is plain text; several parts that cannot be told apart are read as one."""
    return part.get_content_type() == "text/plain" or part.get_content_maintype() == "multipart"


def _text(part: Message) -> str:
    content = _content(part)
    named = part.get_content_charset() or ""
    for codec in (known_codec(named), "utf-8", "cp1252"):
        try:
            text = content.decode(codec or "utf-8")
        except UnicodeError:
            continue
        if str(part.get_param("format")).lower() == "flowed":
            text = re.sub(r"(?<!\n--) \r?\n(?!>)", " ", text)
        return clean_text(text)
    return clean_text(content.decode("latin-1"))


def _heads(message: Message) -> dict[str, str]:
    names = ("Subject", "From", "Date", "Organization")
    return {name: _header(message, name) for name in names}


def _header(message: Message, name: str) -> str:
    return clean_line(_decoded(str(message.get(name) or "")[:_MAX_HEADER]))


def _decoded(raw: str) -> str:
    """A header with its encoded words and bytes as letters; as it stood where that fails."""
    try:
        raw.encode("ascii")
    except UnicodeEncodeError:  # bytes as they came, which the library keeps as lone surrogates
        return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(raw)))
    except (*_FAULTS, UnicodeError):
        return raw


def _meta(heads: Mapping[str, str], body: Body) -> Metadata:
    """The facts of the mail's head; of the mail that it only passes on, as far as it names them."""
    inner = body.inner
    heads = {**heads, **inner}
    found: FoundIn = "guess" if inner else "mail_header"
    name, address = parseaddr(heads.get("From", ""))
    domain = address.rpartition("@")[2] if "@" in address else ""
    facts = {
        "title": _ANSWER.sub("", heads.get("Subject", "")).strip(),
        "byline": "" if "@" in name else name.strip(),
        "source": ("" if inner else heads.get("Organization", "")) or domain,
    }
    published = _published(heads.get("Date", ""))
    found_in: dict[str, FoundIn] = {field: found for field, value in facts.items() if value}
    if published:
        found_in["published"] = found if "Date" in inner or not inner else "mail_header"
    return Metadata(
        title=facts["title"],
        byline=facts["byline"],
        source=facts["source"],
        published=published,
        found_in=found_in,
    )


def _published(text: str) -> Published | None:
    try:
        return parse_published(text)
    except ValueError:
        return None

"""Zip files from outside, checked before anything in them is read.

Archives, Word and OpenDocument texts and Excel tables are all zip files. The limits are those of
the reliability rules: 50 MB unpacked in all, a hundred times the packed size, 2,000 members. What
the headers claim is checked first, and what really comes out is counted again while it is read.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from xml.parsers import expat

from reader.ingest.kinds import ZIP_FAULTS
from reader.ingest.refusals import Refused

MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2_000
MAX_DEPTH = 256
_CHUNK = 256 * 1024
_RATIO_FROM = 1024 * 1024  # bytes unpacked; a small file of blanks packs well and harms nobody
_MOST_ENTRIES = 20_000  # signs of list entries, stored documents' own ones among them
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\xfe\xff")
_NAMES_ENCODING = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")


class Container:
    """A zip file whose list of members has been checked. Nothing is ever written by its names.

    Raises `Refused`: broken, bomb; encrypted and broken also from reading a member.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > _MOST_ENTRIES:
            raise Refused("bomb")
        with _broken():
            self._file = zipfile.ZipFile(io.BytesIO(data))
        members = self._file.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
            raise Refused("bomb")
        # members that share their packed bytes are what the flat kind of bomb is made of
        if packed > len(data) or unpacked > max(_RATIO_FROM, packed * MAX_RATIO):
            raise Refused("bomb")
        self._members = {member.filename: member for member in members}
        self._left = MAX_UNPACKED

    @property
    def names(self) -> list[str]:
        """The names of the members that are no folders, in the order of the list."""
        return [name for name, member in self._members.items() if not member.is_dir()]

    def size(self, name: str) -> int:
        """What the list says a member's size is, in bytes."""
        return self._members[name].file_size

    def read(self, name: str, most: int = MAX_UNPACKED) -> bytes:
        """The bytes of a member, empty if there is none of that name.

        Raises `Refused`: bomb above `most` bytes, or if all that was read is above 50 MB.
        """
        member = self._members.get(name)
        if member is None:
            return b""
        if member.flag_bits & _ENCRYPTED:
            raise Refused("encrypted")
        if member.compress_type not in _METHODS:
            raise Refused("broken")
        pieces: list[bytes] = []
        length = 0
        with _broken(), self._file.open(member) as file:
            while piece := file.read(_CHUNK):
                length += len(piece)
                self._left -= len(piece)
                if length > most or self._left < 0:
                    raise Refused("bomb")
                pieces.append(piece)
        return b"".join(pieces)

    def xml_parts(self, check: Callable[[bytes], None]) -> dict[str, bytes]:
        """The members that are XML by their names, each one checked. Raises `Refused`."""
        parts = {}
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                parts[name] = self.read(name)
                check(parts[name])
        return parts

    def xml(self, name: str, most: int = MAX_UNPACKED) -> bytes:
        """A member that is XML, checked by `check_xml`; empty if there is none of that name."""
        data = self.read(name, most)
        if data:
            check_xml(data)
        return data


class _Seen(Exception):
    """The root element has begun, after which no document type can come."""


def only_xml(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of parts that have been checked, for a library that would open whatever it likes.

    A file of relations can name any member, under any name, as the document itself.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def check_prolog(data: bytes) -> None:
    """Refuse XML with a document type or entities, or in an encoding that two parsers may read
    differently, without reading further than its root's tag. Raises `Refused`: unsafe_xml, broken.
    """

    def opened(_name: str, _attributes: object) -> None:
        raise _Seen

    parser = _parser(data)
    parser.StartElementHandler = opened
    with suppress(_Seen):
        _parse(parser, data)


def check_xml(data: bytes) -> None:
    """Refuse XML as `check_prolog` does, and what is nested deeper than documents are.

    Raises `Refused`: unsafe_xml, too_deep, broken.
    """
    depth = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Refused("too_deep")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = _parser(data)
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    _parse(parser, data)


def _parser(data: bytes) -> expat.XMLParserType:
    declared = _NAMES_ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if data.startswith(_UTF_16) or declared and declared[1].lower() not in _ENCODINGS:
        raise Refused("unsafe_xml")

    def refuse(*_given: object) -> None:
        raise Refused("unsafe_xml")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Refused("broken") from None


@contextmanager
def _broken() -> Iterator[None]:
    """What the library says of a damaged file, as a refusal."""
    try:
        yield
    except Refused:
        raise
    except ZIP_FAULTS:
        raise Refused("broken") from None

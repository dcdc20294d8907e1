"""Zip archives: what is in them, and what is only made to do harm."""

import io
import struct
import zipfile

import pytest

from reader.ingest.archives import members
from reader.ingest.containers import MAX_MEMBERS, Container
from reader.ingest.parts import parts_of
from reader.ingest.refusals import Refused
from tests.reader.ingest import made

TEXT = b"The ferry sank on Monday."


def problems(data):
    return {part.name: part.problem for part in members(data)}


def refusal(data):
    with pytest.raises(Refused) as refused:
        list(members(data))
    return refused.value.reason


def test_the_files_of_an_archive_come_with_their_bytes():
    data = made.zipped({"b/": b"", "b/c/d.txt": TEXT, "a.html": b"<p>x"})
    assert [(part.name, part.data, part.problem) for part in parts_of(data, "a.zip")] == [
        ("b/c/d.txt", TEXT, ""),
        ("a.html", b"<p>x", ""),
    ]


def test_what_systems_leave_in_archives_is_passed_over():
    names = ["__MACOSX/._a.txt", ".hidden.txt", "b/.DS_Store", "b/Thumbs.db", ".git/a.txt"]
    assert problems(made.zipped(dict.fromkeys(names, TEXT))) == {}


def test_what_cannot_be_read_says_why():
    inner = made.zipped({"a.txt": TEXT})
    names = {"a.zip": inner, "b.csv": b"a,b", "c.jpg": b"x", "d.txt": b"x" * (2 * 1024**2 + 1)}
    assert problems(made.zipped({**names, "e": b"x"}, zipfile.ZIP_STORED)) == {
        "a.zip": "nested_archive",
        "b.csv": "table_inside",
        "c.jpg": "unsupported",
        "d.txt": "too_large",
        "e": "unsupported",
    }


def test_names_that_lead_elsewhere_are_only_labels(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../etc/a.txt", "/etc/b.txt", "C:\\c.txt", "\u202ed.txt"]
    found = problems(made.zipped(dict.fromkeys(names, TEXT)))
    assert list(found) == ["../../etc/a.txt", "/etc/b.txt", "C:\\c.txt", "d.txt"]
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_unpacks_to_too_much_is_refused_unread():
    assert refusal(made.zipped({"a.txt": bytes(5_000_000)})) == "bomb"
    assert refusal(made.zipped({f"{n}.txt": b"" for n in range(MAX_MEMBERS + 1)})) == "bomb"
    many = {f"{n}.bin": bytes(range(256)) * 40_000 for n in range(6)}
    assert refusal(made.zipped(many, zipfile.ZIP_DEFLATED)) == "bomb"


def test_members_that_share_their_bytes_are_refused():
    """The flat kind of bomb: every entry of the list names the same packed bytes."""
    noise = bytes((n * n * 7 + n // 251) % 256 for n in range(300_000))
    whole = made.zipped({"a.txt": noise}, zipfile.ZIP_STORED)
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        start = file.start_dir
    entry = whole[start : whole.rindex(b"PK\x05\x06")]
    entries = entry * 50
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entries), start, 0)
    assert refusal(whole[:start] + entries + end) in ("bomb", "broken")


def lying(size):
    """An archive of 3 MB of text that says in both heads how large it would be."""
    data = made.zipped({"a.txt": b"The ferry sank. " * 200_000})
    packed = bytearray(data)
    local, listed = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    packed[local + 22 : local + 26] = packed[listed + 24 : listed + 28] = struct.pack("<L", size)
    return bytes(packed)


def test_sizes_that_lie_are_found_out_while_reading():
    assert list(problems(lying(10)).values()) == ["broken"]
    with pytest.raises(Refused) as refused:
        Container(lying(10)).read("a.txt")
    assert refused.value.reason == "broken"


def test_more_than_fifty_megabytes_are_never_read_in_all(monkeypatch):
    monkeypatch.setattr("reader.ingest.containers.MAX_UNPACKED", 1000)
    container = Container(made.zipped({"a.txt": b"x" * 600, "b.txt": b"y" * 300}))
    container.read("a.txt")
    with pytest.raises(Refused) as refused:
        container.read("a.txt")
    assert refused.value.reason == "bomb"


def test_protected_and_strange_members_are_refused():
    data = bytearray(made.zipped({"a.txt": TEXT}))
    listed = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[listed + 8] |= 1
    assert problems(bytes(data)) == {"a.txt": "encrypted"}
    assert problems(made.zipped({"a.txt": TEXT * 9}, zipfile.ZIP_LZMA)) == {"a.txt": "broken"}


@pytest.mark.parametrize("share", [1, 2, 3])
def test_archives_that_are_cut_off_are_refused(share):
    data = made.zipped({"a.txt": TEXT * 50, "b.txt": TEXT})
    with pytest.raises(Refused) as refused:
        list(parts_of(data[: len(data) * share // 4], "a.zip"))
    assert refused.value.reason == "broken"

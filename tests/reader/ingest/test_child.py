import os

import pytest

from reader.ingest.child import read_in_child
from reader.ingest.files import UnreadableFile, read_file
from tests.reader.ingest.test_files import PAGE


def test_the_child_reads_as_its_parent_would():
    data = PAGE.encode()
    assert read_in_child(data, "html", "page.html") == read_file(data, "page.html")


def test_a_refusal_comes_back_by_its_reason_and_name():
    with pytest.raises(UnreadableFile, match=r"^bad\.txt: ") as refusal:
        read_in_child(b"\x00", "text", "bad.txt")
    assert refusal.value.reason == "binary"


def test_a_child_that_takes_too_long_is_killed():
    with pytest.raises(UnreadableFile) as refusal:
        read_in_child(b"text", "text", seconds=0.001)
    assert refusal.value.reason == "too_slow"


def test_the_child_inherits_no_secrets(monkeypatch):
    monkeypatch.setenv("PARALLAX_SECRET_KEY", "secret")
    started = []

    def start(*args, **options):
        started.append(options["env"])
        raise OSError("not started")

    monkeypatch.setattr("subprocess.Popen", start)
    with pytest.raises(OSError, match="not started"):
        read_in_child(b"text", "text")
    assert started == [{"PATH": os.environ["PATH"]}]

"""The child that reads outside bytes: what it gives back, what it may not do, how it ends."""

import json
import os
import subprocess
import sys
from contextlib import suppress

import pytest

from reader.ingest import child
from reader.ingest.child import Reader
from reader.ingest.child_jobs import _watch
from reader.ingest.child_wire import framed
from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.parts import parts_of
from tests.reader.ingest import made
from tests.reader.ingest.test_files import PAGE

TEXT = b"The ferry sank on Monday."
FILES = {
    "a.txt": TEXT,
    "a.md": b"# Title\n\nText.",
    "a.html": PAGE.encode(),
    "a.docx": made.docx(made.paragraph("The ferry sank."), {"docProps/core.xml": made.CORE}),
    "a.odt": made.odt(made.odt_paragraph("The ferry sank.")),
    "a.pdf": made.pdf([[(72, 700, 11, "The ferry sank.")]], "/CreationDate (D:20250312064000Z)"),
    "a.eml": made.mail("The ferry sank.").as_bytes(),
}
CSV = b"title,text\nA,The ferry sank.\nB,The other.\n"
TABLES = {
    "a.csv": CSV,
    "a.xlsx": made.xlsx([["title", "text"], ["A", "The ferry sank."], ["B", "The other."]]),
    "a.jsonl": b'{"title": "A", "text": "The ferry sank."}\n{"title": "B", "text": "The other."}\n',
}


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def pid(reader):
    return reader._child._process.pid


def is_running(reader):
    return reader._child is not None


def refusal(job, *args, **options):
    with pytest.raises(UnreadableFile) as refused:
        job(*args, **options)
    return refused.value


@pytest.mark.parametrize("name", FILES)
def test_the_child_reads_as_its_parent_would(name, reader):
    assert reader.read(FILES[name], None, name) == read_file(FILES[name], name)


@pytest.mark.parametrize("name", TABLES)
def test_tables_come_by_their_heads_and_row_by_row(name, reader):
    heads, rows = reader.heads(TABLES[name], None, name)
    assert (heads, rows[0]) == (("title", "text"), {"title": "A", "text": "The ferry sank."})
    parts = list(reader.parts(TABLES[name], None, name))
    assert parts == list(parts_of(TABLES[name], name))
    mapping = {"title": "title", "text": "text"}
    assert [reader.read(part.data, None, part.name, mapping=mapping).title for part in parts] == [
        "A",
        "B",
    ]


def test_parts_may_be_read_while_they_come(reader):
    data = made.zipped({"b/a.txt": TEXT, "b.zip": b"x"})
    found = [(part, part.problem or reader.read(part.data, None, part.name).text)
             for part in reader.parts(data, "zip", "a.zip")]  # fmt: skip
    assert [words for _part, words in found] == [TEXT.decode(), "nested_archive"]


def test_parts_that_nobody_asks_for_any_more_end_their_child(reader):
    parts = reader.parts(CSV, "csv", "a.csv")
    next(parts)
    process = parts.gi_frame.f_locals["child"]._process
    parts.close()
    assert process.returncode is not None


def test_a_refusal_comes_back_with_its_details(reader):
    found = refusal(reader.read, FILES["a.pdf"], "word", "a.docx")
    assert (found.reason, found.details) == ("other_type", {"said": "word", "found": "pdf"})
    assert str(found) == str(refusal(read_file, FILES["a.pdf"], "a.docx"))
    parts = reader.parts(b'a,b\n"', "csv", "a.csv")
    assert refusal(list, parts).details == {"row": "2", "why": "quote"}


def test_one_child_serves_many_jobs(reader):
    reader.read(TEXT, "text", "a.txt")
    first = pid(reader)
    with suppress(UnreadableFile):
        reader.read(b"\x00", "text", "a.txt")
    assert reader.read(TEXT, "text", "a.txt").text == TEXT.decode()
    assert pid(reader) == first


def test_a_child_ends_after_its_jobs_and_after_too_much_memory(monkeypatch):
    with Reader() as reader:
        monkeypatch.setattr(child, "JOBS", 2)
        reader.read(TEXT, "text", "a.txt")
        assert is_running(reader)
        reader.read(TEXT, "text", "a.txt")
        assert not is_running(reader)
        monkeypatch.setattr(child, "MEMORY", 1)
        assert reader.read(TEXT, "text", "a.txt").text == TEXT.decode()
        assert not is_running(reader)


def test_the_memory_of_who_starts_a_child_is_not_the_childs(monkeypatch):
    monkeypatch.setattr(child, "MEMORY", 150 * 1024**2)
    bytearray(b"x" * 200 * 1024**2)  # the kernel's peak of this process is above it from now on
    with Reader() as reader:
        reader.read(TEXT, "text", "a.txt")
        assert is_running(reader)


def test_a_child_that_takes_too_long_is_killed():
    with Reader(seconds=0.001) as reader:
        assert refusal(reader.read, TEXT, "text", "a.txt").reason == "too_slow"
        assert refusal(list, reader.parts(CSV, "csv")).reason == "too_slow"
        reader._seconds = 20
        assert reader.read(TEXT, "text", "a.txt").text == TEXT.decode()


@pytest.mark.parametrize("said", [b"", b"no json\n", b"[]\n", b'{"size": -1}\n', b'{"size": 9}\nx'])
def test_a_child_that_dies_or_talks_nonsense_is_too_slow(said, monkeypatch):
    def start(_command, **options):
        script = f"import os; os.read(0, 99); os.write(1, {said!r})"
        return subprocess_start([sys.executable, "-c", script], **options)

    subprocess_start = subprocess.Popen
    monkeypatch.setattr("subprocess.Popen", start)
    with Reader() as reader:
        assert refusal(reader.read, TEXT, "text", "a.txt").reason == "too_slow"


def test_the_child_inherits_no_secrets(monkeypatch):
    monkeypatch.setenv("PARALLAX_SECRET_KEY", "secret")
    started = []

    def start(*args, **options):
        started.append(options["env"])
        raise OSError("not started")

    monkeypatch.setattr("subprocess.Popen", start)
    with pytest.raises(OSError, match="not started"), Reader() as reader:
        reader.read(b"text", "text")
    assert started == [{"PATH": os.environ["PATH"]}]


HOSTILE = {
    "a socket": "import socket; socket.socket()",
    "a name on the net": "import socket; socket.getaddrinfo('a.example', 80)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "os.system('true')",
    "a fork": "os.fork()",
    "a file to write": "open('stolen', 'w')",
    "a low-level write": "os.open('stolen', os.O_WRONLY | os.O_CREAT)",
    "a secret to read": "open('/etc/passwd').read()",
    "the settings": "open('.env').read()",
    "a file to remove": "os.remove('README.md')",
    "a signal": "os.kill(os.getppid(), 0)",
    "a page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
}
# The child as it is, with one reader that does whatever a file says.
INSIDE = """
import os
from reader.ingest import child_jobs
from reader.ingest.refusals import Refused

def read_file(data, *given, **named):
    try:
        exec(data)
    except PermissionError:
        raise Refused("encrypted") from None

child_jobs.read_file = read_file
child_jobs.main()
"""


def test_a_parser_gone_wild_is_refused_by_the_child():
    job = {"job": "read", "kind": None, "name": "", "address": "", "charset": "", "mapping": None}
    scripts = [script.encode() for script in HOSTILE.values()]
    memory = b"bytearray(2 * 1024**3)"
    done = subprocess.run(
        [sys.executable, "-s", "-B", "-c", INSIDE],
        input=b"".join(framed(job, script) + script for script in [*scripts, memory]),
        capture_output=True,
        cwd=child._ROOT,
        env={},
        check=False,
        timeout=60,
    )
    answers = [json.loads(line).get("refused") for line in done.stdout.splitlines()]
    assert dict(zip(HOSTILE, answers, strict=True)) == dict.fromkeys(HOSTILE, "encrypted")
    assert done.returncode == 1
    assert not (child._ROOT / "stolen").exists()


def test_reading_modules_and_zones_is_allowed():
    _watch("open", (os.__file__, "rb", os.O_RDONLY))
    _watch("open", ("/usr/share/zoneinfo/UTC", "rb", os.O_RDONLY))
    _watch("import", ("json", None, None, None, None))
    with pytest.raises(PermissionError):
        _watch("open", ("/usr/share/zoneinfo/../../../etc/passwd", "rb", os.O_RDONLY))


def test_the_child_starts_no_threads(reader):
    """An ordinary user's child may not: its library would end it."""
    for name, data in TABLES.items():
        reader.heads(data, None, name)
    for name, data in FILES.items():
        reader.read(data, None, name)
    assert len(os.listdir(f"/proc/{pid(reader)}/task")) == 1


def test_memory_stays_flat_over_many_files(reader):
    """Each child is measured by what it says it took at the most."""
    names = sorted(FILES)
    for number in range(30):
        reader.read(FILES[names[number % len(names)]], None, names[number % len(names)])
    first = resident(pid(reader))
    for number in range(90):
        reader.read(FILES[names[number % len(names)]], None, names[number % len(names)])
    assert resident(pid(reader)) < first * 1.2


def resident(number):
    """The megabytes that a process holds now."""
    with open(f"/proc/{number}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2

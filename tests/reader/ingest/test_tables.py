"""Tables: encodings, dialects, rows one after another, and errors that name the row."""

import io
import re
import tracemalloc
import zipfile
from datetime import datetime

import pytest

from reader.ingest.parts import parts_of
from reader.ingest.refusals import Refused
from reader.ingest.tables import guess_mapping, read_row, read_table, row_article
from tests.reader.ingest import made

TEXT = "The ferry sank off Calvera on Monday, and 14 people died."


def rows(data, name="a.csv"):
    return [dict(row.cells) for row in read_table(data, name=name).rows]


def refusal(data, name="a.csv"):
    with pytest.raises(Refused) as refused:
        rows(data, name)
    return refused.value


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'a,b\n1,"x, y"\n', "a.csv"),
        (b'a;b\r\n1;"x, y"\r\n', "a.csv"),
        (b"a\tb\n1\tx, y\n", "a.csv"),
        (b"a|b\n1|x, y\n", "a.csv"),
        (b"a\tb\n1\tx, y\n", "a.tsv"),
        (b"\xef\xbb\xbfa,b\n1,\"x, y\"\n", "a.csv"),
        ("a;b\n1;x, y\n".encode("utf-16"), "a.csv"),
        (b"\n\na,b\n\n1,\"x, y\"\n,\n", "a.csv"),
        (made.xlsx([["a", "b"], [], [1, "x, y"], [None, ""]]), "a.xlsx"),
        (b'{"a": 1, "b": "x, y"}\n\n', "a.jsonl"),
        (b'\xef\xbb\xbf{"b": "x, y", "a": "1", "c": null}\r\n', "a.jsonl"),
    ],
)  # fmt: skip
def test_rows_of_every_dialect(data, name):
    (row,) = rows(data, name)
    assert {head: row[head] for head in "ab"} == {"a": "1", "b": "x, y"}


def test_quoted_cells_keep_their_newlines_and_quotation_marks():
    data = b'title,text\nA,"One ""x"",\ntwo\n\nthree"\nB,b\n'
    assert [row["text"] for row in rows(data)] == ['One "x",\ntwo\n\nthree', "b"]


def test_column_names_differ_and_none_is_empty():
    table = read_table(b"a,,a, \n1,2,3,\n", name="a.csv")
    assert table.heads == ("a", "column 2", "a (2)")
    assert list(next(table.rows).cells.values()) == ["1", "2", "3"]


def test_letters_of_an_old_table_are_guessed_and_the_rows_say_so():
    lines = [f"{word};{word} says the café owner déjà vu à Genève" for word in ("Müller", "Zoé")]
    data = ("title;text\nplain;plain\n" + "\n".join(lines)).encode("cp1252")
    found = list(parts_of(data, "a.csv"))
    assert "Müller says the café" in found[1].data.decode()
    assert [part.warnings for part in found] == [(), ("guessed_encoding",), ("guessed_encoding",)]


def test_dates_and_numbers_of_an_excel_table_are_as_a_person_reads_them():
    row = [datetime(2025, 3, 12), datetime(2025, 3, 12, 6, 40), 12.0, True]  # noqa: DTZ001 - as Excel
    (cells,) = rows(made.xlsx([["a", "b", "c", "d"], row]), "a.xlsx")
    assert list(cells.values()) == ["2025-03-12", "2025-03-12T06:40:00", "12", "True"]


def test_a_row_that_does_not_fit_is_named_and_the_others_are_read():
    data = b"a,b\n1,2\n1,2,3\n4,5,\n6\n"
    parts = [(part.name, part.problem) for part in parts_of(data, "a.csv")]
    assert parts == [("2", ""), ("3", "bad_row"), ("4", ""), ("5", "")]
    lines = b'{"a": 1}\n{"a": \n[1]\n{"a": 2}\n' + b"[" * 50_000
    parts = [(part.name, part.problem) for part in parts_of(lines, "a.jsonl")]
    assert parts == [("1", ""), ("2", "bad_row"), ("3", "bad_row"), ("4", ""), ("5", "bad_row")]


def test_what_no_database_takes_is_left_out_of_cells_and_heads():
    data = rb'{"te\u0000xt\ud800": "A ferry\u0000 sank\ud800.", "n": {"\ud800": "\u0000"}}'
    assert rows(data, "a.jsonl") == [{"text": "A ferry sank.", "n": '{"": "\\u0000"}'}]


@pytest.mark.parametrize(
    ("data", "name", "reason", "words"),
    [
        (b'a,b\n1,2\n3,"open\n4,5\n6,7', "a.csv", "bad_row", "row 3 .* not closed"),
        (b'a,b\n1,2\n3,"x"y\n', "a.csv", "bad_row", "row 3"),
        (b"a,b\n1," + b"x" * (2 * 1024**2 + 1), "a.csv", "bad_row", "row 2 .* 2 MB"),
        (b"[1]\n", "a.jsonl", "bad_row", "row 1 .* JSON"),
        (b"\n\n , \n", "a.csv", "no_columns", "column names"),
        (b"{}\n", "a.jsonl", "bad_row", "row 1"),
        (b"a,b\n\x00", "a.csv", "binary", ""),
        (b"", "a.csv", "empty", ""),
        (made.xlsx([]), "a.xlsx", "no_columns", ""),
        (made.zipped({"xl/workbook.xml": "<a/>"}), "a.xlsx", "broken", ""),
        (made.zipped({"xl/workbook.xml": "<!DOCTYPE a><a/>"}), "a.xlsx", "unsafe_xml", ""),
        (made.docx(""), "a.docx", "unsupported", ""),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_why(data, name, reason, words):
    found = refusal(data, name)
    assert found.reason == reason
    assert not words or re.search(words, found.sentence)


def sheet(cells):
    """An Excel table whose sheet is this XML."""
    with zipfile.ZipFile(io.BytesIO(made.xlsx([["a"]]))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    markup = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    return made.zipped({**members, "xl/worksheets/sheet1.xml": markup})


def cell(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def test_a_sheet_that_is_a_million_rows_of_nothing_is_not_walked():
    row = f'<row r="1">{cell("A1", "a")}</row><row r="2">{cell("A2", "x")}</row>'
    last = f'<row r="1048576">{cell("XFD1048576", "end")}</row>'
    assert rows(sheet(row + last), "a.xlsx") == [{"a": "x"}]
    painted = "".join(f'<row r="{number}"/>' for number in range(3, 60_000))
    assert rows(sheet(row + painted), "a.xlsx") == [{"a": "x"}]


def test_a_column_far_to_the_right_is_left_out():
    row = f'<row r="1">{cell("A1", "a")}{cell("XFD1", "b")}</row>'
    assert read_table(sheet(row), name="a.xlsx").heads == ("a",)


def test_thousands_of_rows_take_no_memory_of_their_own():
    data = b"title,text\n" + b"".join(b"%d,%s\n" % (n, b"x" * 1000) for n in range(5_000))
    table = read_table(data, name="a.csv")
    next(table.rows)
    tracemalloc.start()
    assert sum(1 for _row in table.rows) == 4_999
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_too_many_rows_are_refused_at_the_row(monkeypatch):
    monkeypatch.setattr("reader.ingest.tables.MAX_ROWS", 3)
    found = refusal(b"a\n1\n2\n3\n4\n")
    assert (found.reason, found.details["row"]) == ("bad_row", "5")


def test_columns_are_recognised_by_their_names():
    heads = ["ID", "Headline", "Outlet", "Pub_Date", "URL", "Full Text", "Author"]
    assert guess_mapping(heads) == {
        "source": "Outlet",
        "title": "Headline",
        "byline": "Author",
        "published": "Pub_Date",
        "text": "Full Text",
        "address": "URL",
    }
    assert guess_mapping(["x", "y"]) == {}


@pytest.mark.parametrize(
    ("heads", "held"),
    [
        (["When", "Outlet", "Headline", "Story text"], ["published", "source", "title", "text"]),
        (["Date", "Publisher", "Title", "Body"], ["published", "source", "title", "text"]),
        (["Time", "Link", "Story"], ["published", "address", "text"]),
        (
            ["PUB. DATE:", "Perma-link", "Permalink", "article_text"],
            ["published", "address", "text"],
        ),
        (["Article", "Body", "Date/Time", "Time"], ["text", "published"]),
        (["Timestamp", "Time", "Body"], ["published", "text"]),
        (["Date", "Time", "Body"], ["published", "time", "text"]),
        (["Time", "Pub. Date", "Body"], ["published", "time", "text"]),
        (["Published", "Time of day", "Body"], ["published", "time", "text"]),
    ],
)
def test_columns_are_known_by_the_names_that_newsrooms_give_them(heads, held):
    assert sorted(guess_mapping(heads)) == sorted(held)


def test_of_two_columns_the_one_that_says_more_is_taken():
    heads = ["Article", "Body", "Time", "Date/Time"]
    assert guess_mapping(heads) == {"text": "Body", "published": "Date/Time"}


def test_a_row_may_say_its_time_as_people_write_it_but_not_so_that_it_means_two_days():
    mapping = {"text": "B", "published": "D"}
    article = row_article({"B": TEXT, "D": "23/10/2024 18:30"}, mapping, "2")
    assert article.published is not None
    assert article.published.as_text() == "2024-10-23T18:30:00"
    unclear = row_article({"B": TEXT, "D": "03/04/2024"}, mapping, "2")
    assert (unclear.published, unclear.warnings) == (None, ("unread_time",))


@pytest.mark.parametrize("heads", [["Date", "Time"], ["Time", "Date"]])
@pytest.mark.parametrize(
    ("clock", "read"),
    [
        ("18:30", "2024-10-23T18:30:00"),
        ("6:30 PM", "2024-10-23T18:30:00"),
        ("12:05 a.m.", "2024-10-23T00:05:00"),
        ("", "2024-10-23"),
    ],
)
def test_a_time_in_a_column_of_its_own_joins_its_day_whichever_stands_first(heads, clock, read):
    cells = {"Date": "23/10/2024", "Time": clock}
    row = {**{head: cells[head] for head in heads}, "Body": TEXT}
    mapping = guess_mapping(list(row))
    assert mapping == {"published": "Date", "time": "Time", "text": "Body"}
    article = row_article(row, mapping, "2")
    assert article.published is not None
    assert (article.published.as_text(), article.warnings) == (read, ())


def test_a_time_beside_a_whole_one_changes_nothing_and_an_unread_one_leaves_the_day():
    mapping = {"text": "B", "published": "D", "time": "T"}
    whole = row_article({"B": TEXT, "D": "2024-10-23 18:30", "T": "07:00"}, mapping, "2")
    assert whole.published is not None
    assert whole.published.as_text() == "2024-10-23T18:30:00"
    unclear = row_article({"B": TEXT, "D": "2024-10-23", "T": "noonish"}, mapping, "2")
    assert unclear.published is not None
    assert (unclear.published.as_text(), unclear.warnings) == ("2024-10-23", ("unread_time",))
    assert row_article({"B": TEXT, "T": "07:00"}, mapping, "2").published is None


MAPPING = {"title": "T", "text": "B", "published": "D", "source": "S", "address": "U"}


def test_a_row_is_an_article_whose_facts_come_from_columns():
    row = {"T": "Ferry sinks", "B": TEXT, "D": "2025-03-12", "S": "Courier", "U": "https://a.example/",
           "N": "desk note"}  # fmt: skip
    article = row_article(row, MAPPING, "2")
    assert (article.title, article.source, article.text) == ("Ferry sinks", "Courier", TEXT)
    assert article.published is not None
    assert set(article.found_in.values()) == {"column"}
    assert [article.original[start:end] for start, end in article.cuts] == [
        "T: Ferry sinks\nD: 2025-03-12\nS: Courier\nU: https://a.example/\nN: desk note"
    ]


def test_what_a_row_does_not_say_is_guessed_or_left_open():
    article = row_article({"B": TEXT, "D": "soon", "U": "javascript:1"}, MAPPING, "2")
    assert article.found_in == {"title": "guess"}
    assert TEXT.startswith(article.title)
    assert (article.published, article.address, article.warnings) == (None, "", ("unread_time",))


def test_markup_of_a_row_goes_before_its_plain_text():
    row = {"h": "<p>One <script>x</script>two.</p>", "t": "Other."}
    assert row_article(row, {"html": "h", "text": "t"}).body_html == "<p>One two.</p>"


def test_a_row_without_text_is_refused_by_its_number():
    with pytest.raises(Refused, match="row 7 holds no text"):
        row_article({"T": "Title"}, MAPPING, "7")


def test_rows_come_as_documents_of_their_own():
    (part,) = parts_of(b"title,body\nA,Text here.\n", "a.csv")
    assert (part.name, part.data) == ("2", b'{"title": "A", "body": "Text here."}')
    article = read_row(part.data, {"title": "title", "text": "body"}, "a.csv, row 2")
    assert (article.title, article.text, article.raw) == ("A", "Text here.", part.data)
    assert article.content_type == "application/json"


def test_a_word_document_has_no_parts():
    with pytest.raises(Refused) as refused:
        list(parts_of(made.docx(""), "a.docx"))
    assert refused.value.reason == "unsupported"

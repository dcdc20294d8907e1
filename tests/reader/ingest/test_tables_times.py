"""Times as people write them into tables, and those that nobody can tell."""

import pytest

from reader.ingest.tables_times import cell_time, day_at


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-10-23", "2024-10-23"),
        ("2024-10-23T18:10+02:00", "2024-10-23T18:10:00+02:00"),
        ("23/10/2024", "2024-10-23"),
        ("10/23/2024", "2024-10-23"),
        ("4/4/2024", "2024-04-04"),
        ("03.04.2024", "2024-04-03"),
        ("23-10-2024", "2024-10-23"),
        ("23/10/2024 18:30", "2024-10-23T18:30:00"),
        ("10/23/2024, 6:30:10 PM", "2024-10-23T18:30:00"),
        ("23.10.2024 18.30", "2024-10-23T18:30:00"),
        ("Oct. 23, 2024", "2024-10-23"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("3rd May 2024", "2024-05-03"),
        ("23 October 2024 12:05 a.m.", "2024-10-23T00:05:00"),
        ("October 23, 2024 at 6.30 pm", "2024-10-23T18:30:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(text, read):
    assert cell_time(text).as_text() == read


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024",
        "13/13/2024",
        "31/02/2024",
        "1/2/24",
        "yesterday",
        "23/10/2024 25:00",
        "23/10/2024 13:00 pm",
        "23/10/0024",
        "",
        "23/10/2024 " * 6,
    ],
)
def test_what_may_mean_two_days_or_none_is_not_read(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds, which nobody is shown
        cell_time(text)


@pytest.mark.parametrize(
    ("clock", "read"),
    [
        ("18:30:10", "2024-10-23T18:30:00"),
        ("18:30+02:00", "2024-10-23T18:30:00+02:00"),
        ("18:30 Z", "2024-10-23T18:30:00+00:00"),
        ("6.30 pm", "2024-10-23T18:30:00"),
        ("12 AM", "2024-10-23T00:00:00"),
        ("9:05", "2024-10-23T09:05:00"),
        ("1830", "2024-10-23T18:30:00"),
        ("23/10/2024 07:00", "2024-10-23T07:00:00"),
    ],
)
def test_a_time_of_day_is_joined_to_its_day(clock, read):
    assert day_at(cell_time("23/10/2024"), clock).as_text() == read


@pytest.mark.parametrize("clock", ["25:00", "13 pm", "0:30 am", "6", "18:30 CET", "2024-10-23"])
def test_what_is_no_time_of_day_is_not_joined(clock):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds, which nobody is shown
        day_at(cell_time("23/10/2024"), clock)

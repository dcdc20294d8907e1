from datetime import UTC, datetime

import pytest

from reader.ingest.times import parse_published


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2024-10-23", "2024-10-22T15:00", "day"),
        ("23 October 2024", "2024-10-22T15:00", "day"),
        ("Oct 23, 2024", "2024-10-22T15:00", "day"),
        ("2024-10-23T18:10:59-04:00", "2024-10-23T22:10", "minute"),
        ("2024-10-23 18:10Z", "2024-10-23T18:10", "minute"),
        ("2024-10-23T18:10", "2024-10-23T09:10", "minute"),
        ("Wed, 23 Oct 2024 18:10:00 +0200", "2024-10-23T16:10", "minute"),
        ("  2024-10-23T18:10+05:45 ", "2024-10-23T12:25", "minute"),
    ],
)
def test_days_and_times(text, moment, precision):
    published = parse_published(text)
    assert published.moment("Asia/Tokyo") == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert published.precision == precision
    assert parse_published(published.as_text()) == published


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-13-01",
        "20241301",
        "10/23/2024",
        "23 October 2024 6:30 p.m.",
        "Wed, 23 Oct 2024 06:30PM",
        "0001-01-01",
        "9999-12-31T23:59-12:00",
        "1" * 5000,
    ],
)
def test_anything_else_is_refused_in_one_short_line(text):
    with pytest.raises(ValueError, match="a day like 2024-10-23") as refusal:
        parse_published(text)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("text", "is_ahead"),
    [
        ("2024-10-23", False),
        ("2024-10-24", False),  # begins in 23 hours in Tokyo
        ("2024-10-25", True),
        ("2024-10-23T18:00+02:00", False),
        ("2024-10-23T18:01+02:00", True),
        ("2024-10-24T01:00", False),
        ("2024-10-24T01:01", True),
    ],
)
def test_more_than_a_day_after_now_is_ahead(text, is_ahead):
    now = datetime(2024, 10, 22, 16, tzinfo=UTC)
    assert parse_published(text).is_ahead(now, "Asia/Tokyo") is is_ahead

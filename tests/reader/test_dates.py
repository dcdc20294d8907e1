"""Days in the manner of the language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from reader.dates import date_format, day_of_month, days, moment, short_days

DAY = date(2024, 10, 3)


@pytest.mark.parametrize(
    ("language", "pattern", "said"),
    [
        ("en", "j F Y", "3 October 2024"),
        ("de", "j F Y", "3. Oktober 2024"),
        ("de", "D j M", "Do 3. Okt"),
        ("de", "Y-m-d", "2024-10-03"),
    ],
)
def test_a_day_is_joined_to_its_month_as_the_language_does(
    language: str, pattern: str, said: str
) -> None:
    with translation.override(language):
        assert date_format(DAY, pattern) == said
        filled = Template(f'{{{{ day|date:"{pattern}" }}}}').render(Context({"day": DAY}))
        assert filled == said


def test_the_filter_keeps_what_django_knows_besides() -> None:
    assert Template("{{ day|date }}").render(Context({"day": DAY})) == "Oct. 3, 2024"
    assert Template('{{ day|date:"j M" }}').render(Context({"day": None})) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        (DAY, DAY, "3 Oct 2024"),
        (DAY, None, "since 3 Oct 2024"),
        (None, DAY, "by 3 Oct 2024"),
        (DAY, date(2024, 10, 5), "3 Oct 2024 to 5 Oct 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "1 Feb 2024 to 28 Feb 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 1, 1), date(2024, 2, 29), "1 Jan 2024 to 29 Feb 2024"),
        (date(2023, 10, 1), date(2024, 10, 31), "1 Oct 2023 to 31 Oct 2024"),
    ],
)
def test_a_stretch_of_days_has_its_years(first: date | None, last: date | None, said: str) -> None:
    assert days(first, last) == said


@pytest.mark.parametrize(
    ("first", "last", "said", "in_german"),
    [
        (DAY, DAY, "3 Oct", "3. Okt"),
        (DAY, date(2024, 10, 5), "3 to 5 Oct", "3. bis 5. Okt"),
        (DAY, date(2024, 11, 5), "3 Oct to 5 Nov", "3. Okt bis 5. Nov"),
        (DAY, date(2025, 10, 5), "3 Oct to 5 Oct", "3. Okt bis 5. Okt"),
        (DAY, None, "since 3 Oct", "seit 3. Okt"),
        (None, DAY, "by 3 Oct", "bis 3. Okt"),
        (None, None, "", ""),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024", "Februar 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024", "2024"),
    ],
)
def test_a_short_stretch_names_a_month_once_in_the_manner_of_the_language(
    first: date | None, last: date | None, said: str, in_german: str
) -> None:
    assert short_days(first, last) == said
    with translation.override("de"):
        assert short_days(first, last) == in_german


def test_a_moment_names_its_zone() -> None:
    at = datetime(2024, 10, 3, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert moment(at) == "3 Oct 2024, 09:05 CEST"
    with translation.override("de"):
        assert moment(at) == "3. Okt 2024, 09:05 CEST"
        assert (day_of_month(DAY), days(DAY, None)) == ("3.", "seit 3. Okt 2024")
    assert day_of_month(DAY) == "3"

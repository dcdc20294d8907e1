"""Days in the manner of the language."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from reader.dates import date_format

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

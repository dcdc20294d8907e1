"""Hostile markup through every format: nothing outside the allow-list is left of it."""

import random

import pytest

from tests.hostile import WAYS, bodies
from tests.reader.ingest.harmless import assert_harmless
from tests.testdata import load_data

SAMPLE = 25  # of each suite; `make soak` takes all of it


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("suite", ["xss.json", "html_parser.json"])
def test_nothing_hostile_is_left_by_any_format(way, suite):
    payloads = [case["payload"] for case in load_data(suite)]
    read = 0
    for payload in random.Random(5).sample(payloads, SAMPLE):
        for body in bodies(way, payload):
            assert_harmless(body)
            read += 1
    assert read >= SAMPLE // 2


def test_a_link_of_a_document_keeps_only_a_full_web_address():
    for way in ("word.docx", "text.odt"):
        assert 'href="https://a.example/"' in next(bodies(way, "https://a.example/"))
        assert "href" not in next(bodies(way, "javascript:alert(1)"))

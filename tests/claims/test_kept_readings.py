"""What one comparison read of a text, the next one does not read again."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from django.db import connection

from claims.engine import single, vectors
from claims.engine.readings import Report
from claims.engine.settings import Settings
from claims.engine.vectors import Encoded
from claims.models import Alias, Claim, KeptReading, Point
from claims.services.comparing import compare_story, request_comparison
from reader.models import Article, Story
from tests import factories
from tests.plain_sql import refused, run

pytestmark = pytest.mark.django_db

FERRY = "The coast guard said that 40 people were rescued from the ferry on Monday."
TOLL = "About 60 people were rescued from the ferry, the coast guard said on Monday."
OTHER = "The orchestra has named a conductor. She will open its season with a symphony in May."


class Letters:
    """A model that knows letters, and remembers what it was asked."""

    name = "letters"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Each character is a token; its vector says which one."""
        self.asked += texts
        return [_encoded(text) for text in texts]


def _encoded(text: str) -> Encoded:
    tokens = np.array([[np.sin(ord(c) * n) for n in range(1, 9)] for c in text], dtype=np.float32)
    mean = tokens.mean(axis=0)
    places = [(at, at + 1) for at in range(len(text))]
    return Encoded(
        sentence=mean / np.linalg.norm(mean), tokens=tokens, offsets=np.array(places, np.int64)
    )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """The model of every comparison."""
    letters = Letters()
    monkeypatch.setattr(vectors, "load", lambda: letters)
    return letters


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, model: Letters) -> list[str]:
    """The texts that were read, in order."""
    texts: list[str] = []
    original = single.read

    def reading(report: Report) -> single.Single:
        texts.append(report.text)
        return original(report)

    monkeypatch.setattr(single, "read", reading)
    return texts


def story_of(*texts: str) -> Story:
    story = factories.make_story()
    for text in texts:
        factories.make_article(story, text)
    request_comparison(story.pk)
    compare_story(story.pk)
    return story


def compare_again(story: Story) -> None:
    request_comparison(story.pk)
    compare_story(story.pk)


def lying(table: str) -> set[tuple[int, str, str]]:
    """Where each row lies and who wrote it: any write shows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, ctid::text, xmin::text FROM {table}")
        return set(cursor.fetchall())


def test_a_new_report_is_the_only_one_that_is_read_and_encoded(
    read: list[str], model: Letters
) -> None:
    story = story_of(FERRY, TOLL)
    read.clear()
    model.asked.clear()
    factories.make_article(story, OTHER)
    compare_again(story)
    assert read == [OTHER]
    assert model.asked == sorted(OTHER.replace("r. S", "r.\nS").split("\n"))


def test_what_was_kept_compares_like_what_is_read(model: Letters) -> None:
    story = story_of(FERRY, TOLL)
    found = list(Point.objects.values_list("pk", "label", "verdict", "row_version"))
    assert found
    before = lying("claims_claim") | lying("claims_point") | lying("claims_counterpart")
    compare_again(story)
    KeptReading.objects.all().delete()
    compare_again(story)
    assert list(Point.objects.values_list("pk", "label", "verdict", "row_version")) == found
    assert lying("claims_claim") | lying("claims_point") | lying("claims_counterpart") == before


def test_an_unrelated_report_leaves_the_rows_of_other_points_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "load", lambda: None)
    story = story_of(FERRY, TOLL)
    assert Point.objects.count() == 1
    points, claims = lying("claims_point"), lying("claims_claim")
    flags = lying("claims_discrepancy")
    factories.make_article(story, OTHER)
    compare_again(story)
    assert Claim.objects.filter(article_version__text=OTHER).exists()
    assert lying("claims_point") == points
    assert lying("claims_claim") > claims
    assert flags
    assert lying("claims_discrepancy") == flags


@pytest.mark.parametrize("column", ["body", "vectors"])
@pytest.mark.parametrize("held", [b"", b"\x00" * 40, b"cut"])
def test_what_cannot_be_unpacked_is_read_anew(
    read: list[str], model: Letters, column: str, held: bytes
) -> None:
    story = story_of(FERRY, TOLL)
    whole = set(KeptReading.objects.values_list("version", "body", "vectors"))
    KeptReading.objects.update(**{column: held})
    read.clear()
    model.asked.clear()
    compare_again(story)
    assert sorted(read) == (sorted([FERRY, TOLL]) if column == "body" else [])
    assert model.asked == sorted([FERRY, TOLL])
    assert {(v, bytes(b), bytes(w)) for v, b, w in whole} == {
        (v, bytes(b), bytes(w))
        for v, b, w in KeptReading.objects.values_list("version", "body", "vectors")
    }


def test_another_engine_reads_anew(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    story = story_of(FERRY)
    read.clear()
    monkeypatch.setattr(single, "VERSION", "another")
    compare_again(story)
    assert read == [FERRY]


def test_other_names_of_actors_are_read_anew(read: list[str]) -> None:
    story = story_of(FERRY)
    read.clear()
    Alias.objects.create(
        desk=story.desk, name="The guard", canonical="Coast Guard", kind="institution"
    )
    compare_again(story)
    assert read == [FERRY]


def test_the_reading_of_a_replaced_text_is_forgotten(model: Letters) -> None:
    story = story_of(FERRY, TOLL)
    factories.make_version(Article.objects.order_by("pk")[0], OTHER)
    compare_again(story)
    assert set(KeptReading.objects.values_list("version__text", flat=True)) == {OTHER, TOLL}


def test_the_reading_goes_when_its_text_is_erased(model: Letters) -> None:
    story_of(FERRY, TOLL)
    row = KeptReading.objects.get(version__text=FERRY)
    version = row.version_id
    run("SELECT set_config('parallax.erasure', 'on', true)")
    run("UPDATE reader_articleversion SET text = '', erased_at = now() WHERE id = %s", version)
    assert set(KeptReading.objects.values_list("version__text", flat=True)) == {TOLL}
    KeptReading(story=row.story, version_id=version, key=row.key, body=row.body).save(
        force_insert=True
    )
    assert not KeptReading.objects.filter(version=version).exists()


def test_the_key_rests_on_all_that_is_read() -> None:
    report = Report(id="a", source="s", title="t", published=None, text=FERRY)
    others = [replace(report, **change) for change in ({"text": TOLL}, {"title": "u"})]  # type: ignore[arg-type]
    keys = {single.key(one, Settings()) for one in (report, *others)}
    assert len(keys) == 3
    assert single.key(report, Settings(holding_days=3)) in keys


def test_a_kept_reading_lies_in_its_versions_story() -> None:
    story_of(FERRY)
    refused(
        "UPDATE claims_keptreading SET story_id = %s",
        factories.make_story().pk,
        match="kept_reading_version_in_story",
    )

"""Bodies that are too large, or of unknown length, are refused before anything reads them."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/sign-in/"


def test_a_body_in_chunks_is_asked_for_its_length(client: Client) -> None:
    chunked = client.post(ADDRESS, headers={"Transfer-Encoding": "chunked"})
    assert (chunked.status_code, chunked.text) == (411, "The request must state its length.")


@pytest.mark.parametrize(
    ("above", "status"), [(0, 200), (1, 413), (10**30, 413)], ids=["at", "above", "absurd"]
)
def test_a_body_is_judged_by_the_length_that_it_states(
    client: Client, above: int, status: int
) -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE is not None
    stated = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + above)
    form = "application/x-www-form-urlencoded"
    body = b"x" * int(stated) if above == 0 else b""
    answer = client.generic("POST", ADDRESS, body, form, CONTENT_LENGTH=stated)
    assert answer.status_code == status


@pytest.mark.parametrize("stated", ["-1", "many", "1e3"])
def test_a_length_that_is_no_number_is_refused(client: Client, stated: str) -> None:
    assert client.get(ADDRESS, CONTENT_LENGTH=stated).status_code == 413


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed-in", "stranger"])
def test_the_import_form_alone_takes_more_and_only_from_people(
    client: Client, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(factories.make_member(factories.make_desk(), Role.ADMIN))
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE is not None
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answers = [
        client.post(address, {"uploads": SimpleUploadedFile("a.txt", b"x" * size)}).status_code
        for address in ("/import/", "/new-story/")
    ]
    assert answers == ([422, 413] if signed_in else [413, 413])
    far_above = str(settings.IMPORT_UPLOAD_MAX + 1)
    assert client.post("/import/", CONTENT_LENGTH=far_above).status_code == 413

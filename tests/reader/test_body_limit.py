"""Bodies that are too large, or of unknown length, are refused before anything reads them."""

import pytest
from django.conf import settings
from django.test import Client

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

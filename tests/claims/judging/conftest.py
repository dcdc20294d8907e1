"""A configured model, its server, and pairs to ask about."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from claims.judging.options import Options, configured
from tests.claims.judging.model_server import ModelServer, serving


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server that answers every question well."""
    with serving(ModelServer()) as running:
        yield running


@pytest.fixture
def options(server: ModelServer, settings: Settings) -> Options:
    """The server as the configured model."""
    settings.JUDGE_URL, settings.JUDGE_MODEL = server.url, "tested-model"
    settings.JUDGE_TIMEOUT = 5
    found = configured()
    assert found is not None  # an address is set
    return found

"""A data folder of each test's own, in which a server may be started, killed and stopped."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import localpg
from config.localpg import places


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that any user can reach, without a server when the test is over."""
    # not tmp_path, whose parents are closed to other users
    folder = Path(tempfile.mkdtemp(prefix="parallax-test-", dir=places.TEMPORARY))
    folder.chmod(0o755)
    yield folder
    localpg.stop(folder)
    shutil.rmtree(places.socket_folder(folder), ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds manage.py."""
    return places.CHECKOUT

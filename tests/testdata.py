"""The one way to other people's test data, which is not part of this repository.

`PARALLAX_TESTDATA` names its folder; unset, `../shared/testdata` beside the checkout is tried. A
test that asks for a file which is not there is skipped, and the run's last lines say how many were.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from claims.evaluation.suites import data_folder

REASON = "needs PARALLAX_TESTDATA"


def data_path(name: str) -> Path:
    """The path of one file or folder of the test data; skips the test (or module) without it."""
    path = data_folder() / name
    if not path.exists():
        pytest.skip(REASON, allow_module_level=True)
    return path


def load_data(name: str) -> Any:
    """The content of one JSON file of the test data; skips the test (or module) without it."""
    return json.loads(data_path(name).read_text(encoding="utf-8"))

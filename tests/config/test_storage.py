"""The stylesheet in production: one file that holds all its parts."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage

from config.storage import STYLESHEET, ModuleManifestStorage

PARTS = {
    STYLESHEET: '/* parts */\n@import url("one.css");\n@import url("two.css") print;\n',
    "css/one.css": '@font-face { src: url("../vendor/a.woff2"); }\n',
    "css/two.css": ".bar { display: none; }\n",
    "vendor/a.woff2": "font",
}


@pytest.fixture
def collected(tmp_path: Path, settings: LazySettings) -> ModuleManifestStorage:
    settings.DEBUG = False
    source = FileSystemStorage(tmp_path / "static")
    paths: dict[str, Any] = {}
    for name, text in PARTS.items():
        for folder in ("static", "collected"):
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        paths[name] = (source, name)
    storage = ModuleManifestStorage(tmp_path / "collected", "/static/")
    for name, _hashed, done in storage.post_process(paths):
        assert not isinstance(done, Exception), name
    return storage


def test_parts_stand_in_the_stylesheet_in_their_order(collected: ModuleManifestStorage) -> None:
    with collected.open(collected.stored_name(STYLESHEET)) as file:
        text = file.read().decode()
    font = collected.stored_name("vendor/a.woff2")
    assert text == (
        f'/* parts */\n@font-face {{ src: url("../{font}"); }}\n\n'
        "@media print {\n.bar { display: none; }\n}\n"
    )


def test_a_changed_part_changes_the_stylesheets_name(
    collected: ModuleManifestStorage, tmp_path: Path
) -> None:
    before = collected.stored_name(STYLESHEET)
    (tmp_path / "static/css/two.css").write_text(".bar { color: red; }\n")
    source = FileSystemStorage(tmp_path / "static")
    list(collected.post_process({name: (source, name) for name in PARTS}))
    assert collected.stored_name(STYLESHEET) != before

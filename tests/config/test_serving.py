"""The secret key that all processes of one data folder share."""

import subprocess
import sys
from pathlib import Path

import pytest

import manage
from config import env, serving


def test_key_is_kept_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret-key"
    key = serving._stored_key(path)
    assert len(key) >= 50
    assert serving._stored_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_serving_without_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARALLAX_SECRET_KEY", "PARALLAX_SECRET_KEY_FILE", "PARALLAX_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(env.BadSetting, match="PARALLAX_SECRET_KEY must be set"):
        serving.check_key()
    monkeypatch.setenv("PARALLAX_SECRET_KEY", "x" * 60)
    serving.check_key()


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("import_articles a.html --story x", True),
        ("migrate", True),
        ("import_articles --help", False),
        ("migrate -h", False),
        ("migrate --version", False),
        ("dbshell -- -h elsewhere", True),
        ("compare a.html b.html", False),
        ("", False),
    ],
)
def test_the_database_starts_only_for_what_uses_it(line: str, needed: bool) -> None:
    assert manage.needs_database(line.split()) is needed


def test_help_starts_no_server(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "data"))
    command = [sys.executable, "manage.py", "import_articles", "--help"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("usage:")
    assert not (tmp_path / "data").exists()


def test_bad_setting_ends_a_command_with_one_line(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_DEBUG", "perhaps")
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "PARALLAX_DEBUG must be True or False, not 'perhaps'.\n"

"""Settings from the environment: read strictly, refused by name."""

from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(
    ("value", "expected"),
    [("True", True), ("true", True), ("False", False), ("false", False), ("", False), (" ", False)],
)
def test_flag_reads_true_and_false(
    value: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    assert env.flag("PARALLAX_X") is expected


@pytest.mark.parametrize("value", ["yes", "1", "on", "Tru"])
def test_flag_refuses_anything_else_and_names_it(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    with pytest.raises(env.BadSetting, match="PARALLAX_X must be True or False"):
        env.flag("PARALLAX_X")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        (" https://model.example/base ", "https://model.example/base"),
    ],
)
def test_the_address_of_a_server_is_read(
    value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    assert env.server("PARALLAX_X") == expected


@pytest.mark.parametrize(
    "value",
    [
        "http://model.example",
        "http://10.0.0.5:8080",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "file://localhost/etc/passwd",
    ],
)
def test_a_server_elsewhere_needs_https(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    with pytest.raises(env.BadSetting, match="PARALLAX_X must begin with https"):
        env.server("PARALLAX_X")


@pytest.mark.parametrize(
    "value",
    [
        "model.example",
        "https://",
        "https://name:word@model.example",
        "https://model.example?key=1",
        "https://model.example#part",
        "https://model.example:port",
        "https://model.example\\@elsewhere.example",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    with pytest.raises(env.BadSetting, match="PARALLAX_X must be the address of a server"):
        env.server("PARALLAX_X")


def test_words_drop_blanks_and_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_X", " a.example ,, b.example")
    assert env.words("PARALLAX_X") == ["a.example", "b.example"]


def test_secret_comes_from_a_file_where_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("PARALLAX_X", "from the variable")
    monkeypatch.setenv("PARALLAX_X_FILE", str(tmp_path / "key"))
    assert env.secret("PARALLAX_X") == "from the file"


def test_secret_file_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X_FILE", str(tmp_path / "none"))
    with pytest.raises(env.BadSetting, match=r"PARALLAX_X_FILE: .*none cannot be read"):
        env.secret("PARALLAX_X")


def test_number_and_choice_read_what_they_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARALLAX_X", raising=False)
    assert env.number("PARALLAX_X", 7) == 7
    assert env.choice("PARALLAX_X", ["first", "second"]) == "first"
    monkeypatch.setenv("PARALLAX_X", " 465 ")
    assert env.number("PARALLAX_X", 7) == 465
    monkeypatch.setenv("PARALLAX_X", "second")
    assert env.choice("PARALLAX_X", ["first", "second"]) == "second"


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "\u0663", "0x1"])
def test_number_refuses_anything_else_and_names_it(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_X", value)
    with pytest.raises(env.BadSetting, match="PARALLAX_X must be a whole number above 0"):
        env.number("PARALLAX_X", 7)


def test_choice_names_what_may_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_X", "third")
    with pytest.raises(env.BadSetting, match="PARALLAX_X must be one of first, second"):
        env.choice("PARALLAX_X", ["first", "second"])

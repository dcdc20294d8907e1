"""The measured tables go between the page's marks and touch nothing else."""

from pathlib import Path

import pytest

from claims.evaluation import quality


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    page = tmp_path / quality.PAGE
    page.parent.mkdir()
    page.write_text(f"Before.\n\n{quality.BEGIN}\nold\n{quality.END}\n\nAfter.\n", encoding="utf-8")
    return tmp_path


def test_only_the_measured_part_is_replaced(checkout: Path) -> None:
    quality.write(checkout, "| new |\n", "words alone")
    text = (checkout / quality.PAGE).read_text(encoding="utf-8")
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "| new |" in text
    assert "old" not in text
    assert "matched by words alone" in text


def test_outside_a_checkout_the_commit_is_unknown(checkout: Path) -> None:
    quality.write(checkout, "", "words alone")
    assert "commit unknown" in (checkout / quality.PAGE).read_text(encoding="utf-8")


def test_a_page_without_its_marks_is_refused(checkout: Path) -> None:
    (checkout / quality.PAGE).write_text("No marks.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no lines"):
        quality.write(checkout, "", "words alone")

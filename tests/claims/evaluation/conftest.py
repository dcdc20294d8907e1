"""A small labelled story on disk, as tests change it."""

from collections.abc import Callable
from pathlib import Path

import pytest

STORY = """
title = "A flood"
slug = "a-flood"
subject = "disaster"

[[reports]]
key = "a"
file = "a.txt"
source = "Agency"
published = "2025-03-02T10:00:00+00:00"
style = "agency flash"

[[reports]]
key = "b"
file = "b.txt"
source = "Local Post"
published = "2025-03-02T18:00:00+00:00"
style = "local paper"
"""
A = "Flood\n\nAt least 41 people were killed in Karsel, the rescue service said.\n"
B = "River\n\nPolice said 12 people were killed in Karsel. The mayor declined to comment.\n"
LABELS = """
[[claims]]
id = "a1"
quote = "At least 41 people were killed"
question = "deaths"
quantity = { low = "41", high = "", modifier = "at_least", unit = "people" }
speaker = "rescue service"
speaker_kind = "institution"
certainty = "attributed"

[[claims]]
id = "b1"
quote = "12 people were killed"
question = "deaths"
quantity = { low = "12", high = "12", unit = "people" }
speaker = "police"
speaker_kind = "institution"
certainty = "attributed"

[[claims]]
id = "b2"
quote = "The mayor declined to comment"
response = { actor = "mayor", act = "declined" }
certainty = "asserted"

[[questions]]
key = "deaths"
label = "People killed"
verdict = "conflict"

[[discrepancies]]
question = "deaths"
kind = "quantity"
severity = "high"
claims = ["a1", "b1"]
why = "41 or more against 12"
"""

WriteStory = Callable[..., Path]


@pytest.fixture
def write_story(tmp_path: Path) -> WriteStory:
    """Writes the story, with one text replaced in its labels, and gives its folder."""

    def write(old: str = "", new: str = "", *, half: str = "scored") -> Path:
        folder = tmp_path / half / "a-flood"
        folder.mkdir(parents=True)
        assert old in LABELS
        labels = LABELS.replace(old, new) if old else LABELS
        for name, content in {
            "story.toml": STORY,
            "a.txt": A,
            "b.txt": B,
            "labels.toml": labels,
        }.items():
            (folder / name).write_text(content, encoding="utf-8")
        return folder

    return write

"""Labelled stories from their folders."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.engine.readings import Block, Report
from claims.evaluation.labels import BadLabels, Labelling, read_labels
from reader.ingest import files
from reader.ingest.times import parse_published

SCORED = "scored"


@dataclass(frozen=True, kw_only=True)
class LabelledStory:
    """A story with its reports by key and what a person says of them.

    `scored` stories were written and labelled without a look at the rules and are never used for
    writing them. `wire_of` names the report that a reprint copies.
    """

    slug: str
    title: str
    scored: bool
    reports: Mapping[str, Report]
    wire_of: Mapping[str, str]
    labels: Labelling


def load_corpus(folder: Path) -> list[LabelledStory]:
    """All stories below the folder, by name; a story's own folder will do as well.

    Raises `BadLabels` where a story or its labels are not right, or where there is none.
    """
    stories = [load_story(found.parent) for found in sorted(folder.glob("**/labels.toml"))]
    if not stories:
        raise BadLabels(f"{folder}: there is no labelled story in it")
    return stories


def load_story(folder: Path) -> LabelledStory:
    """One story; raises `BadLabels`."""
    about = _toml(folder / "story.toml")
    reports = dict(_reports(folder, about))
    return LabelledStory(
        slug=str(about["slug"]),
        title=str(about["title"]),
        scored=folder.parent.name == SCORED,
        reports=reports,
        wire_of={_key(item): item["wire_of"] for item in about["reports"] if item.get("wire_of")},
        labels=read_labels(_toml(folder / "labels.toml"), reports, folder.name),
    )


def load_reports(folder: Path) -> dict[str, Report]:
    """The reports of a story by key, whether it is labelled or not; raises `BadLabels`."""
    return dict(_reports(folder, _toml(folder / "story.toml")))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadLabels(f"{path}: {error}") from None


def _reports(folder: Path, about: Mapping[str, Any]) -> Iterator[tuple[str, Report]]:
    """The reports by key, read as an import reads them; the story file says who and when."""
    for item in about["reports"]:
        path = folder / item["file"]
        try:
            article = files.read_file(path)
            published = parse_published(item["published"])
        except (files.UnreadableFile, ValueError) as error:
            raise BadLabels(f"{path}: {error}") from None
        to_the_minute = published.precision == "minute"
        blocks = (Block(start=b.start, end=b.end, kind=b.kind) for b in article.blocks)
        report = Report(
            id=f"{folder.name}/{_key(item)}",
            source=item["source"],
            title=article.title,
            published=published.day,
            published_at=published.moment("UTC") if to_the_minute else None,
            text=article.text,
            blocks=tuple(blocks),
        )
        yield _key(item), report


def _key(item: Mapping[str, str]) -> str:
    """What a report is called; in stories without labels its file."""
    return item.get("key", item["file"])

"""Every action that the code writes into the audit trail has words in the history."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.contrib import admin

from claims.services import annotating, deciding, reattaching
from reader import trail
from reader.admin_site import DeskModelAdmin

ROOT = Path(__file__).resolve().parent.parent
# Which things the services that use `put_on_record` decide on, and the actions that they look up.
ABOUT: Mapping[str, tuple[str, set[str]]] = {
    "claims/services/annotating.py": ("claim", set(annotating.ACTIONS.values())),
    "claims/services/arranging.py": ("point", set()),
    "claims/services/deciding.py": ("discrepancy", set(deciding.ACTIONS)),
    "claims/services/reattaching.py": ("claim", set(reattaching.ACTIONS)),
    "claims/services/pairing.py": ("counterpart", {"keep_apart", "join", "join_points"}),
}
# Actions that are put together when they are written, by their pattern in the code.
PUT_TOGETHER: Mapping[str, set[str]] = {
    "claims.{}.{}": set(),  # by `put_on_record`, see above
    "reader.import.{}": {"reader.import.expired", "reader.import.discarded"},
    "reader.article.{}": {
        f"reader.article.{act}" for act in ("shown", "taken_down", "embargoed", "embargo_ended")
    },
    "reader.feed.{}": {
        f"reader.feed.{verb}" for verb in ("changed", "paused", "resumed", "poll_asked", "removed")
    },
    "reader.feedentry.{}": {
        f"reader.feedentry.{verb}" for verb in ("sent", "put_aside", "taken_back")
    },
    "{}.{}": {  # the administration's own forms
        f"{model._meta.label_lower}.{verb}"
        for model, site in admin.site._registry.items()
        if isinstance(site, DeskModelAdmin) and site.editable
        for verb, rule in (("added", "has_add_permission"), ("changed", "editable"))
        if rule in vars(type(site))
    },
}


def modules() -> list[Path]:
    folders = ("config", "reader", "claims")
    return sorted(path for name in folders for path in (ROOT / name).rglob("*.py"))


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """The calls of a function, by whichever way it is reached."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            if called == name or (isinstance(called, ast.Name) and called.id == name):
                yield node


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may give; what is put in stands as `{}`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )


def recorded() -> set[str]:
    """The actions that are recorded by name or put together from parts."""
    found = {
        text
        for path in modules()
        for name in ("record", "entry")
        for call in calls(path, name)
        if call.args
        for text in texts(call.args[0])
        if "." in text
    }
    whole = {text for text in found if "{}" not in text}
    return whole.union(*(PUT_TOGETHER[text] for text in found - whole))


def decided() -> set[str]:
    """The actions of people's decisions."""
    found = set()
    for path in modules():
        if not any(calls(path, "put_on_record")):
            continue
        about, looked_up = ABOUT[path.relative_to(ROOT).as_posix()]
        named = {
            text
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.keyword) and node.arg == "action"
            for text in texts(node.value)
        }
        found |= {f"claims.{about}.{action}" for action in named | looked_up}
    return found


def test_the_search_finds_what_is_known_to_be_written() -> None:
    assert {
        "reader.article.added",
        "reader.story.closed",
        "reader.story.reopened",
        "reader.import.started",
        "claims.story.compared",
        "claims.discrepancy.reopened",
    } <= recorded()
    assert {
        "claims.claim.edit",
        "claims.claim.reject",
        "claims.claim.undo",
        "claims.point.merge",
        "claims.discrepancy.dismiss",
    } <= decided()


@pytest.mark.parametrize("action", sorted(recorded() | decided()))
def test_every_action_that_is_written_has_words(action: str) -> None:
    wording = trail.wording_of(action)
    assert wording is not None
    assert "{who}" in str(wording.one)
    assert not wording.many or {"{who}", "{number}"} <= set(str(wording.many).split())


def test_no_words_are_kept_for_actions_that_nothing_writes() -> None:
    reader, claims = trail.describer_of("reader"), trail.describer_of("claims")
    assert reader is not None
    assert claims is not None
    assert {*reader.wordings, *claims.wordings} <= recorded() | decided()

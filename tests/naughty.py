"""Every field of every form and every parameter of every page, for strings that break things.

What there is to fill is not listed here: pages are opened and their forms read, and the names of
parameters are those that the code asks for. So a new field is tried without a word about it.
"""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from reader.models import ImportBatch, ImportItem, Role
from tests import factories
from tests.test_permissions import HTMX, ROWS, World, named_addresses

ROOT = Path(__file__).resolve().parent.parent
_ASKED_FOR = re.compile(r'\b(GET|POST)\.(?:get|getlist)\(\s*"(\w+)"|(GET|POST)\["(\w+)"\]')
_CODE = ("reader/*.py", "reader/views/*.py", "claims/*.py", "claims/views/*.py")
_OPEN = ("sign_in", "password_forgotten", "password_new", "invitation", "invitation_open")
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request with a place for a string: in one field, or in all of them where none is named.

    `files` are fields that take a file; the string is then its name and its content.
    """

    method: str
    address: str
    values: Values
    place: str = ""
    files: frozenset[str] = frozenset()
    signed_in: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.place or 'all fields'}"

    def data(self, text: str) -> dict[str, object]:
        """What is sent with the string in its place."""
        text = text.encode("utf-8", "replace").decode()  # no browser sends half a letter
        given: dict[str, object] = {name: list(values) for name, values in self.values.items()}
        for name in [self.place] if self.place else list(given):
            given[name] = [text]
            if name in self.files:
                given[name] = SimpleUploadedFile(f"{text}.txt", text.encode())
        if self.method == "POST" and self.place not in self.files:
            for name in self.files:
                given.pop(name, None)
        return given


class _Forms(HTMLParser):
    """The forms of a page: method, action, and the values that stand in them."""

    def __init__(self, address: str, markup: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Ask] = []
        self.values: dict[str, list[str]] = {}
        self.files: set[str] = set()
        self.form: dict[str, str] | None = None
        self.select = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "form":
            self.form, self.values, self.files = given, {}, set()
        elif tag == "select":
            self.select = name
        elif (
            tag == "option"
            and self.select
            and ("selected" in given or not self.values.get(self.select))
        ):
            self.values[self.select] = [given.get("value", "")]
        elif tag in ("input", "textarea", "select") and name:
            if kind == "file":
                self.files.add(name)
            if kind not in ("radio", "checkbox") or "checked" in given:
                self.values[name] = [given.get("value", "")]
            self.values.setdefault(name, [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.values.setdefault(self.select, [])
            self.select = ""
        elif tag == "form" and self.form is not None and self.form.get("method") != "dialog":
            self.found.append(
                Ask(
                    method=self.form.get("method", "get").upper(),
                    address=urlsplit(urljoin(self.address, self.form.get("action", ""))).path,
                    values={k: v for k, v in self.values.items() if k != "csrfmiddlewaretoken"},
                    files=frozenset(self.files),
                )
            )
            self.form = None


def parameters(method: str) -> list[str]:
    """The names that the code asks a request of this method for."""
    found = set()
    for pattern in _CODE:
        for path in ROOT.glob(pattern):
            for hit in _ASKED_FOR.finditer(path.read_text(encoding="utf-8")):
                if method in (hit[1], hit[3]):
                    found.add(hit[2] or hit[4])
    return sorted(found)


def all_asks(world: World) -> list[Ask]:
    """Every place for a string that the pages of the product have, in a fixed order."""
    client, stranger = Client(), Client()
    client.force_login(world.personas.admin)
    found: dict[tuple[object, ...], Ask] = {}
    for name, address in _addresses(world):
        row, known = ROWS.get(name), parameters("GET")
        signed_in = name.partition(":")[2] not in _OPEN
        asks = []
        if row is None or "GET" in row.expected:
            asks.append(Ask(method="GET", address=address, values={one: [] for one in known}))
            shown = (client if signed_in else stranger).get(address)
            asks += _Forms(address, shown.content.decode()).found
        if row is not None and "POST" in row.expected:
            sent = {k: [str(v)] for k, v in row.form(world).items()}
            filled = {**{one: [] for one in parameters("POST")}, **sent}
            asks.append(Ask(method="POST", address=address, values=filled))
        for ask in asks:
            shape = re.sub(r"\d+", "0", ask.address), ask.method, *sorted(ask.values)
            found.setdefault(shape, replace(ask, signed_in=signed_in))
    return [one for ask in found.values() for one in _each(ask)]


def _each(ask: Ask) -> Iterator[Ask]:
    """All fields at once, and each by itself; parameters are independent of each other."""
    yield ask
    for name in ask.values:
        yield replace(ask, place=name)


def _addresses(world: World) -> Iterator[tuple[str, str]]:
    """An address of each name, and pages of things in other states."""
    for name in sorted(ROWS):
        yield name, reverse(name, kwargs=dict(ROWS[name].arguments(world)))
    desk, story, admin = world.personas.desk, world.compared.story, world.personas.admin
    batch = factories.make_read_import(admin, story, ["One.", "Two."])
    failed = batch.items.latest("position")
    ImportItem.objects.filter(pk=failed.pk).update(status="failed", reason="broken", text="")
    yield "failed item", reverse("reader:import_item", args=[batch.pk, failed.pk])
    heads = ["Outlet", "Body"]
    table = {"name": "a.csv", "heads": heads, "rows": [dict.fromkeys(heads, "Words.")]}
    mapping = ImportBatch.objects.create(
        desk=desk, story=story, made_by=admin, how="table", state="mapping",
        mapping={"tables": {"a" * 64: table}},
    )  # fmt: skip
    yield "columns", reverse("reader:import_columns", args=[mapping.pk])
    article = world.compared.articles[0]
    claims = article.current_version.claims.order_by("pk") if article.current_version else []
    for claim in claims[:1]:
        factories.make_version(article, "Another text.\n\nAbout 2,000 soldiers were there.")
        yield "reattach", reverse("claims:reattach", args=[claim.pk])
    yield "tray", reverse("claims:tray", args=[story.slug])
    for name in ("reader_story", "reader_source", "reader_user", "claims_actor", "reader_desk"):
        yield "list", f"/admin/{name.replace('_', '/')}/"


def harm(asks: Sequence[tuple[Ask, str]], world: World) -> list[str]:
    """What of these requests is answered as a fault of ours. Each is undone after its answer."""
    client, stranger = (Client(raise_request_exception=False) for _ in range(2))
    client.force_login(world.personas.admin)
    wrong = []
    for number, (ask, text) in enumerate(asks):
        asker = client if ask.signed_in else stranger
        cookies = copy.deepcopy(asker.cookies)
        headers = HTMX if number % 2 else {}
        with transaction.atomic():
            send = asker.get if ask.method == "GET" else asker.post
            answer = send(ask.address, ask.data(text), headers=headers)
            if answer.status_code >= 500:
                wrong.append(f"{ask}: {answer.status_code} for {text!r}: {answer.exc_info}")
            transaction.set_rollback(True)
        asker.cookies = cookies
    return wrong


def paths(text: str) -> list[str]:
    """Addresses with the string in them."""
    said = quote(text, safe="")
    return [f"/{said}/", f"/stories/{said}/", f"/articles/{said}/", f"/invitation/{said}/",
            f"/password/new/{said}/{said}/", f"/import/{said}/"]  # fmt: skip

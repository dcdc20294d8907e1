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
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from reader.models import ImportBatch, ImportItem
from tests import factories
from tests.test_permissions import HTMX, ROWS, World

ROOT = Path(__file__).resolve().parent.parent
_ASKED_FOR = re.compile(r'\b(GET|POST|asked|given|data)(?:\.(?:get|getlist)\(\s*|\[)"(\w+)"')
_CODE = ("reader/*.py", "reader/views/*.py", "claims/*.py", "claims/views/*.py")
_OPEN = ("sign_in", "password_forgotten", "password_new", "invitation", "invitation_open")
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A form or a page with parameters, and the values that stand in it.

    `files` are fields that take a file; a string is then its name and its content.
    """

    method: str
    address: str
    values: Values
    files: frozenset[str] = frozenset()
    signed_in: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def everywhere(self, strings: Sequence[str], number: int) -> Mapping[str, object]:
        """All fields filled, each with another string: over all numbers each field has each."""
        names = sorted(self.values)
        most = len(strings)
        return self._sent({name: strings[(number + at) % most] for at, name in enumerate(names)})

    def in_one(self, strings: Sequence[str], number: int) -> Mapping[str, object]:
        """One field filled, the next one for the next number; the others are good."""
        names = sorted(self.values)
        return self._sent({names[number % len(names)]: strings[number % len(strings)]})

    def _sent(self, filled: Mapping[str, str]) -> dict[str, object]:
        given: dict[str, object] = {
            name: list(values) for name, values in self.values.items() if name not in self.files
        }
        for name, text in filled.items():
            sent = text.encode("utf-8", "replace").decode()  # no browser sends half a letter
            is_file = name in self.files
            given[name] = SimpleUploadedFile(f"{sent}.txt", sent.encode()) if is_file else [sent]
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
        self.parameters: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for link in (given.get("href", ""), given.get("hx-get", "")):
            self.parameters |= set(parse_qs(urlsplit(link).query, keep_blank_values=True))
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
                if hit[1] == method or hit[1].islower():
                    found.add(hit[2])
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
            shown = (client if signed_in else stranger).get(address)
            forms = _Forms(address, shown.content.decode("utf-8", "replace"))
            linked = {one: list[str]() for one in sorted({*known, *forms.parameters})}
            asks.append(Ask(method="GET", address=address, values=linked))
            asks += forms.found
        if row is not None and "POST" in row.expected:
            sent = {k: [str(v)] for k, v in row.form(world).items()}
            filled = {**{one: [] for one in parameters("POST")}, **sent}
            asks.append(Ask(method="POST", address=address, values=filled))
        for ask in asks:
            shape = re.sub(r"\d+", "0", ask.address), ask.method, *sorted(ask.values)
            found.setdefault(shape, replace(ask, signed_in=signed_in))
    return [ask for ask in found.values() if ask.values]


def _addresses(world: World) -> Iterator[tuple[str, str]]:
    """An address of each name, and pages of things in other states."""
    for name in sorted(ROWS):
        arguments = dict(ROWS[name].arguments(world))
        yield name, reverse(name, kwargs=arguments)
        if arguments.get("form") == "svg":
            yield name, reverse(name, kwargs={**arguments, "form": "png"})
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
    report = world.compared.articles[0]
    claim = Claim.objects.filter(article_version__article=report).earliest("pk")
    factories.make_version(report, "Another text.\n\nAbout 2,000 soldiers were there.")
    yield "reattach", reverse("claims:reattach", args=[claim.pk])
    yield "tray", reverse("claims:tray", args=[story.slug])
    client = Client()
    client.force_login(admin)
    index = client.get("/admin/").content.decode()
    for address in sorted(set(re.findall(r'href="(/admin/\w+/\w+/(?:add/)?)"', index))):
        yield "admin", address


class Tries:
    """Requests of an admin and of a stranger, each undone after its answer."""

    def __init__(self, world: World) -> None:
        """Sign the admin in."""
        self.wrong: list[str] = []
        self.count = 0
        self._stranger = Client(raise_request_exception=False)
        self._client = Client(raise_request_exception=False)
        self._client.force_login(world.personas.admin)

    def send(self, ask: Ask, data: Mapping[str, Any]) -> None:
        """Send it, and keep what was answered as a fault of ours."""
        asker = self._client if ask.signed_in else self._stranger
        cookies = copy.deepcopy(asker.cookies)
        self.count += 1
        with transaction.atomic():
            send = asker.get if ask.method == "GET" else asker.post
            answer = send(ask.address, data, headers=HTMX if self.count % 2 else {})
            if answer.status_code >= 500:
                self.wrong.append(
                    f"{ask}: {answer.status_code} for {data!r}: {getattr(answer, 'exc_info', '')}"
                )
            transaction.set_rollback(True)
        asker.cookies = cookies

    def open(self, address: str) -> None:
        """The same for an address that is all there is."""
        self.send(Ask(method="GET", address=address, values={}), {})


def paths(text: str) -> list[str]:
    """Addresses with the string in them."""
    said = quote(text, safe="", errors="replace")
    return [f"/{said}/", f"/stories/{said}/", f"/articles/{said}/", f"/invitation/{said}/",
            f"/password/new/{said}/{said}/", f"/import/{said}/"]  # fmt: skip

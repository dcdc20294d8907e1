"""What the tests of the claim's form share: addresses, headers, and what a browser would send."""

from typing import Any

from django.test import Client
from django.urls import reverse

from claims.models import Claim
from reader.models import ArticleVersion, Story, User

PANEL = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    "HX-Target": "aside#claim-panel",
}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def new_address(story: Story) -> str:
    return reverse("claims:claim_new", kwargs={"slug": story.slug})


def address(claim: Claim) -> str:
    return reverse("claims:claim", args=[claim.pk])


def on_page(story: Story) -> dict[str, str]:
    """The headers of a form that stands beside the story's columns."""
    here = reverse("claims:compare", kwargs={"slug": story.slug})
    return {**PANEL, "HX-Current-URL": f"http://testserver{here}"}


def fields(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form that came, after these changes."""
    form, card = response.context["form"], response.context["card"]
    sent = {name: form[name].value() for name in form.fields}
    sent |= {name: str(value) for name, value in sent.items() if value is not None}
    sent = {name: value for name, value in sent.items() if value not in (None, "None")}
    sent |= {"version": card.passage.version.pk, "home": card.home}
    if card.claim:
        sent |= {"row_version": card.row_version, "decision": card.decision}
    return {**sent, **changes}


def asked(version: ArticleVersion, exact: str) -> dict[str, str | int]:
    start = version.text.index(exact)
    return {"version": version.pk, "start": start, "end": start + len(exact)}

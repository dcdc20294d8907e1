"""What the tests of the administration do as a browser does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.forms import Field, ModelForm
from django.test import Client
from django.urls import reverse

from reader.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(model: type[models.Model], what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{what}", args=args)


def post_row(client: Client, row: models.Model, **changes: object) -> int:
    """Save the change page as a browser does, with some fields changed."""
    return post_opened(client, row, open_row(client, row), **changes)


def open_row(client: Client, row: models.Model) -> ModelForm[Any]:
    """The form of the change page as it is now."""
    form = client.get(url(type(row), "change", row.pk)).context["adminform"].form
    assert isinstance(form, ModelForm)
    return form


def post_opened(client: Client, row: models.Model, form: ModelForm[Any], **changes: object) -> int:
    """Save a change page that was opened before, with some fields changed."""
    data: dict[str, str] = {}
    for name, field in form.fields.items():
        seen = form.initial.get(name)
        data |= _sent(name, field, changes.get(name, seen))
        data |= _sent(f"initial-{name}", field, seen)
    return client.post(url(type(row), "change", row.pk), data).status_code


def _sent(name: str, field: Field, value: object) -> dict[str, str]:
    """What a browser sends of one input."""
    if isinstance(value, datetime):
        return {f"{name}_0": value.date().isoformat(), f"{name}_1": f"{value:%H:%M:%S}"}
    return {} if value in (None, False) else {name: str(field.prepare_value(value))}

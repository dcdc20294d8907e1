"""What the tests of the administration do as a browser does."""

from datetime import datetime

from django.db import models
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
    page = client.get(url(type(row), "change", row.pk))
    form = page.context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = changes.get(name, form.initial.get(name))
        if isinstance(value, datetime):
            data[f"{name}_0"], data[f"{name}_1"] = value.date().isoformat(), f"{value:%H:%M:%S}"
        elif value not in (None, False):
            data[name] = str(field.prepare_value(value))
    return client.post(url(type(row), "change", row.pk), data).status_code

"""What a person saw in a form of the administration, which may be older than the row is now.

The form's fields carry their first values along, hidden: what counts as changed is what the person
changed, and a value that somebody else changed meanwhile is not written over.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import ModelForm
from django.utils.translation import gettext as _

from reader.services.people import Refused


def seen_value(form: ModelForm[Any], name: str) -> Any:
    """The field's value as the form was opened with it, as the browser sends it."""
    bound = form[name]
    widget = bound.field.hidden_widget()
    return widget.value_from_datadict(form.data, form.files, bound.html_initial_name)


def refuse_overtaken(row: models.Model, form: ModelForm[Any]) -> None:
    """Lock the row. Raises `Refused` where a value that the person changed is another one by now.

    Belongs into the transaction that writes it.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)  # noqa: SLF001
    now = type(form)(instance=rows.get(pk=row.pk))
    for name in form.changed_data:
        field = form.fields[name]
        if field.has_changed(now.get_initial_for_field(field, name), seen_value(form, name)):
            raise Refused(
                _("Not saved: somebody else has changed “%(field)s” since you opened this page.")
                % {"field": field.label or name}
            )

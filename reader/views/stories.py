"""Making a story. Their list shows flags and so belongs to the upper app."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reader.access import desks_with_role
from reader.forms import LineField
from reader.htmx import render_page
from reader.models import Desk, Role
from reader.services.stories import create_story
from reader.web import PersonRequest


class StoryForm(forms.Form):
    """A title, and the desk where the person has more than one to choose from."""

    title = LineField(label=_("Title"), max_length=300)
    desk = forms.ModelChoiceField(label=_("Desk"), queryset=Desk.objects.none(), empty_label=None)

    def __init__(self, *args: Any, desks: list[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["desk"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Desk.objects.filter(pk__in=[desk.pk for desk in desks])
        field.initial = desks[0].pk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_new(request: PersonRequest) -> HttpResponse:
    """Ask for a title and make the story; for editors."""
    desks = desks_with_role(request.user, Role.EDITOR)
    if not desks:
        raise PermissionDenied
    form = StoryForm(request.POST or None, desks=desks)
    if request.method == "POST" and form.is_valid():
        story = create_story(
            desk=form.cleaned_data["desk"], title=form.cleaned_data["title"], actor=request.user
        )
        return redirect(story.get_absolute_url())
    context = {"section": "stories", "form": form, "desks": desks}
    status = 422 if form.is_bound else 200
    return render_page(request, "reader/story_new.html", context, status=status)

"""Making, renaming, closing and reopening a story.

Their list shows flags and so belongs to the upper app.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reader.access import desks_with_role, get_story_for
from reader.forms import LineField
from reader.htmx import render_page
from reader.models import Desk, Role, Story
from reader.services.stories import (
    MAX_REASON,
    Renamed,
    close_story,
    create_story,
    rename_story,
    reopen_story,
)
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


class TitleForm(forms.Form):
    """Another title; `seen` is the one that the person had before them."""

    title = LineField(label=_("Title"), max_length=300)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class StatusForm(forms.Form):
    """Which status the story is to have, and why."""

    status = forms.ChoiceField(choices=Story.Status, widget=forms.HiddenInput)
    reason = LineField(label=_("Reason"), max_length=MAX_REASON, required=False)


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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_rename(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask for another title and give it to the story; for editors.

    A title that somebody else gave meanwhile is not overwritten: 409, with both to look at.
    """
    story = get_story_for(request.user, slug, Role.EDITOR)
    if request.method != "POST":
        form = TitleForm(initial={"title": story.title, "seen": story.title})
        return _rename_page(request, story, form, 200)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _rename_page(request, story, form, 422)
    asked = {"seen": form.cleaned_data["seen"], "title": form.cleaned_data["title"]}
    try:
        rename_story(story_id=story.pk, person=request.user, **asked)
    except Renamed as refused:
        again = TitleForm(initial={**asked, "seen": refused.story.title})
        return _rename_page(request, refused.story, again, 409)
    return redirect(story.get_absolute_url())


def _rename_page(
    request: PersonRequest, story: Story, form: TitleForm, status: int
) -> HttpResponse:
    context = {"section": "stories", "story": story, "form": form, "overtaken": status == 409}
    return render_page(request, "reader/story_rename.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def story_status(request: PersonRequest, slug: str) -> HttpResponse:
    """Say what closing or reopening means, and do it on the person's word; for editors."""
    story = get_story_for(request.user, slug, Role.EDITOR)
    closed = story.status == Story.Status.CLOSED
    wanted = Story.Status.OPEN if closed else Story.Status.CLOSED
    form = StatusForm(request.POST or None, initial={"status": wanted.value})
    if request.method == "POST" and form.is_valid():
        change = close_story if form.cleaned_data["status"] == Story.Status.CLOSED else reopen_story
        change(story_id=story.pk, person=request.user, reason=form.cleaned_data["reason"])
        return redirect(story.get_absolute_url())
    context = {"section": "stories", "story": story, "form": form, "closed": closed}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reader/story_status.html", context, status=status)

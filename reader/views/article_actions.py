"""Hiding, scheduling and erasing a report, and the list of a story's reports; for admins."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reader.access import get_article_for, get_story_for, role_on
from reader.forms import LineField
from reader.htmx import render_page
from reader.ingest.times import YEARS
from reader.models import Article, Role
from reader.services.erasing import erase, scope_of
from reader.services.visibility import MAX_REASON, CannotChange, embargo, show, take_down
from reader.web import PersonRequest

_CHOICES = [
    (Article.Status.LIVE, _("Shown: everybody on the desk sees it, and it is compared")),
    (Article.Status.EMBARGOED, _("Under embargo: hidden until a time, or until you show it")),
    (Article.Status.TAKEN_DOWN, _("Taken down: hidden until you show it again")),
]


class VisibilityForm(forms.Form):
    """Which status the report is to have; `seen` is the one that the person had before them."""

    status = forms.ChoiceField(label=_("The report is"), widget=forms.RadioSelect, choices=_CHOICES)
    until_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until_time = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reason = LineField(
        label=_("Reason"),
        max_length=MAX_REASON,
        required=False,
        help_text=_("Stands on the report's page and in the history."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._zone = ZoneInfo(zone)
        self.fields["until_on"].help_text = _(
            "Only for an embargo, in the time zone %(zone)s; empty if no end is known."
        ) % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        """Make one moment of day and time; an embargo ends in the future."""
        data = super().clean() or self.cleaned_data
        day: date | None = data.get("until_on")
        data["until"] = None
        if data.get("status") != Article.Status.EMBARGOED or day is None:
            return data
        if day.year not in YEARS:
            self.add_error("until_on", _("An embargo ends in the future."))
            return data
        at: time = data.get("until_time") or time()
        data["until"] = datetime.combine(day, at, self._zone).astimezone(UTC)
        if data["until"] <= timezone.now():
            self.add_error("until_on", _("An embargo ends in the future."))
        return data


class EraseForm(forms.Form):
    """The reason, and the word that nobody types by mistake."""

    reason = LineField(label=_("Reason"), max_length=MAX_REASON)
    word = LineField(label=_("Type the word erase"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["word"].widget.attrs["autocomplete"] = "off"

    def clean_word(self) -> str:
        """Refuse any other word."""
        word: str = self.cleaned_data["word"]
        if word.casefold() != "erase":
            raise forms.ValidationError(_("Type erase to go on."))
        return word


@never_cache
@require_safe
def story_reports(request: PersonRequest, slug: str) -> HttpResponse:
    """All reports of a story in one table; those that are hidden for admins of the desk only."""
    story = get_story_for(request.user, slug)
    is_admin = role_on(request.user, story.desk) == Role.ADMIN
    reports = story.articles.select_related("source").annotate(version_count=Count("versions"))
    context = {
        "section": "stories",
        "story": story,
        "is_admin": is_admin,
        "zone": _zone(request, story.desk.zone),
        "reports": reports if is_admin else reports.live(),  # type: ignore[attr-defined]
    }
    return render_page(request, "reader/story_reports.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_visibility(request: PersonRequest, article_id: int) -> HttpResponse:
    """Ask whether the report is to be shown, and do it; a change made meanwhile answers 409."""
    article = get_article_for(request.user, article_id, Role.ADMIN)
    zone = request.user.zone or article.story.desk.zone
    if request.method != "POST":
        form = VisibilityForm(initial=_present(article, zone), zone=zone)
        return _visibility_page(request, article, form, 200)
    form = VisibilityForm(request.POST, zone=zone)
    if not form.is_valid():
        return _visibility_page(request, article, form, 422)
    data = form.cleaned_data
    try:
        if data["seen"] != _seen(article):
            raise CannotChange(article)
        _give_status(article, request, data)
    except CannotChange as refused:
        now = {**data, "seen": _seen(refused.article)}
        return _visibility_page(request, refused.article, VisibilityForm(now, zone=zone), 409)
    return redirect("reader:article", article.pk)


def _give_status(article: Article, request: PersonRequest, data: Mapping[str, Any]) -> None:
    who: dict[str, Any] = {"article": article, "person": request.user}
    if data["status"] == Article.Status.LIVE:
        if article.status != Article.Status.LIVE:
            show(**who)
    elif data["status"] == Article.Status.EMBARGOED:
        embargo(**who, reason=data["reason"], until=data["until"])
    else:
        take_down(**who, reason=data["reason"])


def _seen(article: Article) -> str:
    """What the person saw of the report's status, to be held against what it is."""
    until = article.embargo_until
    return f"{article.status} {until.isoformat() if until else ''}".strip()


def _present(article: Article, zone: str) -> dict[str, object]:
    local = article.embargo_until.astimezone(ZoneInfo(zone)) if article.embargo_until else None
    return {
        "status": article.status,
        "until_on": local.date() if local else None,
        "until_time": local.time() if local else None,
        "reason": article.status_note,
        "seen": _seen(article),
    }


def _visibility_page(
    request: PersonRequest, article: Article, form: VisibilityForm, status: int
) -> HttpResponse:
    context = _context(request, article) | {"form": form, "overtaken": status == 409}
    return render_page(request, "reader/article_visibility.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def article_erase(request: PersonRequest, article_id: int) -> HttpResponse:
    """Say what an erasure empties and what stays, and erase on the person's word."""
    article = get_article_for(request.user, article_id, Role.ADMIN)
    form = EraseForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                erase(article=article, person=request.user, reason=form.cleaned_data["reason"])
                return redirect("reader:article", article.pk)
            except CannotChange as refused:
                article, status = refused.article, 409
    context = _context(request, article) | {"form": form, "scope": scope_of(article)}
    return render_page(request, "reader/article_erase.html", context, status=status)


def _context(request: PersonRequest, article: Article) -> dict[str, Any]:
    story = article.story
    zone = _zone(request, story.desk.zone)
    return {"section": "stories", "article": article, "story": story, "zone": zone}


def _zone(request: PersonRequest, desk_zone: str) -> ZoneInfo:
    return ZoneInfo(request.user.zone or desk_zone)

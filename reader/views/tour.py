"""The tour: a page that tells it, the way to a story that shows it, and that it was seen."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reader.htmx import render_page
from reader.services.seen import note_tour
from reader.tour import highest_role, steps_for, story_for_tour
from reader.web import PersonRequest, page_before

# The cards, for a page that shows them beside its parts.
PARTIALS = {"tour": "cards"}


@never_cache
@require_safe
def tour(request: PersonRequest) -> HttpResponse:
    """All steps as text; for htmx the cards that point at the parts of a page."""
    context = {
        "section": "tour",
        "steps": steps_for(highest_role(request.user)),
        "story": story_for_tour(request.user),
    }
    return render_page(request, "reader/tour.html", context, PARTIALS)


@never_cache
@require_safe
def tour_go(request: PersonRequest) -> HttpResponse:
    """To a story on which the cards open; to the tour as text where there is none to show."""
    story = story_for_tour(request.user)
    return redirect(f"{story.get_absolute_url()}?tour=on" if story else "reader:tour")


@require_POST
def tour_done(request: PersonRequest) -> HttpResponse:
    """Note that the person went through the tour or skipped it, and lead back."""
    note_tour(person=request.user)
    back = page_before(request)
    return redirect(back if back and reverse("reader:tour") not in back else "claims:stories")

"""Marking and correcting a claim over the web: the form, what it saves, and what comes back."""

import re
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from claims.models import Claim, MadeBy, Point
from claims.services import annotating
from reader.models import ArticleVersion, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

PANEL = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    "HX-Target": "aside#claim-panel",
}


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER)


@pytest.fixture
def browser(person: User) -> Client:
    return signed_in(person)


@pytest.fixture
def version(compared: Compared) -> ArticleVersion:
    found = compared.articles[0].current_version
    assert found is not None
    return found


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
        sent |= {
            "row_version": card.row_version,
            "decision": card.decision,
            "was_home": card.was_home,
        }
    return {**sent, **changes}


def asked(version: ArticleVersion, exact: str) -> dict[str, str | int]:
    start = version.text.index(exact)
    return {"version": version.pk, "start": start, "end": start + len(exact)}


SENTENCE = "About 1,000 soldiers are in the port, the ministry said."


def test_the_form_opens_with_what_the_engine_reads(
    browser: Client, compared: Compared, version: ArticleVersion
) -> None:
    page = browser.get(new_address(compared.story), asked(version, SENTENCE), headers=PANEL)
    assert "<html" not in page.content.decode()
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("modifier", "figure", "unit", "certainty")}
    assert shown == {
        "modifier": "about",
        "figure": "1,000",
        "unit": "soldier",
        "certainty": "attributed",
    }
    assert page.context["card"].nearest[0].label == "Soldiers in the port"
    assert [pk for pk, _quote in page.context["card"].here] == [claims_of(compared.points[0])[0].pk]


def test_a_marked_claim_is_the_persons_and_keeps_the_rest_of_the_engines_reading(
    browser: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    where = asked(version, SENTENCE)
    form = fields(browser.get(new_address(compared.story), where), figure="1,200", home="none")
    response = browser.post(new_address(compared.story), form)
    claim = Claim.objects.get(author=person)
    assert response.status_code == 302
    assert (claim.exact, claim.made_by, claim.status) == (SENTENCE, MadeBy.PERSON, "accepted")
    figure = claim.reading["quantities"][0]
    assert (figure["low"], figure["high"], figure["modifier"]) == ("1140.00", "1260.00", "about")
    assert claim.reading["attribution"][-1]["name"] == "ministry"
    assert claim.reading["certainty"] == "attributed"


def test_a_new_point_takes_the_claim(
    browser: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    page = browser.get(new_address(compared.story), asked(version, SENTENCE))
    browser.post(new_address(compared.story), fields(page, home="new", new_label="How many?"))
    claim = Claim.objects.get(author=person)
    assert claim.point is not None
    assert (claim.point.label, claim.point_by) == ("How many?", MadeBy.PERSON)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"figure": "many"}, "figure"),
        ({"figure": "20", "figure_to": "10"}, "figure_to"),
        ({"figure": "", "modifier": "at_least"}, "figure"),
        ({"as_of_from": "2024-10-02", "as_of_to": "2024-10-01"}, "as_of_to"),
        ({"date_from": "tomorrow"}, "date_from"),
        ({"actor": "seoul"}, "act"),
        ({"act": "denied"}, "actor"),
        ({"home": "new"}, "new_label"),
        ({"home": "999999"}, "home"),
        ({"home": "other", "other_point": "x"}, "other_point"),
        ({"certainty": "sure"}, "certainty"),
        ({"exact": "Other words"}, "__all__"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_all_that_was_typed_is_kept(
    changes: dict[str, str],
    wrong: str,
    browser: Client,
    compared: Compared,
    version: ArticleVersion,
    person: User,
) -> None:
    page = browser.get(new_address(compared.story), asked(version, SENTENCE))
    sent = fields(page, unit="sailors in dock", **changes)
    refused = browser.post(new_address(compared.story), sent, headers=PANEL)
    assert refused.status_code == 422
    assert wrong in refused.context["form"].errors
    assert refused.context["form"]["unit"].value() == "sailors in dock"
    assert not Claim.objects.filter(author=person).exists()


def test_only_the_fields_that_a_person_changed_are_theirs(
    browser: Client, compared: Compared, person: User
) -> None:
    claim = claims_of(compared.points[0])[0]
    browser.post(address(claim), fields(browser.get(address(claim)), speaker="the minister"))
    claim.refresh_from_db()
    assert set(claim.overrides) == {"schema", "attribution"}
    assert claim.overrides["attribution"][0]["kind"] == "institution"
    page = browser.get(address(claim))
    own = [group.field for group in page.context["card"].usual if group.own]
    assert own == ["attribution"]
    assert str(person.get_username()) in page.context["card"].usual[1].set_by


def test_a_field_can_go_back_to_the_engines_reading(browser: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    browser.post(address(claim), fields(browser.get(address(claim)), figure="7"))
    browser.post(address(claim), fields(browser.get(address(claim)), figure="1,000"))
    claim.refresh_from_db()
    assert claim.overrides == {}
    browser.post(address(claim), fields(browser.get(address(claim)), certainty="hedged"))
    browser.post(address(claim), fields(browser.get(address(claim)), back="certainty"))
    claim.refresh_from_db()
    assert claim.overrides == {}


def test_a_claim_moves_to_other_words_of_its_report(browser: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    browser.post(address(claim), fields(browser.get(address(claim)), quote="1,000 soldiers"))
    claim.refresh_from_db()
    assert (claim.start, claim.exact) == (6, "1,000 soldiers")
    sent = fields(browser.get(address(claim)), quote="never said")
    refused = browser.post(address(claim), sent)
    assert refused.status_code == 422
    assert "quote" in refused.context["form"].errors


def test_a_claim_is_taken_out_of_its_point(browser: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    browser.post(address(claim), fields(browser.get(address(claim)), home="none"))
    claim.refresh_from_db()
    assert (claim.point_id, claim.point_by) == (None, MadeBy.PERSON)


def test_two_people_see_both_claims_and_nothing_typed_is_lost(
    browser: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    mine = fields(browser.get(address(claim)), figure="1,700", speaker="a sailor")
    editor = factories.make_member(compared.story.desk, Role.EDITOR, "anna")
    theirs = signed_in(editor)
    theirs.post(address(claim), fields(theirs.get(address(claim)), figure="1,500"))

    refused = browser.post(address(claim), mine, headers=on_page(compared.story))
    assert refused.status_code == 409
    card, form = refused.context["card"], refused.context["form"]
    assert card.their_name == "anna"
    sides = {row.what: (row.theirs, row.yours) for row in card.differences}
    assert sides["Figure"][0].startswith("about 1,500 soldiers")
    assert sides["Figure"][1].startswith("about 1,700 soldiers")
    assert sides["Who says it"] == ("the ministry", "a sailor")
    assert form["figure"].value() == "1,700"

    over = browser.post(address(claim), fields(refused))
    assert over.status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["quantities"][0]["low"] == "1615.00"
    assert claim.overrides["attribution"][0]["name"] == "a sailor"


def test_a_comparison_in_between_refuses_nobodys_save(browser: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(browser.get(address(claim)), figure="1,700")
    elsewhere = compared.points[2].pk
    for flag in compared.points[0].discrepancies.all():
        flag.links.all().delete()
    Claim.objects.filter(pk=claim.pk).update(
        row_version=F("row_version") + 1, point=Point.objects.get(pk=elsewhere)
    )
    assert browser.post(address(claim), form).status_code == 302
    claim.refresh_from_db()
    assert claim.overrides["quantities"][0]["low"] == "1615.00"
    assert (claim.point_id, claim.point_by) == (elsewhere, MadeBy.ENGINE)


def test_a_save_beside_the_columns_brings_the_fragments_that_differ(
    browser: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(browser.get(address(claim)), figure="1,700")
    answer = browser.post(address(claim), form, headers=on_page(compared.story))
    body = answer.content.decode()
    targets = re.findall(r'hx-target="(#[a-z]+(?:-[0-9a-z]+)*)" hx-swap', body)
    report = compared.articles[0].pk
    assert set(targets) >= {f"#text-{report}", f"#cell-{report}", "#evidence", "#freshness"}
    other = compared.articles[1].pk
    assert f"#text-{other}" not in targets
    assert "<html" not in body
    assert "Corrected by a person" in body
    assert 'data-saved="The claim is saved. The reports are compared again."' in body


def test_without_scripts_a_sentence_is_chosen_first(
    browser: Client, compared: Compared, version: ArticleVersion
) -> None:
    page = browser.get(new_address(compared.story), {"version": version.pk})
    start = version.text.index("The government")
    assert f'value="{start}-{start + 25}"' in page.content.decode()
    chosen: dict[str, str | int] = {
        "version": version.pk,
        "sentence": f"{start}-{start + 25}",
        "quote": "",
    }
    form = browser.get(new_address(compared.story), chosen).context["form"]
    assert form["exact"].value() == "The government denied it."
    found = browser.get(
        new_address(compared.story), {"version": str(version.pk), "quote": "five grounds"}
    )
    assert found.context["form"]["exact"].value() == "five grounds"
    refused = browser.get(
        new_address(compared.story), {"version": str(version.pk), "quote": "nowhere"}
    )
    assert refused.status_code == 422
    assert 'value="nowhere"' in refused.content.decode()


@pytest.mark.parametrize("given", ["0", "x", "9" * 30])
def test_a_text_that_no_column_shows_does_not_exist(
    given: str, browser: Client, compared: Compared
) -> None:
    assert browser.get(new_address(compared.story), {"version": given}).status_code == 404


def test_a_claim_of_an_older_text_is_shown_without_a_form(
    browser: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    factories.make_version(compared.articles[0], "All is different now.")
    page = browser.get(address(claim)).content.decode()
    assert "data-claim-form" not in page
    assert "This report has a newer text" in page


def test_a_reader_sees_a_claim_and_cannot_change_it(compared: Compared) -> None:
    reader = signed_in(factories.make_member(compared.story.desk, Role.READER))
    claim = claims_of(compared.points[0])[0]
    page = reader.get(address(claim)).content.decode()
    assert "data-claim-form" not in page
    assert "about 1,000 soldiers" in page
    here = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    story = reader.get(here).content.decode()
    assert "data-claim-panel" not in story
    assert "data-mark-here" not in story


def test_a_closed_story_offers_nothing_to_mark_and_refuses(
    browser: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    form = fields(browser.get(new_address(compared.story), asked(version, SENTENCE)))
    Story.objects.filter(pk=compared.story.pk).update(status=Story.Status.CLOSED)
    here = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    assert "data-selection-bar" not in browser.get(here).content.decode()
    refused = browser.post(new_address(compared.story), form)
    assert refused.status_code == 422
    assert "closed" in str(refused.context["form"].non_field_errors())
    assert not Claim.objects.filter(author=person).exists()


def test_who_made_and_corrected_a_claim_is_told_in_columns_and_tables(
    browser: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    start = version.text.index("Nothing")
    annotating.add_claim(
        person=person,
        version_id=version.pk,
        target=annotating.Target(start=start, end=start + 7, exact="Nothing"),
        reading={},
        place=compared.points[0].pk,
    )
    here = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    page = browser.get(here).content.decode()
    assert 'class="noted" role="img" aria-label="Marked by a person"' in page


def test_a_status_is_changed_in_the_panel(browser: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    where = reverse("claims:claim_status", args=[claim.pk])
    form = {"row_version": claim.row_version, "status": "rejected"}
    answer = browser.post(where, form, headers=on_page(compared.story))
    claim.refresh_from_db()
    assert claim.status == "rejected"
    assert "data-saved" in answer.content.decode()
    again = browser.post(where, form, headers=on_page(compared.story))
    assert again.status_code == 409
    assert "data-claim-form" in again.content.decode()


def test_a_save_on_the_claims_own_page_leaves_it_for_the_story(
    browser: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    form = fields(browser.get(address(claim)), speaker="a sailor")
    here = {**PANEL, "HX-Current-URL": f"http://testserver{address(claim)}"}
    answer = browser.post(address(claim), form, headers=here)
    story = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    assert answer.headers["HX-Redirect"] == f"{story}?point={claim.point_id}"

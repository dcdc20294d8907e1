"""Marking and correcting a claim over the web: the form, what it saves, and what comes back."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from claims.models import Claim, MadeBy, Point
from claims.services import annotating
from claims.services.quoting import Target
from reader.models import ArticleVersion, Role, Story, User
from tests import factories
from tests.claims.claim_forms import PANEL, address, asked, fields, new_address, signed_in
from tests.claims.compared import Compared, claims_of, compared_story


@pytest.fixture
def compared(db: None) -> Compared:
    return compared_story()


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.FACT_CHECKER)


@pytest.fixture
def visitor(person: User) -> Client:
    return signed_in(person)


@pytest.fixture
def version(compared: Compared) -> ArticleVersion:
    found = compared.articles[0].current_version
    assert found is not None
    return found


SENTENCE = "About 1,000 soldiers are in the port, the ministry said."


def test_the_form_opens_with_what_the_engine_reads(
    visitor: Client, compared: Compared, version: ArticleVersion
) -> None:
    page = visitor.get(new_address(compared.story), asked(version, SENTENCE), headers=PANEL)
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


def test_the_point_that_is_read_is_offered_first_and_not_taken_unasked(
    visitor: Client, compared: Compared, version: ArticleVersion
) -> None:
    read = compared.points[-1]
    address, query = new_address(compared.story), {**asked(version, SENTENCE), "reading": read.pk}
    page = visitor.get(address, query, headers=PANEL)
    offered = page.context["card"].nearest
    assert offered[0].label == read.label
    assert [choice.is_read for choice in offered] == [True] + [False] * (len(offered) - 1)
    assert not any(choice.chosen for choice in offered)
    assertContains(page, "This point:", count=1)
    refused = visitor.post(address, {**query, "exact": SENTENCE, "figure": "many"}, headers=PANEL)
    assert refused.status_code == 422
    assert refused.context["card"].nearest == offered


def test_points_that_are_not_offered_at_once_stand_in_the_order_of_the_list(
    visitor: Client, compared: Compared, version: ArticleVersion
) -> None:
    for position in (9, 7, 8, 6, 5):
        factories.make_point(compared.story, position=position)
    page = visitor.get(new_address(compared.story), asked(version, SENTENCE), headers=PANEL)
    others = [int(choice.value) for choice in page.context["card"].others]
    listed = Point.objects.filter(pk__in=others).order_by("position")
    assert len(others) > 1
    assert others == [point.pk for point in listed]


def test_a_marked_claim_is_the_persons_and_keeps_the_rest_of_the_engines_reading(
    visitor: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    where = asked(version, SENTENCE)
    form = fields(visitor.get(new_address(compared.story), where), figure="1,200", home="none")
    response = visitor.post(new_address(compared.story), form)
    claim = Claim.objects.get(author=person)
    assert response.status_code == 302
    assert (claim.exact, claim.made_by, claim.status) == (SENTENCE, MadeBy.PERSON, "accepted")
    figure = claim.reading["quantities"][0]
    assert (figure["low"], figure["high"], figure["modifier"]) == ("1140.00", "1260.00", "about")
    assert claim.reading["attribution"][-1]["name"] == "ministry"
    assert claim.reading["certainty"] == "attributed"


def test_a_new_point_takes_the_claim(
    visitor: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    page = visitor.get(new_address(compared.story), asked(version, SENTENCE))
    visitor.post(new_address(compared.story), fields(page, home="new", new_label="How many?"))
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
        ({"date_to": "9999-12-31"}, "date_to"),
        ({"as_of_from": "0999-12-31"}, "as_of_from"),
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
    visitor: Client,
    compared: Compared,
    version: ArticleVersion,
    person: User,
) -> None:
    page = visitor.get(new_address(compared.story), asked(version, SENTENCE))
    sent = fields(page, unit="sailors in dock", **changes)
    refused = visitor.post(new_address(compared.story), sent, headers=PANEL)
    assert refused.status_code == 422
    assert wrong in refused.context["form"].errors
    assert refused.context["form"]["unit"].value() == "sailors in dock"
    assert not Claim.objects.filter(author=person).exists()


def test_only_the_fields_that_a_person_changed_are_theirs(
    visitor: Client, compared: Compared, person: User
) -> None:
    claim = claims_of(compared.points[0])[0]
    visitor.post(address(claim), fields(visitor.get(address(claim)), speaker="the minister"))
    claim.refresh_from_db()
    assert set(claim.overrides) == {"schema", "attribution"}
    assert claim.overrides["attribution"][0]["kind"] == "institution"
    page = visitor.get(address(claim))
    own = [group.field for group in page.context["card"].usual if group.own]
    assert own == ["attribution"]
    assert str(person.get_username()) in page.context["card"].usual[1].set_by


def test_a_field_can_go_back_to_the_engines_reading(visitor: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    visitor.post(address(claim), fields(visitor.get(address(claim)), figure="7"))
    visitor.post(address(claim), fields(visitor.get(address(claim)), figure="1,000"))
    claim.refresh_from_db()
    assert claim.overrides == {}
    visitor.post(address(claim), fields(visitor.get(address(claim)), certainty="hedged"))
    visitor.post(address(claim), fields(visitor.get(address(claim)), back="certainty"))
    claim.refresh_from_db()
    assert claim.overrides == {}


def test_a_claim_moves_to_other_words_of_its_report(visitor: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    visitor.post(address(claim), fields(visitor.get(address(claim)), quote="1,000 soldiers"))
    claim.refresh_from_db()
    assert (claim.start, claim.exact) == (6, "1,000 soldiers")
    sent = fields(visitor.get(address(claim)), quote="never said")
    refused = visitor.post(address(claim), sent)
    assert refused.status_code == 422
    assert "quote" in refused.context["form"].errors


def test_a_claim_is_taken_out_of_its_point(visitor: Client, compared: Compared) -> None:
    claim = claims_of(compared.points[0])[0]
    visitor.post(address(claim), fields(visitor.get(address(claim)), home="none"))
    claim.refresh_from_db()
    assert (claim.point_id, claim.point_by) == (None, MadeBy.PERSON)


def test_without_scripts_a_sentence_is_chosen_first(
    visitor: Client, compared: Compared, version: ArticleVersion
) -> None:
    page = visitor.get(new_address(compared.story), {"version": version.pk})
    start = version.text.index("The government")
    assert f'value="{start}-{start + 25}"' in page.content.decode()
    chosen: dict[str, str | int] = {
        "version": version.pk,
        "sentence": f"{start}-{start + 25}",
        "quote": "",
    }
    form = visitor.get(new_address(compared.story), chosen).context["form"]
    assert form["exact"].value() == "The government denied it."
    found = visitor.get(
        new_address(compared.story), {"version": str(version.pk), "quote": "five grounds"}
    )
    assert found.context["form"]["exact"].value() == "five grounds"
    refused = visitor.get(
        new_address(compared.story), {"version": str(version.pk), "quote": "nowhere"}
    )
    assert refused.status_code == 422
    assert 'value="nowhere"' in refused.content.decode()


@pytest.mark.parametrize("given", ["0", "x", "9" * 30])
def test_a_text_that_no_column_shows_does_not_exist(
    given: str, visitor: Client, compared: Compared
) -> None:
    assert visitor.get(new_address(compared.story), {"version": given}).status_code == 404


def test_a_claim_of_an_older_text_is_shown_without_a_form(
    visitor: Client, compared: Compared
) -> None:
    claim = claims_of(compared.points[0])[0]
    factories.make_version(compared.articles[0], "All is different now.")
    page = visitor.get(address(claim)).content.decode()
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
    visitor: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    form = fields(visitor.get(new_address(compared.story), asked(version, SENTENCE)))
    Story.objects.filter(pk=compared.story.pk).update(status=Story.Status.CLOSED)
    here = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    assert "data-selection-bar" not in visitor.get(here).content.decode()
    refused = visitor.post(new_address(compared.story), form)
    assert refused.status_code == 422
    assert "closed" in str(refused.context["form"].non_field_errors())
    assert not Claim.objects.filter(author=person).exists()


def test_who_made_and_corrected_a_claim_is_told_in_columns_and_tables(
    visitor: Client, compared: Compared, version: ArticleVersion, person: User
) -> None:
    start = version.text.index("Nothing")
    annotating.add_claim(
        person=person,
        version_id=version.pk,
        target=Target(start=start, end=start + 7, exact="Nothing"),
        reading={},
        place=compared.points[0].pk,
    )
    here = reverse("claims:compare", kwargs={"slug": compared.story.slug})
    page = visitor.get(here).content.decode()
    assert 'class="noted" role="img" aria-label="Marked by a person"' in page

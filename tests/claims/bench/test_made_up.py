"""Made-up stories: repeatable, of the size asked for, with claims where they say they are."""

from claims.bench.made_up import make_story


def test_same_seed_gives_the_same_texts_and_another_seed_others() -> None:
    sizes = {"reports": 3, "words": 120, "claims": 8}
    assert make_story(**sizes) == make_story(**sizes)
    assert make_story(**sizes) != make_story(**sizes, seed=2)


def test_reports_have_the_claims_and_words_asked_for() -> None:
    story = make_story(reports=4, words=300, claims=12)
    assert len(story) == 4
    for report in story:
        assert len(report.claims) == 12
        assert 300 <= len(report.text.split()) < 330
        starts = [claim.start for claim in report.claims]
        assert starts == sorted(starts)


def test_every_claim_stands_where_it_says_with_its_figure() -> None:
    for report in make_story(reports=3, words=200, claims=10):
        for claim in report.claims:
            assert report.text[claim.end] == "."
            assert report.text[: claim.start].strip()[-1:] in ("", ".")
            assert report.text[claim.figure_start : claim.figure_end] == str(claim.figure)


def test_reports_share_facts_and_some_of_their_figures_differ() -> None:
    figures: dict[int, set[int]] = {}
    told: dict[int, int] = {}
    for report in make_story(reports=10, words=200, claims=20):
        for claim in report.claims:
            figures.setdefault(claim.fact, set()).add(claim.figure)
            told[claim.fact] = told.get(claim.fact, 0) + 1
    shared = [fact for fact, count in told.items() if count > 1]
    differing = [fact for fact in shared if len(figures[fact]) > 1]
    assert len(shared) > 15
    assert 0 < len(differing) < len(shared)

"""What came in, beside the text: what was left out is struck through, the headline is not."""

import pytest

from reader.import_original import original_of

TEXT = "Menu\n\nStorm  hits port\n\nBy A. Writer\n\nThe port is closed.\nStorm hits port\n"
HEAD = (0, TEXT.index("The port"))  # all that stands above the text, as one cut


def test_the_line_that_became_the_title_is_not_struck_through() -> None:
    found = original_of(TEXT, [HEAD], "Storm hits port")
    assert found.took_title
    assert found.has_cuts
    assert '<p dir="auto">Storm  hits port</p>' in found.body
    assert found.body.count("<del>") == 2  # the menu, the byline


def test_nothing_else_being_cut_nothing_was_left_out() -> None:
    start = TEXT.index("Storm")
    found = original_of(TEXT, [(start, TEXT.index("By"))], "Storm hits port")
    assert (found.took_title, found.has_cuts) == (True, False)
    assert "<del>" not in found.body


@pytest.mark.parametrize("title", ["", "Storm", "Another title", "The port is closed."])
def test_other_lines_stay_cut(title: str) -> None:
    found = original_of(TEXT, [HEAD], title)
    assert (found.took_title, found.has_cuts) == (False, True)
    assert found.body.count("<del>") == 3

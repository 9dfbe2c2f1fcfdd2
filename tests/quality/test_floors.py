"""Fails when readings get worse: no figure may fall under its floor, and no floor may be lowered."""

from __future__ import annotations

from tests.quality.floors import below, floors, raised, written
from tests.quality.measuring import figures, share


def test_no_figure_is_under_its_floor() -> None:
    """A change that costs accuracy on the gold is noticed, even where every listed case still behaves."""
    wrong = below(floors(), figures())
    assert not wrong, "; ".join(wrong)


def test_every_figure_has_a_floor() -> None:
    """A figure without a floor protects nothing."""
    assert set(floors()) == set(figures())


def test_raising_never_lowers() -> None:
    """The script that lifts floors cannot let one down on a bad day."""
    assert raised({"a": 90.0, "b": 10.0}, {"a": 80.0, "b": 20.0, "c": 5.0}) == {"a": 90.0, "b": 20.0, "c": 5.0}


def test_a_floor_without_its_figure_is_a_fault() -> None:
    """Dropping a figure must not drop its floor in silence."""
    assert below({"gone": 50.0}, {}) == ["gone is 0.0, its floor 50.0"]


def test_the_file_is_what_the_script_writes() -> None:
    """Floors that were edited into another form would be lost at the next raise."""
    assert "cases_passed = 91.5\n" in written({"cases_passed": 91.5})


def test_shares_are_rounded_down() -> None:
    """A floor taken from a figure lies at or under it."""
    assert share(2, 3) == 66.6
    assert share(0, 0) == 100.0

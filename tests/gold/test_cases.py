"""Runs the reading over the gold cases; what is known not to work yet is listed, and the list may only shrink."""

from __future__ import annotations

import pytest

from tests.gold.details import details
from tests.gold.expected import judged, not_yet
from tests.gold.readings import SEED_FORMS, cases, readings, torn
from tests.gold.scoring import faults
from tests.gold.seed_checks import CHECKS

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_who_said_what(name: str) -> None:
    """Every quotation of the case is found and given to the right speaker, and nothing else is."""
    judged(name, faults(CASES[name], readings()[name]))


@pytest.mark.parametrize("name", CASES)
def test_details(name: str) -> None:
    """Kinds, cues, parts, full names, reporters and the people of the case are right."""
    judged(f"{name}:details", details(CASES[name], readings()[name]))


@pytest.mark.parametrize("name", CASES)
def test_words_are_whole(name: str) -> None:
    """No role, name or speaker begins or ends within a word."""
    assert torn(CASES[name].text, readings()[name]) == []


def test_not_yet_lists_only_what_is_checked() -> None:
    """An entry for a check that is gone, or one without a reason, would hide something for ever."""
    known = {*CASES, *(f"{name}:details" for name in CASES)}
    known |= {f"{name}-{form}:{check}" for name, form in SEED_FORMS for check in CHECKS}
    for name, reason in not_yet().items():
        assert name in known, name
        assert reason, f"{name} has no reason"

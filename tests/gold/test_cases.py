"""Runs the reading over the gold cases; what is known not to work yet is listed, and the list may only shrink."""

from __future__ import annotations

import pytest

from tests.gold.details import details
from tests.gold.loading import HERE
from tests.gold.readings import cases, readings
from tests.gold.scoring import faults

CASES = cases()
NOT_YET = HERE / "not_yet.txt"


def not_yet() -> dict[str, str]:
    """The tests that are expected to fail, by ``id`` or ``id:details``, each with its reason."""
    lines = (line.partition("#")[0].strip() for line in NOT_YET.read_text(encoding="utf-8").splitlines())
    return {name: reason.strip() for name, _, reason in (line.partition(" ") for line in lines if line)}


def judged(name: str, wrong: list[str]) -> None:
    """Fail where the outcome is not the expected one: a listed case that passes must be taken off the list."""
    reason = not_yet().get(name)
    if reason is None:
        assert not wrong, f"{name}: " + "; ".join(wrong)
    elif wrong:
        pytest.xfail(reason)
    else:
        pytest.fail(f"{name} passes now: take it off {NOT_YET.name}")


@pytest.mark.parametrize("name", CASES)
def test_who_said_what(name: str) -> None:
    """Every quotation of the case is found and given to the right speaker, and nothing else is."""
    judged(name, faults(CASES[name], readings()[name]))


@pytest.mark.parametrize("name", CASES)
def test_details(name: str) -> None:
    """Kinds, cues, parts, full names, reporters and the people of the case are right."""
    judged(f"{name}:details", details(CASES[name], readings()[name]))


def test_not_yet_lists_only_real_cases() -> None:
    """An entry for a case that is gone, or one without a reason, would hide something for ever."""
    for name, reason in not_yet().items():
        assert name.removesuffix(":details") in CASES, name
        assert reason, f"{name} has no reason"

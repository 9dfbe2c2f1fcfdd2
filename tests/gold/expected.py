"""What is known not to work yet: listed with its reason, expected to fail, and to be taken off once it passes."""

from __future__ import annotations

import pytest

from tests.gold.loading import HERE

NOT_YET = HERE / "not_yet.txt"


def not_yet() -> dict[str, str]:
    """The checks that are expected to fail (``id``, ``id:details``, ``seed-form:check``), each with its reason."""
    lines = (line.partition("#")[0].strip() for line in NOT_YET.read_text(encoding="utf-8").splitlines())
    return {name: reason.strip() for name, _, reason in (line.partition(" ") for line in lines if line)}


def judged(name: str, wrong: list[str]) -> None:
    """Fail where the outcome is not the expected one: a listed check that passes must be taken off the list."""
    reason = not_yet().get(name)
    if reason is None:
        assert not wrong, "\n".join([name, *wrong])
    elif wrong:
        pytest.xfail(reason)
    else:
        pytest.fail(f"{name} passes now: take it off {NOT_YET.name} (python -m tests.gold --shrink)")

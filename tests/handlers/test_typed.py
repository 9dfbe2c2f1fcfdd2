"""What is typed is made safe, measured and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed import count, number, short, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tom \n\t Plant ", "Tom Plant"),
        ("Pu\0tin\x07", "Putin"),
        ("\u202eKelly\u202c", "Kelly"),
        ("e\u0301t\u00e9", "été"),
        ("\ud800who", "who"),
        ("\u200b\ufeff", ""),
        ("👩‍🔬 professor", "👩‍🔬 professor"),
    ],
)
def test_tidy(typed: str, kept: str) -> None:
    """Controls, surrogates and direction marks go; letters and emoji stay."""
    assert tidy(typed) == kept


@given(st.text(st.characters(), max_size=60))
def test_tidy_is_always_storable(typed: str) -> None:
    """Whatever is typed can be encoded, stands on one line, and is not changed a second time."""
    kept = tidy(typed)
    kept.encode()
    assert len(kept.splitlines()) <= 1
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2", 2),
        ("#2", 2),
        ("2.", 2),
        (" 12 ", 12),
        ("0", None),
        ("-1", None),
        ("²", None),
        ("9" * 10, None),
        ("", None),
    ],
)
def test_number(typed: str, read: int | None) -> None:
    """Only plain whole numbers are numbers."""
    assert number(typed) == read


@pytest.mark.parametrize(
    ("amount", "told"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1204, "1,204 stories")]
)
def test_count(amount: int, told: str) -> None:
    """The noun agrees with its number."""
    assert count(amount, "story", "stories") == told


@given(st.text(max_size=80), st.integers(2, 40))
def test_short_keeps_its_limit(text: str, limit: int) -> None:
    """A shortened text is never longer than its limit, and says that it was cut."""
    cut = short(text, limit)
    assert len(cut) <= limit
    assert cut == " ".join(text.split()) or cut.endswith("…")

"""Places of passages as words: what is written is found again, and nothing forged is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import places
from store import Store
from tests.handlers.made import put


def test_a_written_place_is_found(store: Store) -> None:
    """The way there and back gives the same words."""
    article = store.article(put(store, "The piers were built in 1931."))
    assert article is not None
    sentence = store.sentences(article.version_id)[-1]
    words = places.written((sentence,))
    assert places.is_place(words)
    assert places.find(words, store) == sentence


def test_parts_are_written_as_one_stretch(store: Store) -> None:
    """A quotation in parts is pointed to from its first word to its last one."""
    article = store.article(put(store, '"One," she said. "Two."'))
    assert article is not None
    first, last = store.sentences(article.version_id)[-2:]
    found = places.find(places.written((first, last)), store)
    assert found is not None
    assert found.text == '"One," she said. "Two."'


@pytest.mark.parametrize(
    "words",
    [
        "@1:body:5:5",
        "@1:body:9:5",
        "@1:body:-1:5",
        "@1:body:0:999999999",
        "@1:body:0:30000",
        "@1:source:0:5",
        "@2:body:0:5",
        "@0:body:0:5",
        "@999999999999999999999:body:0:5",
        "@1:caption:0:1",
        "@1:body:٠:٥",
        "@1:body:0:5 ",
        "@1:body:0:5:6",
        "@:body::",
        "@1' OR 1=1:body:0:5",
    ],
)
def test_forged_places_are_nowhere(words: str, store: Store) -> None:
    """Whatever points outside a field, or is malformed, finds nothing."""
    put(store)
    assert places.find(words, store) is None


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_nothing(words: str) -> None:
    """Reading a place never raises; a text that does not match is refused before the store is asked."""
    assert places.find("@" + words.replace(":", ";"), None) is None  # type: ignore[arg-type]

"""Whom a typed name means: a table of what people type, and of what must stay unanswered."""

from __future__ import annotations

import time
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.matching import match_name

CAST: dict[Hashable, list[str]] = {
    "putin": ["Vladimir Putin", "Putin", "Russian President", "the Russian president"],
    "kim": ["Kim Jong Un", "Kim", "North Korean leader", "North Korea's young dictator"],
    "trump": ["Donald Trump", "Trump", "President"],
    "pompeo": ["Mike Pompeo", "Pompeo", "US Secretary of State"],
    "kelly": ["Robert Kelly", "Kelly", "a professor of international relations at South Korea's Pusan University"],
    "plant": ["Tom Plant", "Plant", "at the Royal United Services Institute, a London think tank"],
    "xi": ["Xi Jinping", "Xi", "Chinese President"],
    "moon": ["Moon Jae-in", "Moon"],
}
KIMS = CAST | {"sister": ["Kim Yo Jong", "Kim", "Kim's sister"]}
OTHERS: dict[Hashable, list[str]] = {
    "erdogan": ["Recep Tayyip Erdoğan", "Erdoğan"],
    "gaddafi": ["Muammar Gaddafi"],
    "zelensky": ["Volodymyr Zelensky"],
    "mohammed": ["Mohammed bin Salman", "crown prince"],
    "may": ["Theresa May", "May", "Prime Minister"],
    "leyen": ["Ursula von der Leyen"],
    "smith1": ["John Smith", "a farmer"],
    "smith2": ["Jane Smith", "a nurse"],
    "rusi": ["Royal United Services Institute", "RUSI"],
    "obrien": ["Conan O’Brien"],
}

CLEAR: list[tuple[str, dict[Hashable, list[str]], str]] = [
    ("Vladimir Putin", CAST, "putin"),
    ("PUTIN", CAST, "putin"),
    ("putn", CAST, "putin"),
    ("puttin", CAST, "putin"),
    ("poutine", CAST, "putin"),
    ("vladimir poutine", CAST, "putin"),
    ("putin vladimir", CAST, "putin"),
    ("vladmir", CAST, "putin"),
    ("vlad", CAST, "putin"),
    ("president putin", CAST, "putin"),
    ("mr. putin", CAST, "putin"),
    ("putin's", CAST, "putin"),
    ("who is putin?", CAST, "putin"),
    ("russian president", CAST, "putin"),
    ("the Russian President", CAST, "putin"),
    ("pompey", CAST, "pompeo"),
    ("mike pompey", CAST, "pompeo"),
    ("michael pompeo", CAST, "pompeo"),
    ("Michael R. Pompeo", CAST, "pompeo"),
    ("secretary pompeo", CAST, "pompeo"),
    ("secretary of state", CAST, "pompeo"),
    ("mike", CAST, "pompeo"),
    ("kim jung un", CAST, "kim"),
    ("kim jung un", KIMS, "kim"),
    ("Kim Jong-un", KIMS, "kim"),
    ("kimjongun", KIMS, "kim"),
    ("kim jongun", KIMS, "kim"),
    ("jong un", KIMS, "kim"),
    ("kim", CAST, "kim"),
    ("north korean leader", KIMS, "kim"),
    ("dictator", KIMS, "kim"),
    ("kim yo jong", KIMS, "sister"),
    ("kim yo-jong", KIMS, "sister"),
    ("sister", KIMS, "sister"),
    ("trump", CAST, "trump"),
    ("trmup", CAST, "trump"),
    ("tramp", CAST, "trump"),
    ("Donald J. Trump", CAST, "trump"),
    ("kelly", CAST, "kelly"),
    ("kelley", CAST, "kelly"),
    ("bob kelly", CAST, "kelly"),
    ("professor", CAST, "kelly"),
    ("professor kelly", CAST, "kelly"),
    ("tom", CAST, "plant"),
    ("plnt", CAST, "plant"),
    ("thomas plant", CAST, "plant"),
    ("think tank", CAST, "plant"),
    ("xi", CAST, "xi"),
    ("xi jin ping", CAST, "xi"),
    ("xijinping", CAST, "xi"),
    ("chinese president", CAST, "xi"),
    ("moon jae in", CAST, "moon"),
    ("moon jaein", CAST, "moon"),
    ("erdogan", OTHERS, "erdogan"),
    ("tayip erdogan", OTHERS, "erdogan"),
    ("qaddafi", OTHERS, "gaddafi"),
    ("moamar gadhafi", OTHERS, "gaddafi"),
    ("zelenskyy", OTHERS, "zelensky"),
    ("donald trump", {"son": ["Donald Trump Jr."], "trump": ["Donald Trump"]}, "trump"),
    ("donald trump jr", {"son": ["Donald Trump Jr."], "trump": ["Donald Trump"]}, "son"),
    ("Vladimir Zelenskiy", {"z": ["Volodymyr Zelenskiy"]}, "z"),
    ("muhammad bin salman", OTHERS, "mohammed"),
    ("crown prince", OTHERS, "mohammed"),
    ("may", OTHERS, "may"),
    ("von der leyen", OTHERS, "leyen"),
    ("john smith", OTHERS, "smith1"),
    ("nurse", OTHERS, "smith2"),
    ("rusi", OTHERS, "rusi"),
    ("conan obrien", OTHERS, "obrien"),
    ("o'brien", OTHERS, "obrien"),
]

UNCLEAR: list[tuple[str, dict[Hashable, list[str]], set[str]]] = [
    ("kim", KIMS, {"kim", "sister"}),
    ("president", CAST, {"putin", "trump", "xi"}),
    ("smith", OTHERS, {"smith1", "smith2"}),
    ("smiht", OTHERS, {"smith1", "smith2"}),
    ("kim jong il", CAST, {"kim"}),
    ("plan", CAST, {"plant"}),
]

SILENT = [
    "xyzzy", "the", "a", "", " ", "?!…", "😀", "\x00", "who", "what did he say", "summit", "denuclearization", "deal",
    "korea", "state", "word", "donald tusk", "melania trump", "mike pence", "robert mueller", "xyz jong", "zz", "p",
    "i", "in", "Путін", "peninsula", "nuclear weapons", "tom smith", "11", "of the and",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "cast", "who"), CLEAR)
def test_clear_names_are_answered(typed: str, cast: dict[Hashable, list[str]], who: str) -> None:
    """A misspelt, partial or reordered name, or a role, is answered without asking back."""
    match = match_name(typed, cast)
    assert (match.best, match.clear) == (who, True)
    assert match.candidates[0] == who


@pytest.mark.parametrize(("typed", "cast", "who"), UNCLEAR)
def test_names_that_fit_several_are_asked_back(typed: str, cast: dict[Hashable, list[str]], who: set[str]) -> None:
    """Where two people fit, or the name fits only in part, nobody is chosen silently."""
    match = match_name(typed, cast)
    assert not match.clear
    assert who <= set(match.candidates)


@pytest.mark.parametrize("typed", SILENT)
def test_silence_before_noise(typed: str) -> None:
    """Other words, and other people who share one name, find nobody."""
    match = match_name(typed, KIMS)
    assert match.best is None
    assert match.candidates == ()


def test_no_choices() -> None:
    """An empty cast, or somebody without a name, is no error."""
    assert match_name("putin", {}).best is None
    assert match_name("putin", {1: [], 2: [""], 3: ["…"]}).best is None


def test_many_names_are_quick() -> None:
    """Ten thousand names and more are searched within the time of one answer."""
    crowd: dict[Hashable, list[str]] = {n: [f"Ab{n:x}ol Cr{n * 7919 % 99991:x}en"] for n in range(12_000)}
    began = time.thread_time()
    assert match_name("kim jung un", crowd | KIMS).best == "kim"
    assert match_name("putn", crowd | KIMS).best == "putin"
    assert time.thread_time() - began < 3


@given(st.text(), st.dictionaries(st.integers(), st.lists(st.text(), max_size=3), max_size=4))
def test_any_words_any_names(typed: str, choices: dict[int, list[str]]) -> None:
    """No input is an error, and whoever is found is one of the choices."""
    match = match_name(typed, choices)
    assert set(match.candidates) <= set(choices)
    assert (match.best is None) == (not match.candidates)

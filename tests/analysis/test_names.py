"""Names are cut free of titles and sentence openers, and gathered into one entry a person."""

from __future__ import annotations

import pytest

from analysis.entity import Entity
from analysis.model import Block, BlockKind, Span
from analysis.names import Name, names_in
from analysis.people import entities_of


def _names(text: str) -> list[Name]:
    return names_in(text, [Block(BlockKind.BODY, Span(0, len(text)))])


def _people(text: str) -> dict[str, Entity]:
    return {one.name: one for one in entities_of(text, _names(text)) if one.person}


NAMED = [
    ("Agriculture Minister Anwar Latif said so.", ["Anwar Latif"]),
    ("Then the public works minister Lotta Brandvold left.", ["Lotta Brandvold"]),
    ("US Secretary of State Mike Pompeo flew home.", ["Mike Pompeo"]),
    ("On Monday Ludwig van der Berg met J. K. Moss.", ["Ludwig van der Berg", "J. K. Moss"]),
    ("Sinéad O’Brien and Jean-Luc Picard agreed.", ["Sinéad O’Brien", "Jean-Luc Picard"]),
    ("But Dr. Ada Obi’s brother did not.", ["Ada Obi"]),
    ("Robert Kane, Jr. spoke.", ["Robert Kane, Jr."]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names_stand_without_titles_and_openers(text: str, expected: list[str]) -> None:
    """A name is what a reader would look up."""
    assert [one.span.cut(text) for one in _names(text)] == expected


def test_a_photographers_credit_names_nobody() -> None:
    """The person behind the camera is not in the story."""
    assert [one.span.cut("x") for one in _names("A man clears snow. Photograph: Ana Ruiz/Agency")] == []


def test_surnames_and_first_names_go_to_their_person() -> None:
    """One entry a person, over every way the name is printed."""
    found = _people("Hillary Clinton won. Clinton smiled. “Go, Hillary,” said Tim Kaine.")
    assert set(found) == {"Hillary Clinton", "Tim Kaine"}
    assert len(found["Hillary Clinton"].mentions) == 3


def test_two_people_of_one_family_name_stay_two() -> None:
    """Kim Jong Un and Kim Yo Jong are two people, and "Mr." and "Mrs." tell a couple apart."""
    assert {"Kim Jong Un", "Kim Yo Jong"} <= set(_people("Kim Jong Un waited. His sister, Kim Yo Jong, waved."))
    couple = _people("Laura Engel and Victor Engel own it. Mrs. Engel cooks. Mr. Engel sleeps.")
    assert [len(couple[name].mentions) for name in ("Laura Engel", "Victor Engel")] == [2, 2]


def test_places_and_bodies_are_no_people() -> None:
    """A town, a ministry and a company never become persons."""
    found = _people("In New York, the Justice Department met Crumb & Sons. Paris and Texas watched.")
    assert found == {}


def test_accents_do_not_make_a_second_person() -> None:
    """One outlet prints them, another leaves them out."""
    assert list(_people("Szymon Wiśniewski came. Later Wisniewski left.")) == ["Szymon Wiśniewski"]

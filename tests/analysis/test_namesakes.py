"""Protects that people of one surname stay apart, and that two who share one are both known in full."""

from __future__ import annotations

from analysis import read


def said(text: str) -> list[tuple[str, str | None]]:
    """The marked words of a text with the names of their speakers."""
    return [(one.span.cut(text), one.speaker.name if one.speaker else None) for one in read(text).quotations]


def test_titles_alone_tell_two_of_one_surname_apart() -> None:
    """Mr Park's words never stand under Ms Park."""
    text = "Mr Park voted for the tram. “It is quick,” Mr Park said. Ms Park did not. “It is noisy,” Ms Park said."
    assert said(text) == [("“It is quick,”", "Mr Park"), ("“It is noisy,”", "Ms Park")]
    assert {"Mr Park", "Ms Park"} <= {person.name for person in read(text).people}


def test_a_title_of_the_other_gender_is_no_mention_of_a_known_person() -> None:
    """Mr Ross is not Helen Ross."""
    text = "Helen Ross lost the vote. “She will win the next one,” said Mr Ross."
    assert said(text)[0][1] != "Helen Ross"


def test_a_shared_surname_is_given_to_both() -> None:
    """In “Max and Leo Adler” each has a full name."""
    text = "Max and Leo Adler, 19, sailed the Atlantic in a bathtub. “He snores,” said Max. “He steers,” said Leo."
    assert [name for _, name in said(text)] == ["Max Adler", "Leo Adler"]


def test_a_nickname_between_two_names_is_no_name() -> None:
    """The nickname stays out of the name, and both ends belong together."""
    text = "Gaspar “The Hammer” Ilić retired on Friday. “I never read it,” Ilić said."
    assert said(text) == [("“I never read it,”", "Gaspar Ilić")]

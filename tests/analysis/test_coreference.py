"""Pronouns, roles and surnames are tied to the person the text means, or to nobody."""

from __future__ import annotations

import pytest

import analysis

MEANT = [
    ("Sofia Lindqvist chairs the firm. It lost money. “I regret that,” she said.", "Sofia Lindqvist"),
    ("Carl Osei met Maria Lund. “I never saw a log,” he said.", "Carl Osei"),
    ("Joan Abbot is mayor. The judge is Tom Reed. “He erred,” she said.", "Joan Abbot"),
    ("“There will be no second round,” Petrov said. Ivan Petrov leads the party.", "Ivan Petrov"),
    ("Russian President Ivan Petrov met Xu Min. “No secrets,” the Russian president said.", "Ivan Petrov"),
    ("Marie Colbert, the referee, stopped it. Eze scored. “Unfit,” the referee said.", "Marie Colbert"),
    ("Pia Olander waited. A nurse came. “Go home,” the nurse said.", "the nurse"),
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_the_speaker_is_who_is_meant(text: str, name: str) -> None:
    """The last quotation of the text has this speaker."""
    speaker = [one for one in analysis.read(text).quotations if one.kind != "indirect"][-1].speaker
    assert speaker is not None
    assert speaker.name == name


def test_a_shared_surname_is_told_by_gender() -> None:
    """Of a couple, "she" is the wife."""
    text = "Laura Engel and her husband, Victor Engel, own it. “For the roof,” Victor Engel said. “Ha,” she said."
    assert [one.speaker.name for one in analysis.read(text).quotations if one.speaker][-1] == "Laura Engel"


def test_roles_and_mentions_belong_to_the_person() -> None:
    """The cast lists what somebody is, where it is printed, and where only the role is."""
    text = "Ivan Petrov, the mayor of Omsk, spoke. “Done,” he said. Later the mayor left."
    (person,) = analysis.read(text).people
    assert "the mayor of Omsk" in [role.cut(text) for role in person.roles]
    printed = [(mention.kind.value, mention.span.cut(text)) for mention in person.mentions]
    assert ("pronoun", "he") in printed
    assert ("role", "the mayor") in printed

"""Joins the two names of somebody who took another: "Cassius Boone, who changed his name to Idris Rahman"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.entity import Entity
    from analysis.names import Name

WHO = r"(?:who (?:was |is |had been |has been )?)?"
OLD_AFTER = re.compile(  # "Idris Rahman, born Cassius Boone"
    rf",? \(?{WHO}(?:also )?(?:born|n[ée]e|formerly(?: known as)?|previously(?: known as)?|once known as|then known as"
    r"|then called|whose (?:real|birth|maiden|given) name (?:is|was)|real name|maiden name),? "
)
NEW_AFTER = re.compile(  # "Cassius Boone, who changed his name to Idris Rahman"
    rf",? \(?{WHO}(?:(?:has |had |later |legally |since )*changed (?:his|her|their) name to|now(?: known as| called)?"
    r"|(?:now )?goes by(?: the name(?: of)?)?|(?:now |later )?calls (?:him|her)self"
    r"|(?:better|best|also|later|professionally|now) known as|a\.?k\.?a\.?|alias) "
)


def join_renamed(text: str, found: list[Entity]) -> None:
    """Put the entities of two such names together, under the name that is borne now."""
    for former, current, told in _renamed(text, found):
        if former is current or former not in found or current not in found:
            continue
        if len(told.words) < len(former.words):  # "née Brandt", where a brother's name is Otto Brandt
            former.mentions.remove(told)
            current.mentions.append(told)
            current.aliases[told.words] += 1
        else:
            found.remove(former)
            current.mentions += former.mentions
            current.aliases.update(former.aliases)
        current.mentions.sort(key=lambda one: one.span)


def _renamed(text: str, found: Sequence[Entity]) -> list[tuple[Entity, Entity, Name]]:
    """The former and the present person with the former name, as the words between two printed names tell."""
    named = sorted(((one, entity) for entity in found for one in entity.mentions), key=lambda pair: pair[0].span)
    changes = []
    for (one, entity), (after, other) in pairwise(named):
        between = text[one.span.end : after.span.start]
        if len(entity.words) > 1 and OLD_AFTER.fullmatch(between):
            changes.append((other, entity, after))
        elif len(other.words) > 1 and NEW_AFTER.fullmatch(between):
            changes.append((entity, other, one))
    return changes

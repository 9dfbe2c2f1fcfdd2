"""The gold of the two founding texts as cases, for the raw files and for the articles that cleaning makes of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.document import lines
from analysis.model import Span
from tests.gold.loading import HERE, PRONOUNS, Case, Character, Quote, Who

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD: dict[str, Any] = tomllib.loads((HERE / "seeds.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Printed:
    """Where the parts of an attribution stand; None where the text has none."""

    mention: Span
    cue: Span | None
    attribution: Span | None
    reported_by: Span | None


@dataclass(frozen=True, slots=True)
class Seed:
    """One founding text with its gold; ``printed`` goes with ``case.quotes``."""

    case: Case
    printed: tuple[Printed, ...]
    headlines: frozenset[int]
    stand_ins: tuple[tuple[str, str], ...]  # (who, as printed): "the North Korean ruler"
    aside: tuple[Span, ...]

    def moved(self, text: str) -> Seed:
        """The same gold on another text that has the same lines, such as the cleaned article."""
        old = self.case.text

        def to(span: Span) -> Span:
            line = next(line for line in lines(old) if line.holds(span))
            return span.moved(text.index(line.cut(old)) - line.start)

        def who(one: Who) -> Who:
            return replace(one, mention=to(one.mention))

        quotes = tuple(replace(q, span=to(q.span), who=who(q.who)) for q in self.case.quotes)
        case = replace(self.case, text=text, quotes=quotes, forbid=tuple(map(to, self.case.forbid)))
        return replace(self, case=case, printed=tuple(_moved(each, to) for each in self.printed))


def _moved(printed: Printed, to: Any) -> Printed:
    """The same parts elsewhere."""
    rest = (printed.cue, printed.attribution, printed.reported_by)
    return Printed(to(printed.mention), *(span and to(span) for span in rest))


def raw(name: str) -> str:
    """A founding text as it is, line ends and all."""
    return (SEEDS / str(GOLD[name]["file"])).read_bytes().decode()


def seed(name: str) -> Seed:
    """The gold of one founding text, on its raw file."""
    table, text = GOLD[name], raw(name)
    quotes, group = [], -1
    entries = [each for entry in table["quotation"] for each in _either(entry)]
    for entry in entries:
        group += not entry.get("part", False)
        quotes.append(_quote(text, entry, group))
    people = tuple(Character(p["name"], tuple(p["aliases"]), tuple(p["roles"])) for p in table["person"])
    forbid = tuple(Span(*span) for span in table["not_spoken"])
    case = Case(name, text, tuple(quotes), forbid, (), (), people, tuple(table["nobody"]["names"]), False, "seeds")
    return Seed(
        case,
        tuple(_printed(entry) for entry in entries),
        frozenset(i for i, entry in enumerate(entries) if entry.get("headline")),
        tuple((p["name"], mention) for p in table["person"] for mention in p["mentions"]),
        tuple(Span(*span) for span in table["aside"]),
    )


def _either(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """An entry, and beside it the one with the other words that may be taken for its content."""
    return [entry, {**entry, "span": entry["or_span"], "optional": True}] if "or_span" in entry else [entry]


def _quote(text: str, entry: dict[str, Any], group: int) -> Quote:
    """One entry of the table as a gold quotation."""
    mention = Span(*entry["mention"])
    phrase, names = mention.cut(text), tuple(entry["speaker"])
    kind = "pronoun" if phrase.lower() in PRONOUNS else "person" if names else "role"
    flags = {key: entry.get(key, False) for key in ("nobody", "optional")}
    return Quote(entry["kind"], Span(*entry["span"]), Who(kind, phrase, mention, names), group, **flags)


def _printed(entry: dict[str, Any]) -> Printed:
    """Where the parts of one attribution stand."""
    cue, attribution, by = (
        Span(*entry[key]) if key in entry else None for key in ("cue", "attribution", "reported_by")
    )
    return Printed(Span(*entry["mention"]), cue, attribution, by)

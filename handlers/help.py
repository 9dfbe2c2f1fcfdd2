"""/help: a few things to try, made from the story that is loaded, and the names of all else."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import QuoteKind, SpeakerKind
from analysis.words import key
from handlers.answer import Answer, Block, Entry, Group, Note
from handlers.current import find, follow, title
from handlers.plain import no_articles
from handlers.question import Question, Role
from handlers.speech import has_spoken, said_in
from handlers.table import COMMANDS, Command
from handlers.typed import short
from store import Store
from store.model import CastMember, Story

TO_CHECK = range(5, 15)
"""Words of a quotation that is short enough to be an example, and long enough to be nobody else's."""

_MARKS = " \"“”„‟'‘’«».,;:!?"
_IN_GROUPS = (
    "Reply to any message with /quotes, /who or /check to look it up. "
    "Mention me, or reply to me, to ask in your own words."
)
_PLAIN_WORDS = "Plain words without a command are a question too."
_IN_PRIVATE = f"{_PLAIN_WORDS} Forward me a message to look it up."


def answer(question: Question, store: Store) -> Answer:
    """Examples that really find something, then the other commands that the asker may use."""
    story = find(question, store)
    if story is None:
        empty = no_articles(question, store)
        return Answer("What you can ask", (*_commands(question, set()), Note(empty.heading), *empty.blocks))
    examples = list(_examples(follow(question, "help", story=story.id), story, store))
    how = (Note(_PLAIN_WORDS if question.local else _IN_PRIVATE if question.private else _IN_GROUPS),)
    found = (Group(f"Try, in “{title(story, 60)}”", tuple(examples)),) if examples else ()
    shown = {entry.question.command for entry in examples if entry.question is not None}
    return Answer("What you can ask", (*found, *how, *_commands(question, shown)))


def _commands(question: Question, shown: set[str]) -> tuple[Block, ...]:
    """At the machine each with what it does; in a chat, where the menu tells that, only the names of the others."""
    mine = [
        each for each in COMMANDS.values() if each.menu and each.role_for(private=question.private) <= question.role
    ]
    if question.local:
        return tuple(Entry(each.usage, each.help) for each in mine)
    ordinary = [each for each in mine if each.role <= Role.GROUP_ADMIN and each.name not in {*shown, "help"}]
    for_admins = [each for each in mine if each.role > Role.GROUP_ADMIN]
    lines = [f"Also: {_names(ordinary)}"] if ordinary else []
    lines += [f"For admins: {_names(for_admins)}"] if for_admins else []
    return (Note("\n".join(lines)),) if lines else ()


def _names(commands: list[Command]) -> str:
    return " ".join(f"/{each.name}" for each in commands)


def _examples(question: Question, story: Story, store: Store) -> Iterator[Entry]:
    """What can be asked of a story, with names and words that are printed in it."""
    people = [member for member in store.cast(story.id) if member.kind is SpeakerKind.PERSON]
    heard = next((member for member in people if has_spoken(member.id, store)), None)
    yield _example("what happened", follow(question, "summary"))
    if people:
        yield _example("who somebody is", follow(question, "who", people[0].name))
    if heard is not None:
        yield _example("what somebody said", follow(question, "quotes", heard.name))
        yield _example("a question", follow(question, "ask", f"what did {_surname(heard)} say?"))
    printed = _printed(story, store)
    if printed:
        yield _example("whether that was said", follow(question, "check", printed))


def _example(what: str, question: Question) -> Entry:
    return Entry(f"/{question.command} {question.words}".strip(), what, question)


def _printed(story: Story, store: Store) -> str:
    """The words of a quotation of somebody by name, the first one that is neither short nor long."""
    for said in said_in(story.id, store):
        words = short(said.parts[0].text, 200).strip(_MARKS)
        marked = said.kind is QuoteKind.DIRECT and said.speaker is not None and len(said.parts) == 1
        if marked and len(key(words).split()) in TO_CHECK:
            return words
    return ""


def _surname(member: CastMember) -> str:
    """The shortest other name that is the end of the full one, as most articles print it, else the full name."""
    ends = [alias for alias in member.aliases if member.name.endswith(f" {alias}")]
    return min(ends, key=len, default=member.name)

"""/settings: how this chat wants its answers; a topic takes from its chat what it has not set itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handlers.answer import Answer, Entry, Next, Note
from handlers.current import follow
from handlers.preferences import SETTINGS, Setting
from handlers.question import Question
from store import Store

RESET = "reset"


def answer(question: Question, store: Store) -> Answer:
    """What is set; with a name and a value, after setting it."""
    name, _, value = question.words.partition(" ")
    if name == RESET and not value:
        store.chats.reset(question.chat)
    elif question.words:
        setting = next((each for each in _offered(question) if each.name == name), None)
        if setting is None or value not in setting.values:
            return _unknown(question)
        store.chats.set(question.chat, name, value)
    return _shown(question, store)


def _offered(question: Question) -> list[Setting]:
    return [each for each in SETTINGS if not (each.groups_only and question.private)]


def _shown(question: Question, store: Store) -> Answer:
    kept = store.chats.settings(question.chat)
    lines = tuple(Entry(each.label, each.values[each.now(kept)]) for each in _offered(question))
    note = (Note("What this topic has not set comes from its group."),) if _is_topic(question) else ()
    ways = [*_ways(kept, question)]
    if kept:
        ways.append(Next("As at first", follow(question, "settings", RESET)))
    return Answer(f"Settings of this {_kind(question)}", (*lines, *note), tuple(ways))


def _ways(kept: Mapping[str, str], question: Question) -> Iterator[Next]:
    """A button a setting, which sets the next of its values."""
    for each in _offered(question):
        value = each.next(kept)
        yield Next(each.hint.format(each.values[value]), follow(question, "settings", f"{each.name} {value}"))


def _unknown(question: Question) -> Answer:
    lines = tuple(Entry(_usage(each), each.label) for each in _offered(question))
    return Answer("There is no such setting.", lines, (Next("Settings", follow(question, "settings")),))


def _usage(setting: Setting) -> str:
    return f"/settings {setting.name} {' or '.join(_in_order(setting.values))}"


def _in_order(values: Iterable[str]) -> list[str]:
    """Numbers by size; words as they are."""
    return sorted(values, key=lambda value: int(value) if value.isdecimal() else 0)


def _kind(question: Question) -> str:
    return "topic" if _is_topic(question) else "chat" if question.private else "group"


def _is_topic(question: Question) -> bool:
    return question.chat.count(":") > 1

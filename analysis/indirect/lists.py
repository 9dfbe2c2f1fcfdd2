"""Knows the cue words in all their forms, and tells at a glance whether a paragraph can hold any."""

from __future__ import annotations

import re
from functools import cache

from analysis import lists
from analysis.indirect.candidate import CueClass

LINKS = frozenset({"that", "to", "about", "over"})  # one of these ties a content to a noun
HEADLINE_END = re.compile(r"(?:\s(?:[–—-]|--)|:)\s[^.:!?–—]{2,60}$")  # "... – minister"
WORD = re.compile(r"[a-z]+")
VERB_LISTS = (
    CueClass.SPEECH,
    CueClass.BELIEF,
    CueClass.FINDING,
    CueClass.INTENT,
    CueClass.OBJECT,
    CueClass.TOPIC,
    CueClass.LABEL,
)


@cache
def irregular() -> dict[str, tuple[str, ...]]:
    """Verb -> the forms that spelling rules do not give."""
    return {first: tuple(rest) for first, *rest in map(str.split, lists.lines("verbs_irregular"))}


def forms(verb: str) -> frozenset[str]:
    """All forms of an English verb, and a few that do not exist and do no harm."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeou":
        made = {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    else:
        made = {verb + ("es" if re.search(r"(s|x|z|ch|sh|o)$", verb) else "s"), stem + "ed", stem + "ing"}
    return frozenset(made | {verb, *irregular().get(verb, ())})


@cache
def verb_of(kind: CueClass) -> dict[str, str]:
    """Form -> verb, for one class of cues."""
    verbs = [line.split()[0] for line in lists.lines(f"verbs_indirect_{kind}")]
    return {form: verb for verb in verbs for form in forms(verb)}


@cache
def light_verbs() -> dict[str, str]:
    """Form -> verb, for verbs that only carry a noun of speech ("made the claim")."""
    return {form: verb for verb in lists.lines("verbs_indirect_light") for form in forms(verb)}


@cache
def addressed() -> dict[str, str]:
    """Form -> verb, for verbs whose object is who was spoken to ("told the inquest")."""
    return {form: verb for verb in lists.lines("verbs_indirect_addressed") for form in forms(verb)}


@cache
def told_things() -> frozenset[str]:
    """What is told and is no listener: jokes, lies, tales."""
    return with_plurals(lists.words("nouns_indirect_told"))


@cache
def prepositions() -> dict[str, frozenset[str]]:
    """Verb -> the prepositions that bring in what was said."""
    return {first: frozenset(rest) for first, *rest in map(str.split, lists.lines("verbs_indirect_topic"))}


def with_plurals(single: frozenset[str]) -> frozenset[str]:
    """Nouns and their regular plurals."""
    plural = {word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeou" else word + "s" for word in single}
    return single | plural


@cache
def nouns() -> frozenset[str]:
    """Nouns of speech and thought that take a clause, singular and plural."""
    return with_plurals(lists.words("nouns_indirect"))


@cache
def nouns_to() -> frozenset[str]:
    """Nouns of promise and wish that take an infinitive, singular and plural."""
    return with_plurals(lists.words("nouns_indirect_to"))


@cache
def nouns_about() -> frozenset[str]:
    """Nouns of speech and worry that take "about", singular and plural."""
    return with_plurals(lists.words("nouns_indirect_about"))


@cache
def statements() -> frozenset[str]:
    """What people say things in: letters, tweets, speeches."""
    return with_plurals(lists.words("nouns_indirect_statement"))


@cache
def documents() -> frozenset[str]:
    """Papers, polls and inquiries, which find and show things."""
    return with_plurals(lists.words("nouns_indirect_document"))


@cache
def views() -> frozenset[str]:
    """Nouns of "in her view"."""
    return lists.words("nouns_indirect_view")


@cache
def outlets() -> frozenset[str]:
    """What outlets are called when they are not named."""
    return with_plurals(lists.words("nouns_indirect_outlet"))


@cache
def adjectives() -> frozenset[str]:
    """Adjectives of belief that take a clause."""
    return lists.words("adjectives_indirect")


@cache
def _verb_cues() -> frozenset[str]:
    return frozenset(form for kind in VERB_LISTS for form in verb_of(kind)) | adjectives() | views() | {"according"}


@cache
def _noun_cues() -> frozenset[str]:
    return nouns() | nouns_to() | nouns_about()


@cache
def cue_ids() -> frozenset[int]:
    """All words that can report speech, as the ids that spaCy gives to words in lower case."""
    from spacy.strings import get_string_id  # here, because the parser is loaded only when something is read

    return frozenset(get_string_id(word) for word in _verb_cues() | _noun_cues())


def may_hold(text: str) -> bool:
    """Whether a text (best without its marked quotations) has any word that can report speech.

    Quick and generous: of news paragraphs about three in four pass; none that holds a candidate is turned away.
    """
    words = frozenset(WORD.findall(text.lower()))
    if HEADLINE_END.search(text):
        return True
    if not _verb_cues().isdisjoint(words):
        return True
    return not _noun_cues().isdisjoint(words) and not LINKS.isdisjoint(words)

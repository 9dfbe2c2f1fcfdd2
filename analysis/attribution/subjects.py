"""Finds who, by the grammar, does the saying of a verb: through joined verbs, participles and relative clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.attribution.phrases import DAYS
from analysis.attribution.speakers import can_speak
from analysis.dependencies import SUBJECTS, has_subject
from analysis.lists import genders
from analysis.verbs import FORMS

if TYPE_CHECKING:
    from spacy.tokens import Token

PASSED_ON = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
QUOTING = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing", "quote", "cite"})
QUOTED = frozenset({"quoted", "cited", "reported", "heard", "recorded", "caught"})
AFTER_VERB = frozenset({"dobj", "attr", "oprd", "dep", "ccomp"})
SOMEBODY = frozenset({"another", "one", "others", "some", "many", "several"})
CLIPPED = frozenset({"'s", "’s", "'d", "’d", "'ve", "’ve"})
PUT = frozenset({"asked", "pressed", "questioned", "quizzed", "challenged", "told"})


def speaker_of(verb: Token, inside: frozenset[int], depth: int = 0) -> Token | None:
    """The head of the noun phrase that does the saying; None where the grammar names nobody."""
    if is_passive(verb) and verb.lower_ not in QUOTED:
        return agent_of(verb, inside)
    quoting_as = verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lower_ == "as"  # "as reported in the Herald"
    by_whom = not has_subject(verb) and any(child.dep_ == "agent" for child in verb.rights)
    if put_to_somebody(verb) or quoting_as or by_whom:
        return agent_of(verb, inside)
    beside = verb.doc[verb.i - 1] if verb.i else None
    named = beside is not None and beside.i not in inside and beside.tag_ in ("NNP", "NNPS")
    if verb.tag_ == "VBG" and beside is not None and named and beside.text not in DAYS and can_speak(beside):
        return beside
    quoted = quoted_object(verb)
    if quoted is not None and not is_passive(verb):
        return quoted
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i not in inside]
    if subjects:
        return _antecedent(min(subjects, key=lambda child: abs(child.i - verb.i)), verb)
    if (
        beside is not None
        and beside.lower_ in CLIPPED
        and (own := [one for one in beside.lefts if one.dep_ == "nsubj"])
    ):
        return own[0]  # "he’s said the same", parsed as "he is"
    inverted = _inverted(verb, inside)
    if inverted is not None:
        return inverted
    if depth > 4:
        return None
    if verb.dep_ in PASSED_ON and verb.head.i != verb.i:
        return _above(verb, inside, depth)
    if verb.dep_ in ("acl", "advcl") and verb.tag_ == "VBN" and (agent := agent_of(verb, inside)) is not None:
        return agent  # "accused by Tom Poe of being …"
    if verb.dep_ in ("acl", "relcl") and verb.head.i not in inside:
        return _author(verb, inside, depth) or _apposed_to(verb) or _nearest(verb)
    return None


def _nearest(verb: Token) -> Token:
    """The noun right before a participle, where the parser hung it on one farther away: "placed [ads] calling …"."""
    before, at = verb.doc[verb.i - 1], verb.doc[verb.i - 1]
    if verb.tag_ != "VBG" or not before.tag_.startswith("NN"):
        return verb.head
    while at.head.i != at.i and at.i != verb.head.i:
        at = at.head
        if at.tag_.startswith("VB") and at.i != verb.i:
            return before
    return verb.head


def _apposed_to(verb: Token) -> Token | None:
    """The name before an apposition that the parser took for the subject: "Asha Rao, a trader, called …"."""
    head, before = verb.head, verb.doc[verb.i - 1]
    return head.head if head.dep_ == "appos" and head.head.tag_ == "NNP" and before.text == "," else None


def _author(verb: Token, inside: frozenset[int], depth: int) -> Token | None:
    """Who "saying" goes back to in "Trump unleashed a series of tweets saying …"."""
    at = verb.head
    if verb.tag_ != "VBG" or at.lower_ in genders("role_nouns") or at.tag_ in ("NNP", "NNPS"):
        return None
    while at.dep_ in ("dobj", "pobj", "prep") and at.head.i != at.i:
        at = at.head
        if at.tag_.startswith("VB"):
            return speaker_of(at, inside, depth + 1)
    return None


def _above(verb: Token, inside: frozenset[int], depth: int) -> Token | None:
    head = verb.head
    if head.i in inside:
        return None
    if head.tag_.startswith("VB"):
        if verb.dep_ == "xcomp" and is_passive(head):
            return next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        if leaves_relative(verb):
            return _top_subject(verb, inside)
        if (moved := _moved(verb)) is not None:
            return moved
        if (outer := _said_again(verb) or _adds(verb)) is not None:
            return speaker_of(outer, inside, depth + 1)
        found = speaker_of(head, inside, depth + 1)
        empty = found is not None and found.lower_ in ("it", "there") and head.head.i != head.i
        return _above(head, inside, depth + 1) or found if empty and depth < 4 else found
    if head.dep_ in PASSED_ON | {"acomp", "attr", "oprd"} and head.head.i != head.i:
        return _above(head, inside, depth + 1) if depth < 4 else None
    return None


def leaves_relative(verb: Token) -> bool:
    """Whether a participle after a comma or dash goes back to the main clause: "told a man who asked, [saying] …"."""
    before = verb.doc[verb.i - 2 if verb.doc[verb.i - 1].lower_ in ("while", "as") else verb.i - 1].text
    if verb.tag_ != "VBG" or before not in BREAKS:
        return False
    at = verb.head
    while at.dep_ not in ("relcl", "acl"):
        if at.head.i == at.i:
            return False
        at = at.head
    own = [child for child in at.children if child.dep_ in SUBJECTS]
    return before != "," or not own or own[0].lower_ in RELATIVE


BREAKS = frozenset({",", "-", "–", "—", "--"})
MOVING = frozenset(
    f"{verb}{end}"
    for verb in ("prompt", "forc", "caus", "inspir", "allow", "mov", "push", "driv", "compel", "compell")
    for end in ("", "e", "es", "s", "ed", "ing")
) | {"led", "leads", "lead", "leading", "drove", "got", "made"}


def _moved(verb: Token) -> Token | None:
    """Who is brought to say it: "led [the writer Ivan Pell] to fear …"."""
    head = verb.head
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or verb.tag_ != "VB" or head.lower_ not in MOVING:
        return None
    return next((child for child in head.rights if child.dep_ == "dobj" and child.i < verb.i), None)


def _said_again(verb: Token) -> Token | None:
    """The outer verb in "He said that Gray is ill and said that …", where the parser joined the inner one."""
    inner = verb.head
    if verb.dep_ != "conj" or inner.dep_ != "ccomp" or inner.head.lower_ not in FORMS:
        return None
    again = verb.lower_ == inner.head.lower_ or joins_cue(inner.head, inner, verb)
    return inner.head if inner.head.i < inner.i and again else None


def joins_cue(cue: Token, content: Token, later: Token) -> bool:
    """Whether a verb joined to a content goes with the cue by its tense: "said she is ill and added"."""
    return _tense(cue) == _tense(later) and _tense(content) != _tense(later)


def _tense(verb: Token) -> str:
    """The tag of the finite word of a verb: its first auxiliary or itself."""
    return next((one for one in verb.children if one.dep_ in ("aux", "auxpass")), verb).tag_


def _adds(verb: Token) -> Token | None:
    """The outer verb in "Kim said he met him, adding that …": Kim adds."""
    cue = verb.head.head
    both = all(one.lower_ in FORMS and FORMS[one.lower_].strong for one in (cue, verb))
    return cue if both and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.dep_ == "ccomp" else None


def _top_subject(verb: Token, inside: frozenset[int]) -> Token | None:
    """The subject of the whole sentence, which "…, saying" at its end goes with."""
    for child in verb.sent.root.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i not in inside:
            return child
    return None


def put_to_somebody(verb: Token) -> bool:
    """Whether a participle at the head of a sentence tells what somebody was asked: "Asked if …, she nodded"."""
    if verb.lower_ not in PUT or verb.tag_ not in ("VBN", "VBD") or has_subject(verb):
        return False
    start = verb.sent.start
    if verb.tag_ == "VBN" and verb.i and verb.doc[verb.i - 1].lower_ == "when":
        return True  # "named his rival, when asked to pick one"
    leads = verb.i == start or (verb.i == start + 1 and verb.doc[start].lower_ in ("when", "if", "once", "being"))
    return leads and any(child.dep_ in SUBJECTS and child.i > verb.i for child in verb.head.children)


def agent_of(verb: Token, inside: frozenset[int] = frozenset()) -> Token | None:
    """The noun after "by", which does what a passive verb tells."""
    for child in verb.children:
        if child.dep_ == "agent" and child.i not in inside:
            for deeper in child.children:
                if deeper.dep_ == "pobj":
                    return deeper
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if (
            token.lower_ == "by"
            and token.i not in inside
            and token.dep_ in ("agent", "prep")
            and verb.lower_ in FORMS
            and FORMS[verb.lower_].label
        ):
            return next((child for child in token.children if child.dep_ == "pobj"), None)
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower_ not in RELATIVE or verb.dep_ not in ("relcl", "acl", "ccomp"):
        return subject
    return _somebody(verb.head)


def _somebody(noun: Token) -> Token:
    """What "who" or "that" goes with: the suspect in "found the suspect in a shed who told them", never the shed."""
    at = noun
    while not can_speak(at) and at.dep_ == "pobj" and at.head.head.i < at.i:
        at = at.head.head
        if at.tag_.startswith("VB"):
            at = next((child for child in at.children if child.dep_ == "dobj"), at)
    return at if at.tag_.startswith(("NN", "PRP")) and can_speak(at) else noun


def _inverted(verb: Token, inside: frozenset[int]) -> Token | None:
    """The noun after the verb in "…, said Fiona Blythe", where the parser took it for an object."""
    before = verb.doc[verb.i - 1] if verb.i else None
    free = before is None or before.is_punct or before.i in inside or before.tag_ == "RB"
    if verb.lower_ in FORMS and FORMS[verb.lower_].label and before is not None and before.i not in inside:
        free = free and verb.i > 1 and verb.doc[verb.i - 2].i in inside
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not free or verb.lower_ not in FORMS:
        return None
    for child in verb.rights:
        if child.i in inside or child.i - verb.i > 8:
            continue
        if child.dep_ in AFTER_VERB and (child.tag_.startswith(("NN", "PRP")) or child.lower_ in SOMEBODY):
            return child if can_speak(child) else None
        if child.dep_ == "npadvmod" and child.tag_ == "NNP" and can_speak(child):
            return child
    return None


def quoted_object(verb: Token) -> Token | None:
    """Whose words they are in "Reuters quoted Putin as saying"."""
    if verb.lower_ not in QUOTING:
        return None
    found = next((one for one in verb.rights if one.dep_ == "dobj" and one.tag_.startswith(("NN", "PRP"))), None)
    saying = found is not None and any(one.lower_ == "as" for one in (*verb.rights, *found.rights))
    return found if saying or verb.lower_.startswith("quot") else None  # "citing a threat" names nobody


def is_passive(verb: Token) -> bool:
    """Whether a verb tells what is done to its subject."""
    found = [child.lower_ for child in verb.children if child.dep_ == "auxpass"]
    if found and set(found) <= {"'s", "’s"}:
        return verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].lower_ == "to"  # "he's said the same" is none
    return bool(found) or any(child.dep_ == "nsubjpass" for child in verb.children)

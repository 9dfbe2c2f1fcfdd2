"""Inflects the verbs of saying, so that a word is known as one without a lemmatiser."""

from __future__ import annotations

from typing import NamedTuple

from analysis.lists import lines

IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "read": ("reads", "read", "reading"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "think": ("thinks", "thought", "thinking"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "go": ("goes", "went", "going"),
    "put": ("puts", "put", "putting"),
    "sing": ("sings", "sang", "singing"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "begin": ("begins", "began", "beginning"),
    "forecast": ("forecasts", "forecast", "forecasting"),
    "quip": ("quips", "quipped", "quipping"),
    "rule": ("rules", "ruled", "ruling"),
    "sum": ("sums", "summed", "summing"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "brag": ("brags", "bragged", "bragging"),
    "slam": ("slams", "slammed", "slamming"),
    "snap": ("snaps", "snapped", "snapping"),
    "plead": ("pleads", "pleaded", "pled", "pleading"),
    "retell": ("retells", "retold", "retelling"),
    "label": ("labels", "labeled", "labelled", "labeling", "labelling"),
    "signal": ("signals", "signaled", "signalled", "signaling", "signalling"),
    "submit": ("submits", "submitted", "submitting"),
    "refer": ("refers", "referred", "referring"),
    "admit": ("admits", "admitted", "admitting"),
    "aver": ("avers", "averred", "averring"),
    "shoot": ("shoots", "shot", "shooting"),
    "hit": ("hits", "hit", "hitting"),
    "kid": ("kids", "kidded", "kidding"),
    "see": ("sees", "saw", "seen", "seeing"),
    "bet": ("bets", "bet", "betting"),
    "know": ("knows", "knew", "known", "knowing"),
    "understand": ("understands", "understood", "understanding"),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "weep": ("weeps", "wept", "weeping"),
    "lay": ("lays", "laid", "laying"),
    "spell": ("spells", "spelled", "spelt", "spelling"),
    "set": ("sets", "set", "setting"),
    "seek": ("seeks", "sought", "seeking"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "cast": ("casts", "cast", "casting"),
    "shrug": ("shrugs", "shrugged", "shrugging"),
    "nod": ("nods", "nodded", "nodding"),
    "grin": ("grins", "grinned", "grinning"),
    "rip": ("rips", "ripped", "ripping"),
    "pen": ("pens", "penned", "penning"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "relay": ("relays", "relayed", "relaying"),
    "concur": ("concurs", "concurred", "concurring"),
    "recap": ("recaps", "recapped", "recapping"),
    "blog": ("blogs", "blogged", "blogging"),
    "peg": ("pegs", "pegged", "pegging"),
    "regret": ("regrets", "regretted", "regretting"),
    "beg": ("begs", "begged", "begging"),
}


def inflected(lemma: str) -> tuple[str, ...]:
    """The forms of a verb, its lemma first."""
    if lemma in IRREGULAR:
        return (lemma, *IRREGULAR[lemma])
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    ending = "es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return lemma, lemma + ending, lemma + "ed", lemma + "ing"


class Verb(NamedTuple):
    """A verb of saying: ``strong`` ones make a reporting clause alone, ``label`` ones go with words about a thing."""

    lemma: str
    strong: bool
    label: bool


def _table() -> dict[str, Verb]:
    found = {}
    for line in lines("verbs_of_saying"):
        lemma, *marks = line.split()
        verb = Verb(lemma, not marks, "label" in marks)
        for form in inflected(lemma):
            found[form] = verb
    return found


FORMS = _table()
"""Each inflected form of a verb of saying."""

"""The batch command with the real analysis: whatever the text, no trace, and offsets that give what they claim."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pipe_workers import read_step
from bot.settings import ROOT, SEEDS
from tests.bot.made import hostile

ODD = {
    "empty": "",
    "white space": " \n\t\r\n\u2028",
    "only marks": '"“”„«»‘’' * 200,
    "odd number of marks": 'He said: "It rained. "It snowed," she said. "It',
    "mixed line ends": 'A head\r\nA line.\r"It rained," said Ann Lee.\x0b\x0c\x85\u2028"Yes," he said.',
    "zero characters": '\0"It rained\0," said Ann\0 Lee.\0',
    "emoji and marks": '👩\u200d👩\u200d👧 "It raine\u0301\u0301d 👍🏽," said Ann Le\u0301e. 🇺🇸',
    "right to left": 'אמר "שלום" דוד.\u202e "It rained," said Ann Lee. قال "مرحبا".',
    "no space": "a" * 20_000,
    "many quotations": '"It rained," said Ann Lee.\n\n' * 300,
    "json": '{"text": "x"}',
}


def rows(texts: list[str]) -> list[dict[str, Any]]:
    """Answers for texts, read in this process."""
    return [json.loads(line) for line in read_step(texts)]


def check(text: str, row: dict[str, Any]) -> None:
    """Every offset lies in the text and gives what is said to stand there."""
    ends = [(each["start"], each["end"]) for each in row["quotes"]] + [tuple(each) for each in row["sentences"]]
    for quote in row["quotes"]:
        for name in ("speaker", "attribution"):
            if quote[f"{name}_start"] is not None:
                ends.append((quote[f"{name}_start"], quote[f"{name}_end"]))
        assert quote["kind"] in {"direct", "mixed", "indirect"}
        assert 0 <= quote["confidence"] <= 1
    for person in row["people"] + row["organisations"]:
        assert person["name"]
        for role in person["roles"]:
            assert text[role["start"] : role["end"]] == role["text"]
    assert all(0 <= start < end <= len(text) for start, end in ends)


@pytest.mark.parametrize("name", ODD)
def test_odd_texts(name: str) -> None:
    """Texts that break simpler programs are read."""
    (row,) = rows([ODD[name]])
    check(ODD[name], row)


def test_odd_texts_do_not_change_each_other() -> None:
    """A text reads the same alone and in a batch."""
    texts = list(ODD.values())
    assert rows(texts) == [row for text in texts for row in rows([text])]


@given(st.lists(hostile(20) | st.sampled_from(['"It rained," said Ann Lee. ', "He ", "\n"]), max_size=8).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    """No text at all makes it fail, as long as it is made of whole characters."""
    whole = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    (row,) = rows([whole])
    check(whole, row)


def test_the_founding_articles() -> None:
    """The real command on the real texts: speakers are there, and passages are cut from the text as given."""
    texts = [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]
    data = "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts))
    command = [sys.executable, "-m", "bot", "pipe", "read", "--workers", "auto"]
    done = subprocess.run(command, input=data.encode(), capture_output=True, cwd=ROOT, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == [0, 1]
    for text, row in zip(texts, found, strict=True):
        check(text, row)
        said = {text[each["start"] : each["end"]]: each["speaker"] for each in row["quotes"]}
        assert said['"Kim Jong Un is now happy to talk to anyone."'] == "Robert Kelly"
        assert "Vladimir Putin" in {person["name"] for person in row["people"]}

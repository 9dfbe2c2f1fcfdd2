"""The parser is quick, leaves the other cores alone, and says the same as in its makers' arithmetic."""

from __future__ import annotations

import importlib
import sys

import pytest
from threadpoolctl import threadpool_info

from analysis.parsing import MODEL, UNUSED, model

SENTENCES = (
    "Yes, the minister said during a break, according to two people who were in the room.",
    "The board has denied that it knew of the letter which Ms Okafor sent to its lawyers in May.",
    "He was quoted by the agency as saying yes, and yes, when he was asked whether the bridge would hold.",
)


@pytest.mark.skipif(sys.platform == "darwin", reason="NumPy brings no OpenBLAS there")
def test_one_core_is_enough() -> None:
    """Whoever answers while an article is read keeps the other cores."""
    model()
    pools = [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]
    assert pools
    assert set(pools) == {1}


def test_the_parse_is_that_of_the_model_as_it_comes() -> None:
    """Another arithmetic under the model changes its speed and none of its words."""
    plain = importlib.import_module(MODEL).load(disable=UNUSED)
    for sentence in SENTENCES:
        ours, theirs = model()(sentence), plain(sentence)
        assert [(each.tag_, each.dep_, each.head.i) for each in ours] == [
            (each.tag_, each.dep_, each.head.i) for each in theirs
        ]

"""Speech that is reported without marks, and the whole contents of partly quoted speech.

``find`` takes one parsed paragraph and gives a ``Candidate`` for each reported content in it. How to put the
candidates beside marked quotations:

- Give each part of ``candidate.spans`` as an entry of its own, all parts of a candidate in one group.
- Marked quotations that lie inside a part keep their own (mixed) entries and take the same speaker; where the
  marked quotation has no speaker yet, the candidate's is the one to take. Entries of marked quotations go first.
- A content that is nine tenths inside marks is never given: it is the marked quotation.
- Parse the paragraph as it stands where a marked quotation is a part of a sentence; whole sentences in marks may be
  replaced by filler of the same length.
- ``may_hold`` is a test of a few microseconds for paragraphs that need no parser at all.
"""

from analysis.indirect.candidate import Candidate, CueClass
from analysis.indirect.finder import find
from analysis.indirect.lists import may_hold

__all__ = ["Candidate", "CueClass", "find", "may_hold"]

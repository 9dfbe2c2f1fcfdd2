"""Speech that is reported without marks, and the whole contents of partly quoted speech.

``find`` takes one parsed paragraph and gives a ``Candidate`` for each reported content in it. How to put the
candidates beside marked quotations:

- Give each part of ``candidate.spans`` as an entry of its own, all parts of a candidate in one group.
- Marked quotations that lie inside a part keep their own (mixed) entries and stand before it. One that has no
  speaker, attribution or carrier takes the candidate's; one that is given another speaker keeps it.
- A content that is nine tenths inside marks is never given: it is the marked quotation.
- Nothing is known here of speech after dashes, transcripts and headline colons: candidates inside such speech
  are the speaker's own words and are to be left out.
- ``confidence`` is about the content; the speaker's is to be multiplied with it. Clauses (SPEECH, INSERTED,
  ACCORDING, FINDING, BELIEF) are statements; INTENT, OBJECT, TOPIC, LABEL and NOUN only tell what was spoken of.
- ``may_hold`` is a test of some microseconds for paragraphs that need no parser at all.
"""

from analysis.indirect.candidate import STATEMENTS, Candidate, CueClass
from analysis.indirect.finder import find
from analysis.indirect.lists import may_hold

__all__ = ["STATEMENTS", "Candidate", "CueClass", "find", "may_hold"]

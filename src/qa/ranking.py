"""What each signal of `qa.signals` is worth: a passage's score is the weighted sum of its signals.

Floor 0. Two sets of weights, fitted by benchmarks/fit_ranking.py as conditional logits: a passage's
score is the logarithm of its odds to be the right one, up to a constant for the question. To read a weight:
shares and cosines lie in [0, 1], so "subject*said": 1.5 makes a passage exp(1.5) = 4.5 times as likely. What was
tried, kept and left out stands in docs/decisions/0001-ranking.md and 0002-late-interaction.md.
"""

from __future__ import annotations

from collections.abc import Mapping

# That the answer stands in this passage. Fitted on 1,182 questions to 136 dialogues (FriendsQA, development part),
# each asked of its dialogue and of all of them.
TURN: Mapping[str, float] = {
    "late": 10.364,
    "cosine": -3.167,
    "cosine-60": 2.114,
    "cosine-240": 2.007,
    "bm25": 0.419,
    "bm25-60": 1.063,
    "bm25-240": 0.253,
    "bm25-960": 1.181,
    "subject": 0.731,
    "subject*said": 1.524,
    "other": 0.520,
    "named-60": 1.067,
    "named-240": 0.633,
    "named-all": 1.970,
    "length": -0.006,
    "asks": -0.266,
    "narration": 0.274,
    "narration*who": -0.167,
    "narration*what": 0.594,
    "narration*when": 0.302,
    "narration*where": 0.591,
    "narration*why": -0.354,
    "subject*who": -0.632,
    "subject*what": 1.383,
    "subject*when": 0.206,
    "subject*where": 0.626,
    "subject*why": 1.545,
    "subject*how": 1.795,
    "subject*how-many": 0.689,
    "number*how-many": 1.978,
    "time*when": 1.747,
    "place*where": 1.106,
    "reason*why": 0.448,
}

# That the talk here is about what was asked. Fitted on 374 questions to 54 meetings (QMSum, every third of the
# training part), each asked of its meeting and of all of them; "late-960" afterwards, by the recall on those.
TALK: Mapping[str, float] = {
    "cosine": -0.564,
    "cosine-240": 2.698,
    "cosine-960": 2.620,
    "cosine-1920": -2.116,
    "bm25": 0.643,
    "bm25-240": 0.558,
    "bm25-960": 1.215,
    "bm25-1920": 2.636,
    "subject": 0.262,
    "subject*said": 0.106,
    "subject-240": 1.848,
    "cosine-all": -0.096,
    "bm25-all": 2.392,
    "subject-all": 1.084,
    "named-all": 2.212,
    "late-960": 6.0,
}

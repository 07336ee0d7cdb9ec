"""What each signal of `qa.signals` is worth: a passage's score is the weighted sum of its signals.

Floor 0. Two sets of weights, fitted by benchmarks/fit_ranking.py as conditional logits: a passage's
score is the logarithm of its odds to be the right one, up to a constant for the question. To read a weight:
shares and cosines lie in [0, 1], so "subject*said": 1.5 makes a passage exp(1.5) = 4.5 times as likely. What was
tried, kept and left out stands in docs/decisions/0001-ranking.md.
"""

from __future__ import annotations

from collections.abc import Mapping

# That the answer stands in this passage. Fitted on 1,182 questions to 136 dialogues (FriendsQA, development part),
# each asked of its dialogue and of all of them.
TURN: Mapping[str, float] = {
    "cosine": 1.905,
    "cosine-60": 2.143,
    "cosine-240": 1.476,
    "bm25": 1.631,
    "bm25-60": 1.136,
    "bm25-240": 0.625,
    "bm25-960": 0.492,
    "subject": 0.820,
    "subject*said": 1.521,
    "other": 0.258,
    "named-60": 1.070,
    "named-240": 1.071,
    "named-all": 1.212,
    "length": 0.388,
    "asks": -0.283,
    "narration": 0.265,
    "narration*who": 0.159,
    "narration*what": 0.312,
    "narration*when": 0.183,
    "narration*where": 0.578,
    "narration*why": -0.098,
    "subject*who": -0.725,
    "subject*what": 0.971,
    "subject*when": 0.156,
    "subject*where": 0.111,
    "subject*why": 1.471,
    "subject*how": 1.810,
    "subject*how-many": 0.863,
    "number*how-many": 2.289,
    "time*when": 1.755,
    "place*where": 0.479,
    "reason*why": 0.515,
}

# That the talk here is about what was asked. Fitted on 374 questions to 54 meetings (QMSum, every third of the
# training part), each asked of its meeting and of all of them.
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
}

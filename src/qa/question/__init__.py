"""The user's words to a `Question`: who is to have said it, about what, when, where, which kind.

Who speaks, who is spoken about and who is spoken to are three different things: "What did A say to B
about C?" asks for A's words, about C. The person becomes a filter, the rest the topic.
"""

from __future__ import annotations

from qa.question.known import Known
from qa.question.limits import days_between
from qa.question.parts import DATES, KIND, PERSON, TOPIC, TRANSCRIPT, without
from qa.question.understanding import understand

__all__ = ["DATES", "KIND", "PERSON", "TOPIC", "TRANSCRIPT", "Known", "days_between", "understand", "without"]

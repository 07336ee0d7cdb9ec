"""Measures the house from outside, with questions whose right answers people wrote down."""

from qa.evaluate.questions import EvalQuestion, load_questions
from qa.evaluate.run import Report, Row, evaluate

__all__ = ["EvalQuestion", "Report", "Row", "evaluate", "load_questions"]

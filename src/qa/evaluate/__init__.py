"""Measures the house from outside, with questions whose right answers people wrote down."""

from qa.evaluate.figures import MEASURES, Figure, Measure
from qa.evaluate.questions import EvalQuestion, load_questions
from qa.evaluate.rows import Expected, Quoted, Row
from qa.evaluate.run import Report, evaluate

__all__ = ["MEASURES", "EvalQuestion", "Expected", "Figure", "Measure", "Quoted", "Report", "Row", "evaluate",
           "load_questions"]  # fmt: skip

"""Measurements over data sets from outside; run from the repository, not installed."""

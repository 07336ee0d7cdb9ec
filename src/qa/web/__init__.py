"""The web door: a chat in the browser, the cards of its citations, and the transcripts themselves.

`serve` and `create_app` are in `qa.web.serve`; importing this package alone loads nothing heavy.
"""

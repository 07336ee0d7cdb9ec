"""Check a quotation: paste words and a name, and see whether they were said, by whom, and which words differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import gradio as gr

from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.types import Citation, Difference, QuotationCheck
from qa.web.cards import card
from qa.web.tabs.parts import AT_ONCE, PRIVATE, answered, hint, html, refused, speakers, times

ANYBODY = "Anybody"
VERDICTS = {
    "verbatim": "Verbatim",
    "nearly": "Nearly: some words differ",
    "other-speaker": "Said by someone else",
    "not-found": "Not found",
}


def build(assistant: Assistant, desk: Desk) -> None:
    """Lay out the tab."""
    with gr.Row(equal_height=False):
        quote = gr.Textbox(
            label="Quotation", lines=3, max_lines=8, scale=4, min_width=260, elem_id="check-quote",
            max_length=assistant.settings.max_quotation_chars,
        )  # fmt: skip
        who = gr.Dropdown(
            _choices(assistant), value="", label="Said by", allow_custom_value=True, scale=2, min_width=200,
            elem_id="check-who",
        )  # fmt: skip
    go = gr.Button("Check", variant="primary", elem_id="check-go")
    verdict = html(hint("Paste what somebody is to have said. “…” stands for words left out."), "check-verdict")
    gr.on(
        [go.click], _checker(assistant, desk), [quote, who], verdict,
        concurrency_limit=desk.parallel, concurrency_id="topics", **PRIVATE,
    )  # fmt: skip
    gr.on(None, lambda: gr.Dropdown(choices=_choices(assistant)), None, who, **AT_ONCE)
    gr.api(  # type: ignore[attr-defined]  # public, but not in Gradio's __all__
        _endpoint(assistant, desk), api_name="check_quotation", concurrency_limit=desk.parallel,
        concurrency_id="topics",
        api_description="Whether somebody said some words: verbatim, nearly, somebody else, or nobody here.",
    )  # fmt: skip


def _choices(assistant: Assistant) -> list[tuple[str, str]]:
    return [(ANYBODY, ""), *((name, name) for name in speakers(assistant))]


def _checker(assistant: Assistant, desk: Desk) -> Callable[[str, str | None], str]:
    def check(quote: str, who: str | None) -> str:
        try:
            return verdict_html(desk.work(assistant.check_quotation, quote, who or None))
        except Exception as error:
            return refused(error)

    return check


def _endpoint(assistant: Assistant, desk: Desk) -> Callable[[str, str], dict[str, Any]]:
    def check_quotation(quote: str, speaker: str = "") -> dict[str, Any]:
        """Check a quotation.

        Args:
            quote: the words as quoted; "…" stands for words left out.
            speaker: to whom they are ascribed, in any form; "" for anybody.

        Returns:
            The fields of a `QuotationCheck`.
        """
        return answered(desk, assistant.check_quotation, quote, speaker or None)

    return check_quotation


def verdict_html(found: QuotationCheck) -> str:
    """The verdict, the words that differ, the place, and further places."""
    head = f'<h2 class="qa-verdict">{VERDICTS[found.verdict]}</h2><p class="qa-plain">{escape(_line(found))}</p>'
    notes = "".join(f'<p class="qa-modest">{escape(note)}</p>' for note in found.notes)
    there, others = _cards(found.places), _cards(found.others)
    if others:
        others = f'<h3 class="qa-sub">Also like it</h3>{others}'
    return f'<div role="status">{head}</div>{differences_html(found.differences)}{notes}{there}{others}'


def _cards(citations: Sequence[Citation]) -> str:
    cards = "".join(card(citation, number=None) for citation in citations)
    return f'<ol class="qa-cards">{cards}</ol>' if cards else ""


def _line(found: QuotationCheck) -> str:
    said_by = found.citation.speaker if found.citation else ""
    by = f" by {found.speaker}" if found.speaker else ""
    if found.verdict == "verbatim":
        more = f", in {found.n_places} places" if found.n_places > 1 else ""
        return f"{said_by or 'The page itself'} said these very words{more}."
    if found.verdict == "nearly":
        if found.similarity == 1 and not found.differences:
            return f"{said_by} said these words, but not in one go."
        return f"{said_by or 'The page itself'} said it nearly so: {found.similarity:.0%} of the words agree."
    if found.verdict == "other-speaker":
        return f"Not said{by}, but by {said_by or 'the page itself'}: {found.similarity:.0%} of the words agree."
    return f"Nothing like it is said{by} in these transcripts."


def differences_html(differences: tuple[Difference, ...]) -> str:
    """Word by word: what was quoted is struck out, what was said instead is underlined; words say it, too."""
    if not differences:
        return ""
    items = "".join(f"<li>{_difference(one)}</li>" for one in differences)
    head = f'<h3 class="qa-sub">{times(len(differences), "difference")}</h3>'
    return f'<section class="qa-differ" aria-label="Words that differ">{head}<ul>{items}</ul></section>'


def _difference(one: Difference) -> str:
    quoted, said = f"<del>{escape(one.quoted)}</del>", f"<ins>{escape(one.said)}</ins>"
    if not one.said:
        return f"quoted {quoted}, which is not among these words"
    if not one.quoted:
        return f"left out {said}, which was said"
    return f"quoted {quoted}, said {said}"

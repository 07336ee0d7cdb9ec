"""The look: Gradio's own colour variables, so that light and dark both follow the visitor.

Gradio rewrites the rules of `PAGE_CSS` one by one and loses a shorthand with a variable that a longhand
of the same rule partly overrides (`border` then `border-left`): give each rule one or the other.
"""

from __future__ import annotations

PAGE_CSS = """
.gradio-container { --qa-pale: color-mix(in srgb, var(--body-text-color) 68%, var(--body-background-fill));
  width: 100%; max-width: 1180px !important; margin: 0 auto !important; }
.qa-head h1 { font-size: 1.6rem; font-weight: 650; margin: 0 0 .2rem; }
.qa-head p { color: var(--qa-pale); margin: 0; }
#chat .message, #chat .message * { white-space: pre-wrap; overflow-wrap: anywhere; }
#ask-row, #tools { align-items: stretch; }
.qa-skip { position: absolute; left: -200vw; }
.qa-skip:focus { position: static; display: inline-block; padding: .3rem .6rem; }
.dark { --color-accent: #93c5fd; }
.gradio-container :focus-visible { outline: 2px solid var(--color-accent) !important; outline-offset: 2px; }
#chips, #near { gap: .35rem; align-items: center; flex-wrap: wrap; }
#chips > *, #near > * { flex: 0 1 auto; min-width: 0 !important; width: auto; }
#chips button, #near button { font-weight: 400; white-space: normal; overflow-wrap: anywhere; text-align: left; }
#chips button:disabled { opacity: 1; }
#chips .html-container, #near .html-container, #status .html-container { padding: 0; }
.qa-lead, .qa-status { color: var(--qa-pale); font-size: .86rem; margin: 0; }
#earlier button { align-self: end; }
#tools button { align-self: center; white-space: nowrap; }
#head .html-container, #cards .html-container { padding: 0; }
#samples { gap: .4rem; }
#samples button { white-space: normal; text-align: left; font-weight: 400; flex: 1 1 auto; min-width: 0; }
.qa-hint, .qa-modest, .qa-meta, .qa-title, .qa-links { color: var(--qa-pale); }
.qa-hint { padding: .6rem 0; }
.qa-answer h2 { font-size: 1.05rem; font-weight: 650; margin: 0 0 .25rem; }
.qa-modest, .qa-meta, .qa-title, .qa-links { font-size: .86rem; margin: 0 0 .35rem; }
.qa-cards { list-style: none; padding: 0; margin: .6rem 0 0; display: grid; gap: .7rem; }
.qa-card { background: var(--block-background-fill); border-style: solid; border-width: 1px 1px 1px 4px;
  border-color: var(--border-color-primary) var(--border-color-primary)
    var(--border-color-primary) var(--color-accent);
  border-radius: 8px; padding: .75rem .9rem; margin: 0; }
.qa-card h3 { font-size: 1rem; margin: 0; font-weight: 650; color: var(--body-text-color); }
.qa-number { color: var(--qa-pale); font-weight: 400; }
.qa-role { color: var(--qa-pale); font-weight: 400; }
.qa-card blockquote { margin: .5rem 0; padding: 0; border: 0; color: var(--body-text-color);
  line-height: 1.5; overflow-wrap: anywhere; unicode-bidi: isolate; }
.qa-card[aria-current] { outline: 2px solid var(--color-accent); outline-offset: 2px; }
.qa-card mark { background: color-mix(in srgb, #ffd54a 38%, transparent); color: inherit; border-radius: 3px;
  padding: .05em .1em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.qa-card q { font-weight: 550; quotes: "\\201C" "\\201D"; }
.qa-near { color: var(--qa-pale); }
.qa-title { font-style: italic; overflow-wrap: anywhere; }
.qa-links { margin: 0; overflow-wrap: anywhere; }
.qa-answer a, .qa-list a { color: var(--link-text-color); text-decoration: underline; }
.qa-nothing { border: 1px solid var(--border-color-primary); border-radius: 8px; padding: .75rem .9rem; }
.qa-plain { margin: 0 0 .35rem; overflow-wrap: anywhere; color: var(--body-text-color); }
.qa-linked { margin-bottom: 1rem; }
.qa-others { margin-top: 1rem; padding: .75rem .9rem; border: 2px dashed var(--border-color-primary);
  border-radius: 8px; }
.qa-others .qa-card { border-color: var(--border-color-primary); }
.qa-others .qa-card q { font-weight: 400; }
.qa-list { overflow-wrap: anywhere; }
.qa-list ul { margin: 0; padding-left: 1.1rem; }
@media (min-width: 900px) { #cards { max-height: 88vh; overflow-y: auto; } }
@media (max-width: 640px) { .gradio-container { padding: .6rem !important; } }
"""

TRANSCRIPT_CSS = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 46rem; margin: 0 auto; padding: 1.2rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .3rem; }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; border-bottom: 1px solid GrayText; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
article { border-left: 4px solid oklch(62% .14 var(--h)); padding: .1rem 0 .1rem .8rem; margin: 1rem 0;
  scroll-margin: 5rem; }
article h3 { margin-top: 0; }
article:focus { outline: 2px solid Highlight; outline-offset: 4px; }
.name { color: oklch(43% .12 var(--h)); }
@media (prefers-color-scheme: dark) { .name { color: oklch(82% .1 var(--h)); } }
.legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem .9rem; padding: 0; margin: .4rem 0; }
.legend button { font: inherit; font-weight: 600; background: none; border: 0; padding: .1rem; cursor: pointer;
  text-decoration: underline; text-decoration-style: dotted; overflow-wrap: anywhere; text-align: left; }
.tools { position: sticky; top: 0; z-index: 1; background: Canvas; padding: .5rem 0; display: flex; flex-wrap: wrap;
  gap: .4rem .6rem; align-items: center; border-bottom: 1px solid GrayText; }
.tools[hidden] { display: none; }
.tools input[type=search] { font: inherit; flex: 1 1 10rem; min-width: 0; max-width: 22rem; }
.tools button { font: inherit; }
.keys { font-size: .86rem; color: color-mix(in srgb, CanvasText 70%, Canvas); }
kbd { border: 1px solid GrayText; border-radius: 3px; padding: 0 .3em; font: inherit; }
::highlight(found) { background: #b9e3ff; color: #10222e; }
::highlight(now) { background: #ff9f45; color: #1a1a1a; }
.meta, .role, dt { color: color-mix(in srgb, CanvasText 65%, Canvas); }
.role { font-weight: 400; }
.words { white-space: pre-line; margin: 0; unicode-bidi: isolate; }
.gap { display: block; height: .6em; overflow: hidden; }
.page { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
.page dd { margin: 0; }
mark { background: #ffe27a; color: #1a1a1a; padding: .1em .15em; border-radius: 3px; scroll-margin: 30vh; }
@media (max-width: 640px) { .page { grid-template-columns: 1fr; } .page dd { margin: 0 0 .4rem; } }
"""

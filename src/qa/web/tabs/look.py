"""The look of the tabs, after that of the page in `qa.web.style`."""

from __future__ import annotations

TABS_CSS = """
.qa-told { color: var(--body-text-color); margin: .3rem 0; overflow-wrap: anywhere; }
.qa-refused { color: var(--body-text-color); border-left: 4px solid var(--color-accent); padding: .3rem .7rem;
  margin: .3rem 0; overflow-wrap: anywhere; }
.qa-scroll { contain: inline-size; overflow-x: auto; max-height: 32rem; overflow-y: auto; }
.qa-table { border-collapse: collapse; width: 100%; color: var(--body-text-color); font-size: .92rem; }
.qa-table caption { text-align: left; font-weight: 650; padding: .2rem 0 .4rem; }
.qa-table th, .qa-table td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid var(--border-color-primary); overflow-wrap: anywhere; }
.qa-table time { white-space: nowrap; }
.qa-table thead th { font-weight: 650; white-space: nowrap; }
.qa-table th[scope=row] { font-weight: 450; min-width: 9rem; }
.qa-table a, .qa-words a { color: var(--link-text-color); text-decoration: underline; }
.qa-table progress, .qa-told progress { width: 100%; max-width: 24rem; }
.qa-words { list-style: none; padding: 0; margin: .5rem 0; display: grid; gap: .6rem;
  grid-template-columns: minmax(0, 1fr); overflow-wrap: anywhere; color: var(--body-text-color); }
.qa-words > li { border-left: 3px solid var(--border-color-primary); padding: .1rem 0 .1rem .8rem; }
.qa-words blockquote { margin: .2rem 0; padding: 0; border: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
.qa-words q { quotes: "\\201C" "\\201D"; }
.qa-sub { font-size: 1.02rem; font-weight: 650; margin: .8rem 0 .3rem; color: var(--body-text-color); }
.qa-cards a { color: var(--link-text-color); text-decoration: underline; }
.qa-card { min-width: 0; overflow-wrap: anywhere; }
.qa-cards { grid-template-columns: minmax(0, 1fr); }
.qa-words h3, .qa-sides h3 { font-size: 1rem; font-weight: 650; margin: 0; }
.qa-sides { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
.qa-sides > section { border: 1px solid var(--border-color-primary); border-radius: 8px; padding: .75rem .9rem;
  min-width: 0; overflow-wrap: anywhere; color: var(--body-text-color); }
.qa-verdict { font-size: 1.15rem; font-weight: 650; margin: .2rem 0; color: var(--body-text-color); }
.qa-differ { color: var(--body-text-color); overflow-wrap: anywhere; }
.qa-differ ul { margin: 0; padding-left: 1.1rem; }
.qa-differ del { text-decoration: line-through; }
.qa-differ ins { text-decoration: underline; font-weight: 650; }
.qa-plot { color: var(--body-text-color); }
.qa-plot .altair > div, .qa-plot .vega-embed { width: 100%; }
.qa-bar { display: inline-block; height: .7rem; background: var(--color-accent); border-radius: 2px; }
@media (max-width: 640px) {
  .qa-scroll { max-height: none; }
  .qa-table, .qa-table caption, .qa-table tbody, .qa-table tr, .qa-table th, .qa-table td { display: block; }
  .qa-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .qa-table tr { border-bottom: 1px solid var(--border-color-primary); padding: .35rem 0; }
  .qa-table th, .qa-table td { border: 0; padding: .1rem 0; }
  .qa-table th[scope=row] { font-weight: 650; }
  .qa-table td:empty { display: none; }
  .qa-table td::before { content: attr(data-head) ": "; color: var(--qa-pale); }
}
"""

/** The one style of the pages: a report on paper that is also read on a screen, light or dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #5c5a55; --line: #d9d5cc; --paper: #fdfcf9;
  --band: #f4f1ea; --bad: #a3231b; --doubt: #7a5a00; --good: #2c6348; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --soft: #a5a198; --line: #3b3934;
  --paper: #181715; --band: #22201d; --bad: #f08a80; --doubt: #e0b64d; --good: #8fcfae; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 5rem; max-width: 72rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 1.25rem; margin-bottom: 2rem; }
header p, section > p, blockquote, li { max-width: 72ch; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .3rem 0 .6rem; text-wrap: balance; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
.kicker, caption, .soft, dt { color: var(--soft); }
.kicker { margin: 0; letter-spacing: .02em; }
.lead { font-size: 1.15rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 0; font-size: .9rem; }
caption { text-align: left; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
th[scope=row] { min-width: 9rem; } td { min-width: 3rem; } .tight { overflow-wrap: normal; white-space: nowrap; }
thead th { border-bottom: 1px solid var(--ink); font-weight: 600; white-space: nowrap; }
code { font: .85em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
blockquote { margin: 0; padding: .2rem 0 .2rem 1.25rem; border-left: 3px solid var(--line); }
.fail { color: var(--bad); font-weight: 600; } .unknown, .waived { color: var(--doubt); font-weight: 600;
  } .pass { color: var(--good); }
.notice { border: 1px solid var(--bad); border-left-width: 6px; padding: .75rem 1rem; margin: 1.25rem 0; max-width: 80ch; }
.sound { border-color: var(--line); border-left-color: var(--good); }
a { color: inherit; text-underline-offset: .2em; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
@media print { body { max-width: none; padding: 0; background: none; font-size: 9.5pt;
  } h2 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group;
  } a { text-decoration: none; } }
@page { margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); } }
`;

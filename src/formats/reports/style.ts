/** The style of the report: readable on screens light and dark, and on paper. */
export const style = `
:root { color-scheme: light dark; --line: #d0d5dd; --soft: #f5f6f8; --dim: #5b6472; --critical: #8a1c7c; --high: #b42318; --medium: #a15c00;
  --low: #1f5f99; --pass: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --line: #3a414c; --soft: #1d2229; --dim: #9aa4b2; --critical: #e58bd8; --high: #ff8a80;
  --medium: #f2b559; --low: #83bdf0; --pass: #6fd18a; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .25rem; border-top: 1px solid var(--line); padding-top: 1rem; }
p { margin: .25rem 0 .75rem; max-width: 52rem; }
.about, .dim, caption { color: var(--dim); }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 7rem; }
.counts b { display: block; font-size: 1.5rem; line-height: 1.2; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93em; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); min-width: 4rem; }
thead th { background: var(--soft); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 13rem; }
.tight { white-space: nowrap; }
.found { min-width: 18rem; }
.severity, .state { display: inline-block; border: 1px solid currentcolor; border-radius: .3rem; padding: 0 .4rem; font-size: .82em;
  font-weight: 600; white-space: nowrap; }
.critical { color: var(--critical); } .high, .FAIL { color: var(--high); } .medium, .UNKNOWN { color: var(--medium); }
.low { color: var(--low); } .PASS { color: var(--pass); } .WAIVED { color: var(--dim); }
.advice { margin: .5rem 0; padding-left: 1.2rem; max-width: 60rem; }
details { margin-top: .25rem; }
summary { cursor: pointer; color: var(--dim); }
pre { background: var(--soft); padding: .6rem; margin: .25rem 0 0; white-space: pre-wrap; font-size: .85em; max-width: 60rem; }
a { color: inherit; }
@media print { body { max-width: none; padding: 0; } h3, tr { break-inside: avoid; } details:not([open]) { display: none; } }
`;

/** How a standalone page looks, in light and dark surroundings. The editor has its own, in the colours of its theme. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --dim: light-dark(#666, #9a9a9a); --line: light-dark(#ddd, #444); --bad: light-dark(#b00020, #ff7b72); --unsure: light-dark(#8a5a00, #e3b341); --good: light-dark(#1b6e2a, #56d364); }
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1.2rem; color: light-dark(#222, #ddd); background: light-dark(#fff, #1f1f1f); }
h1 { margin: 0; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; border-bottom: 1px solid var(--line); } h3 { font-size: 1rem; margin: .9rem 0 .4rem; display: inline-block; }
p { margin: .2rem 0; } code, .path, .facts dd { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
.os, .source, .for, .references, .empty, dt, .severity { color: var(--dim); }
.chip, .count { border: 1px solid var(--line); border-radius: 1em; padding: 0 .7em; } .chip.missing { color: var(--bad); border-color: var(--bad); } .chip.unknown { color: var(--unsure); border-color: var(--unsure); }
.count { font-weight: normal; font-size: .85em; } summary { cursor: pointer; }
.patch { border-left: 3px solid var(--line); padding: .25rem 0 .25rem .8rem; margin: .4rem 0; } .missing .patch { border-color: var(--bad); } .unknown .patch { border-color: var(--unsure); }
.severity { display: inline-block; min-width: 5.6em; } .severity[title="critical"] { color: var(--bad); font-weight: 600; } .severity[title="important"] { color: var(--unsure); }
.warning, .reason { color: var(--unsure); } .failure { border: 1px solid var(--bad); padding: .2rem 1rem 1rem; margin: 1rem 0; } .failure h3 { color: var(--bad); }
.trace, .trace ul { list-style: none; margin: .2rem 0 .2rem .5rem; padding: 0; } .trace ul { padding-left: 1.2rem; border-left: 1px solid var(--line); }
.mark { display: inline-block; width: 1.1em; font-weight: 700; } .true > .check .mark { color: var(--good); } .false > .check .mark { color: var(--bad); } .unknown > .check .mark { color: var(--unsure); }
dl { margin: 0 0 0 1.4em; } dl > div { display: flex; gap: .7rem; } dt { flex: none; width: 5.5rem; } dd { margin: 0; } .failure dl { margin: 0; } .failure dt { width: 11rem; }
table { border-collapse: collapse; width: 100%; } .steps { width: auto; } th, td { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.number { text-align: right; } caption { text-align: left; font-weight: 600; padding: .6rem 0 .2rem; } tr.failed td { color: var(--bad); } tr.skipped td { color: var(--dim); }
`;

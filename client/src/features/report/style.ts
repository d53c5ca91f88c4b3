/** The report's looks, in the colours of the editor's theme. */
export const REPORT_STYLE = `
body { padding: 0 28px 28px; font-size: var(--vscode-font-size); line-height: 1.5; max-width: 980px; }
h1 { font-size: 1.7em; font-weight: 600; margin: 20px 0 0; }
h2 { font-size: 1.2em; font-weight: 600; margin: 28px 0 8px; border-bottom: 1px solid var(--vscode-panel-border, #8884); padding-bottom: 4px; }
h3 { font-size: 1em; font-weight: 600; margin: 14px 0 6px; display: inline-block; }
p { margin: 4px 0; }
code, .path, .facts dd { font-family: var(--vscode-editor-font-family, monospace); font-size: 0.95em; }
code { background: none; color: inherit; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0; }
.os, .source, .for, .references, .empty { color: var(--vscode-descriptionForeground); }
.counts { margin-top: 10px; }
.chip, .count { border-radius: 10px; padding: 1px 10px; background: var(--vscode-badge-background); color: var(--vscode-badge-foreground); }
.chip { display: inline-block; margin: 0 2px 4px 0; }
.chip.missing { background: var(--vscode-inputValidation-errorBackground, var(--vscode-badge-background)); color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground)); outline: 1px solid var(--vscode-inputValidation-errorBorder, transparent); }
.chip.unknown { background: var(--vscode-inputValidation-warningBackground, var(--vscode-badge-background)); color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground)); outline: 1px solid var(--vscode-inputValidation-warningBorder, transparent); }
.count { font-weight: normal; font-size: 0.85em; margin-left: 4px; }
[hidden] { display: none !important; }
.filter { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0 8px; background: var(--vscode-editor-background); }
.filter-text { flex: 1 1 180px; min-width: 120px; }
.filter-text, .filter select { font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-panel-border, #8884)); padding: 3px 6px; border-radius: 2px; }
.filter select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border-color: var(--vscode-dropdown-border, #8884); }
.filter :focus-visible, .source-link:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.filter-shown { color: var(--vscode-descriptionForeground); min-width: 4em; }
.rows { position: relative; overflow-anchor: none; }
.rows > * { position: absolute; left: 0; right: 0; padding: 3px 0; }
.rows > :focus-visible, .fold:focus-visible, .copy:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.rows h3 { margin: 10px 0 2px; }
.fold { font: inherit; font-weight: 600; background: none; border: none; padding: 2px 4px; color: inherit; cursor: pointer; }
.fold::before { content: "▸"; display: inline-block; width: 1.1em; }
.fold[aria-expanded="true"]::before { content: "▾"; }
.copy { font: inherit; margin-left: 10px; padding: 0 8px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); cursor: pointer; }
.copy:hover { background: var(--vscode-button-secondaryHoverBackground); }
.filter-clear, .source-link { font: inherit; background: none; border: none; padding: 0 2px; color: var(--vscode-textLink-foreground); cursor: pointer; }
.filter-clear:hover, .source-link:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; }
.source-link { font-size: 0.9em; margin-left: 6px; }
.filter-none { color: var(--vscode-descriptionForeground); }
summary { cursor: pointer; }
summary:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.patch { border-left: 3px solid var(--vscode-panel-border, #8884); padding: 2px 0 2px 12px; }
.status.missing .patch { border-color: var(--vscode-editorError-foreground); }
.status.unknown .patch { border-color: var(--vscode-editorWarning-foreground); }
div.patch { padding-left: 26px; }
.patch > p, .patch > .trace { margin-left: 14px; }
.severity { display: inline-block; min-width: 5.6em; color: var(--vscode-descriptionForeground); }
.severity[title="critical"] { color: var(--vscode-editorError-foreground); font-weight: 600; }
.severity[title="important"] { color: var(--vscode-editorWarning-foreground); }
.for::before { content: "· "; }
.warning, .reason { color: var(--vscode-editorWarning-foreground); }
.trace, .trace ul { list-style: none; margin: 4px 0; padding-left: 0; }
.trace ul { padding-left: 20px; border-left: 1px solid var(--vscode-tree-indentGuidesStroke, #8884); margin-left: 6px; }
.trace li { margin: 3px 0; }
.mark { display: inline-block; width: 1.1em; font-weight: 700; color: var(--vscode-descriptionForeground); }
.true > .check .mark { color: var(--vscode-testing-iconPassed, #388a34); }
.false > .check .mark { color: var(--vscode-testing-iconFailed, #e51400); }
.unknown > .check .mark { color: var(--vscode-testing-iconQueued, #cca700); }
dl { margin: 0 0 0 1.4em; }
dl > div { display: flex; gap: 10px; }
dt { flex: none; width: 6.2em; color: var(--vscode-descriptionForeground); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
.steps { width: auto; }
th { text-align: left; font-weight: 600; color: var(--vscode-descriptionForeground); }
th, td { padding: 3px 16px 3px 0; vertical-align: top; border-bottom: 1px solid var(--vscode-panel-border, #8882); }
.number { text-align: right; }
tr.failed td { color: var(--vscode-editorError-foreground); }
tr.skipped td { color: var(--vscode-disabledForeground); }
.failure { border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-editorError-foreground)); padding: 4px 14px 12px; margin: 14px 0; }
.failure h3 { color: var(--vscode-editorError-foreground); }
.failure dl { margin: 6px 0 0; }
.failure dt { width: 12em; }
`;

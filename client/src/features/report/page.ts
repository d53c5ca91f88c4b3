/** The page around the server's report fragment: a filter above it, and the one script that works it. */
import { randomBytes } from 'node:crypto';
import { REPORT_SCRIPT } from './script.ts';
import { REPORT_STYLE } from './style.ts';

export interface FilterLabels {
  readonly text: string;
  readonly allStatuses: string;
  readonly allSeverities: string;
  readonly clear: string;
  readonly none: string;
  readonly copy: string;
}

/**
 * A whole document: nothing but this page's own style and script may load or run. The fragment is escaped by whoever made
 * it; were it not, a script in it would lack the nonce.
 */
export function reportPage(fragment: string, title: string, labels: FilterLabels): string {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${REPORT_STYLE}</style>
</head>
<body>
${filter(labels)}
${fragment}
<p class="filter-none" hidden>${escapeHtml(labels.none)}</p>
<script nonce="${nonce}">${REPORT_SCRIPT}</script>
</body>
</html>`;
}

function filter({ text, allStatuses, allSeverities, clear, copy }: FilterLabels): string {
  return `<div class="filter" role="search" data-copy="${escapeHtml(copy)}" hidden>
<input class="filter-text" type="search" placeholder="${escapeHtml(text)}" aria-label="${escapeHtml(text)}">
<select class="filter-status" aria-label="${escapeHtml(allStatuses)}"><option value="">${escapeHtml(allStatuses)}</option></select>
<select class="filter-severity" aria-label="${escapeHtml(allSeverities)}"><option value="">${escapeHtml(allSeverities)}</option></select>
<output class="filter-shown" aria-live="polite"></output>
<button class="filter-clear" type="button" hidden>${escapeHtml(clear)}</button>
</div>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The body of the report's page: a filter, and the server's fragment beneath it. */
import { l10n } from 'vscode';
import { escapeHtml } from '../../page.ts';
import { FORMATS } from './export.ts';

/** The fragment is escaped by whoever made it. */
export function reportBody(fragment: string): string {
  return `${actions()}
${filter()}
${fragment}
<p class="filter-none" hidden>${escapeHtml(l10n.t('No patch fits the filter.'))}</p>`;
}

function actions(): string {
  const exports = FORMATS.map(
    (format) =>
      `<button type="button" class="action" data-export="${format}">${escapeHtml(l10n.t('Export {0}', format.toUpperCase()))}</button>`,
  );
  return `<div class="actions" role="group" aria-label="${escapeHtml(l10n.t('This report'))}">
<button type="button" class="action" data-compare>${escapeHtml(l10n.t('Compare...'))}</button>${exports.join('')}
</div>`;
}

function filter(): string {
  return `<div class="filter" role="search" data-copy="${escapeHtml(l10n.t('Copy'))}" hidden>
<input class="filter-text" type="search" placeholder="${escapeHtml(l10n.t('Filter patches by text'))}" aria-label="${escapeHtml(l10n.t('Filter patches by text'))}">
<select class="filter-status" aria-label="${escapeHtml(l10n.t('Status'))}"><option value="">${escapeHtml(l10n.t('All statuses'))}</option></select>
<select class="filter-severity" aria-label="${escapeHtml(l10n.t('Severity'))}"><option value="">${escapeHtml(l10n.t('All severities'))}</option></select>
<output class="filter-shown" aria-live="polite"></output>
<button class="filter-clear" type="button" hidden>${escapeHtml(l10n.t('Clear'))}</button>
</div>`;
}

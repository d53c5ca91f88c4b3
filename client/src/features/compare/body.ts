/** The body of the page that shows two results: both sides, the filter, and an empty list. */
import { l10n } from 'vscode';
import { escapeHtml } from '../../page.ts';

/** The fragment is escaped by whoever made it. */
export function compareBody(fragment: string): string {
  const text = escapeHtml(l10n.t('Filter by text'));
  return `${fragment}
<div class="filter" role="search" data-product="${escapeHtml(l10n.t('Products'))}" data-patch="${escapeHtml(l10n.t('Patches'))}">
<input class="filter-text" type="search" placeholder="${text}" aria-label="${text}">
<select class="filter-kind" aria-label="${escapeHtml(l10n.t('Products or patches'))}">
${option('', l10n.t('Products and patches'))}${option('product', l10n.t('Products'))}${option('patch', l10n.t('Patches'))}
</select>
<select class="filter-change" aria-label="${escapeHtml(l10n.t('Change'))}">
${option('', l10n.t('All changes'))}${option('appeared', l10n.t('Appeared'))}${option('gone', l10n.t('Gone'))}
${option('changed', l10n.t('Changed'))}${option('same', l10n.t('Same'))}${option('unknown', l10n.t('Unknown'))}
</select>
<label><input class="filter-differences" type="checkbox" checked>${escapeHtml(l10n.t('Only differences'))}</label>
<output class="filter-shown" aria-live="polite"></output>
</div>
<div class="rows" role="list" aria-label="${escapeHtml(l10n.t('Products and patches'))}"></div>
<p class="filter-none" hidden>${escapeHtml(l10n.t('Nothing differs, or nothing fits the filter.'))}</p>`;
}

const option = (value: string, name: string): string => `<option value="${value}">${escapeHtml(name)}</option>`;

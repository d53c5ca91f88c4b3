/** The markup of the page of *Why Not Detected?*; its script fills it. */
import { l10n } from 'vscode';
import { escapeHtml } from '../../page.ts';
import type { WhyTexts } from './messages.ts';

export function whyBody(id: string): string {
  const texts: WhyTexts = {
    first: l10n.t('Here they first come apart'),
    same: l10n.t('Nothing diverges: every check came to the same on both machines.'),
    sameAnswer: l10n.t('Both machines say {0}.'),
    otherAnswer: l10n.t('{0} on {1}, {2} on {3}.'),
    gone: l10n.t('The content has no product or patch {0} any more.'),
    failed: l10n.t('{0} could not be scanned, so there is nothing to compare.'),
    cause: l10n.t('Cause'),
    remedy: l10n.t('Remedy'),
    validate: l10n.t('See it by hand'),
    copy: l10n.t('Copy'),
    wanted: l10n.t('expected {0}'),
    notReached: l10n.t('not reached'),
    source: l10n.t('Go to {0}'),
    differing: l10n.t('{0} checks, {1} of them differ'),
    all: l10n.t('Show all checks'),
    more: l10n.t('{0} further checks are not shown.'),
    check: l10n.t('Check'),
    mark: { no: l10n.t('same'), seen: l10n.t('seen differently'), outcome: l10n.t('differs') },
  };
  return `<main data-texts="${escapeHtml(JSON.stringify(texts))}">
<h1>${escapeHtml(l10n.t('Why is {0} judged differently?', id))}</h1>
<p id="answer" role="status"></p>
<div id="failures"></div>
<section id="first" hidden aria-labelledby="first-title"></section>
<div id="rest" hidden>
<div class="tools"><h2>${escapeHtml(l10n.t('All in order'))}</h2><label><input type="checkbox" id="all"> ${escapeHtml(texts.all)}</label><span id="count" role="status"></span></div>
<div class="heads" aria-hidden="true"><span>${escapeHtml(texts.check)}</span><span id="left"></span><span id="right"></span></div>
<div id="rows" class="rows" role="list" aria-label="${escapeHtml(l10n.t('Checks in the order of evaluation'))}"></div>
</div>
</main>`;
}

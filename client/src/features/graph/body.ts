/** The markup of the graph's page: its tools, the drawing, and beside it the list and the chosen patch. */
import { l10n } from 'vscode';
import { escapeHtml } from '../../page.ts';
import type { GraphTexts } from './messages.ts';

export function graphBody(): string {
  const t = (text: string): string => escapeHtml(text);
  const button = (id: string, sign: string, label: string): string =>
    `<button type="button" id="${id}" aria-label="${t(label)}" title="${t(label)}">${sign}</button>`;
  return `<main data-texts="${t(JSON.stringify(texts()))}">
<h1 class="unseen">${t(l10n.t('Supersedence'))}</h1>
<div class="tools" role="toolbar" aria-label="${t(l10n.t('Tools of the graph'))}">
<input type="search" id="search" placeholder="${t(l10n.t('Search patches'))}" aria-label="${t(l10n.t('Search patches by id, title or bulletin'))}" aria-controls="list">
<select id="product" aria-label="${t(l10n.t('Product'))}"><option value="">${t(l10n.t('All products'))}</option></select>
${button('out', '−', l10n.t('Zoom out (-)'))}
${button('in', '+', l10n.t('Zoom in (+)'))}
${button('fit', t(l10n.t('Fit')), l10n.t('Fit the whole graph (0)'))}
<span id="told" role="status"></span>
</div>
<p id="excluded" hidden></p>
<div class="stage">
<div class="drawing">
<canvas id="canvas" tabindex="0" role="application" aria-label="${t(l10n.t('Drawing of the graph'))}" aria-describedby="keys"></canvas>
<p id="notice" role="status" hidden></p>
<div id="problem" role="alert" hidden><p id="problem-text"></p><button type="button" id="again">${t(l10n.t('Try again'))}</button></div>
</div>
<aside aria-label="${t(l10n.t('Patches'))}">
<div id="list" class="list" role="listbox" tabindex="0" aria-label="${t(l10n.t('Patches, the newer ones first'))}"></div>
<section id="details" aria-label="${t(l10n.t('The chosen patch'))}" aria-live="polite"></section>
</aside>
</div>
<p id="keys" class="keys">${t(
    l10n.t(
      'Arrow up: the patch that supersedes this one. Arrow down: the one that it supersedes. Left and right: its neighbours. Enter: to the source. Shift and arrows move the drawing; +, - and 0 zoom; Escape lets go.',
    ),
  )}</p>
<p id="said" class="unseen" aria-live="polite"></p>
</main>`;
}

function texts(): GraphTexts {
  return {
    loading: l10n.t('Laying out the graph…'),
    empty: l10n.t('The content of this workspace has no patches yet.'),
    noneFits: l10n.t('No patch fits.'),
    notScanned: l10n.t('Not scanned yet: scan a target to see what is pruned there.'),
    scanned: l10n.t('As seen on {0}'),
    shown: l10n.t('{0} of {1} patches'),
    implied: l10n.t('{0} edges that follow from others are not drawn.'),
    tooMany: l10n.t('{0} edges are too many to be drawn: choose a product.'),
    newer: l10n.t('Superseded by'),
    older: l10n.t('Supersedes'),
    none: l10n.t('none'),
    more: l10n.t('and {0} more'),
    products: l10n.t('For'),
    severity: l10n.t('Severity'),
    released: l10n.t('Released'),
    bulletin: l10n.t('Bulletin'),
    references: l10n.t('Fixes'),
    status: l10n.t('On {0}'),
    source: l10n.t('Go to Source'),
    exclude: l10n.t('Exclude'),
    include: l10n.t('No Longer Exclude'),
    back: l10n.t('Comes back without the excluded patches'),
    backNone: l10n.t('Nothing comes back.'),
    backUnscanned: l10n.t('What comes back can be told after a scan.'),
    excluded: l10n.t('Judged without {0}.'),
    clear: l10n.t('Exclude None'),
    inCircle: l10n.t('in a circle'),
    hasGap: l10n.t('does not cover all products'),
    chosen: l10n.t('{0}, {1}'),
    comesBack: l10n.t('comes back as {0}'),
  };
}

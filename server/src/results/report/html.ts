/** Results as HTML: no scripts, no links, no remote resources, every text escaped. The editor shows the same fragment. */
import type { ScanResult } from '../../scan/result.ts';
import { PAGE_STYLE } from './html/page-style.ts';
import { renderCost } from './html/cost.ts';
import { patchRows, renderPatches, type PatchRow } from './html/patches.ts';
import { renderProducts } from './html/products.ts';
import { renderErrors, renderSteps } from './html/steps.ts';
import { NO_SOURCES, type Sources } from './html/sources.ts';
import { html, Html } from './html/template.ts';
import { describeOs, describeSource, patchesByStatus } from './order.ts';

/** What a standalone page begins with; fragments of results follow, then HTML_TAIL. */
export const HTML_HEAD = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Patchlab report</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${PAGE_STYLE}</style></head>
<body>
`;

export const HTML_TAIL = `
</body></html>
`;

/** A standalone page for any number of results. */
export function renderHtmlPage(results: readonly ScanResult[]): string {
  return `${HTML_HEAD}${results.map(renderHtml).join('\n')}${HTML_TAIL}`;
}

/** One result as a fragment: an `article` without styles or scripts, to be put into a page. */
export function renderHtml(result: ScanResult): string {
  return renderArticle({ result, sources: NO_SOURCES, patches: renderPatches(result) });
}

/**
 * The same in parts, with buttons that lead to the source: what they do is up to the page around it. The fragment has an empty
 * `.rows` where the patches belong.
 */
export function renderHtmlParts(
  result: ScanResult,
  sources: Sources,
): { readonly html: string; readonly patches: readonly PatchRow[] } {
  const rows = patchRows(result, sources);
  const patches =
    rows.length === 0 ? renderPatches(result) : new Html('<div class="rows" role="list" aria-label="Patches"></div>');
  return { html: renderArticle({ result, sources, patches }), patches: rows };
}

interface Article {
  readonly result: ScanResult;
  readonly sources: Sources;
  readonly patches: Html;
}

function renderArticle(article: Article): string {
  const { result, sources } = article;
  const parts = [renderHead(result), renderErrors(result.steps), renderFindings(article)];
  return html`<article class="scan">
    ${parts}
    <h2>Steps</h2>
    ${renderSteps(result.steps)} ${renderCost(result, sources)}
  </article>`.text;
}

function renderHead(result: ScanResult): Html {
  const counts = patchesByStatus(result).map(
    ({ status, patches }) =>
      html`<span class="chip ${status.replaceAll(' ', '-')}">${patches.length} ${status}</span> `,
  );
  return html`<h1>${result.machine.name}</h1>
    <p class="os">${describeOs(result)}</p>
    <p class="source">${describeSource(result)}; scan ${result.scanId}</p>
    <p class="counts">${counts}</p>`;
}

/** That there are no products or patches is said only where the scan came so far. */
function renderFindings({ result, sources, patches: rendered }: Article): Html {
  const isDone = (number: number): boolean =>
    result.steps.some(({ step, status }) => step === number && status === 'ok');
  const patches =
    isDone(6) || result.patches.length > 0
      ? html`<h2>Patches</h2>
          ${rendered}`
      : html``;
  const products =
    isDone(5) || result.products.length > 0
      ? html`<h2>Products</h2>
          ${renderProducts(result.products, sources)}`
      : html``;
  return html`${patches}${products}`;
}

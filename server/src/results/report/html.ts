/** Results as HTML: no scripts, no links, no remote resources, every text escaped. The editor shows the same. */
import type { Trace, Verdict } from '../../evaluate/verdict.ts';
import type { PatchResult, ScanError, ScanResult, StepReport } from '../../scan/result.ts';
import { escapeHtml } from './inert.ts';
import {
  describeCounts,
  describeInstance,
  describeMs,
  describeOs,
  describePlace,
  describeSource,
  patchesByStatus,
} from './order.ts';

/** A standalone page for any number of results. */
export function renderHtmlPage(results: readonly ScanResult[]): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Patchlab report</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head>
<body>
${results.map(renderHtml).join('\n')}
</body></html>
`;
}

/** One result as a fragment: an `article` without styles or scripts, to be put into a page. */
export function renderHtml(result: ScanResult): string {
  return `<article class="scan">
<h1>${escapeHtml(result.machine.name)}</h1>
<p class="os">${escapeHtml(describeOs(result))}</p>
<p class="source">${escapeHtml(describeSource(result))}; scan ${escapeHtml(result.scanId)}</p>
<p class="counts">${escapeHtml(describeCounts(result))}</p>
${failures(result)}${patchSections(result)}${productTable(result)}${stepTable(result)}
</article>`;
}

function failures(result: ScanResult): string {
  return result.steps.map((step) => (step.error ? failure(step, step.error) : '')).join('');
}

function failure({ step, name }: StepReport, error: ScanError): string {
  return `<section class="failure"><h2>Step ${step}, ${escapeHtml(name)}, failed: error ${escapeHtml(error.code)}</h2>
<dl><dt>Meaning</dt><dd>${escapeHtml(error.meaning)}</dd>
<dt>Raw cause</dt><dd><code>${escapeHtml(error.raw)}</code></dd>
<dt>Remedy</dt><dd>${escapeHtml(error.remedy)}</dd>
<dt>See it without Patchlab</dt><dd><code>${escapeHtml(error.validate)}</code></dd></dl></section>
`;
}

function patchSections(result: ScanResult): string {
  return patchesByStatus(result)
    .map(
      ({ status, patches }) => `<section class="patches ${status.replaceAll(' ', '-')}">
<h2>${escapeHtml(status.charAt(0).toUpperCase() + status.slice(1))} (${patches.length})</h2>
<table><thead><tr><th>Severity</th><th>Patch</th><th>Title</th><th>For</th><th>Details</th></tr></thead><tbody>
${patches.map((patch) => patchRow(result, patch)).join('\n')}
</tbody></table></section>
`,
    )
    .join('');
}

function patchRow(result: ScanResult, patch: PatchResult): string {
  const details = [
    ...patch.kb,
    ...patch.cve,
    patch.how ?? '',
    patch.head === undefined ? '' : `by ${patch.head}`,
    patch.warning === null ? '' : `Warning: ${patch.warning}`,
    patch.reason ?? '',
  ].filter((part) => part !== '');
  const trace = patch.trace ? `<details><summary>Trace</summary>${traceList([patch.trace])}</details>` : '';
  return `<tr><td class="severity ${escapeHtml(patch.severity)}">${escapeHtml(patch.severity)}</td><td>${escapeHtml(
    patch.id,
  )}</td><td>${escapeHtml(patch.title ?? '')}</td><td>${escapeHtml(describeInstance(result, patch))}</td><td>${escapeHtml(
    details.join('; '),
  )}${trace}</td></tr>`;
}

const VERDICT_MARKS: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', unknown: '?' };

function traceList(traces: readonly Trace[]): string {
  const items = traces.map((trace) => {
    const details = [
      trace.expected === undefined ? '' : `expected ${trace.expected}`,
      trace.observed === undefined ? '' : `observed ${trace.observed}`,
      trace.source === undefined ? '' : `in ${trace.source}`,
      trace.reason === undefined ? '' : `because ${trace.reason}`,
    ].filter((part) => part !== '');
    const more = details.length === 0 ? '' : `<div class="seen">${escapeHtml(details.join('; '))}</div>`;
    const children = trace.children?.length ? traceList(trace.children) : '';
    return `<li class="${trace.verdict}"><code>${VERDICT_MARKS[trace.verdict]} ${escapeHtml(trace.check)}</code>${more}${children}</li>`;
  });
  return `<ul class="trace">${items.join('')}</ul>`;
}

function productTable(result: ScanResult): string {
  const rows = result.products.flatMap((product) =>
    product.instances.map(
      (instance) =>
        `<tr><td>${escapeHtml(product.name)}</td><td>${escapeHtml(
          instance.state === 'unknown' ? 'unknown' : (instance.version ?? ''),
        )}</td><td>${escapeHtml([describePlace(instance), instance.reason ?? ''].filter(Boolean).join('; '))}</td></tr>`,
    ),
  );
  if (rows.length === 0) return '';
  return `<section class="products"><h2>Products</h2>
<table><thead><tr><th>Product</th><th>Version</th><th>Place</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></section>
`;
}

function stepTable(result: ScanResult): string {
  const rows = result.steps.map(
    ({ step, name, status, ms, warning }) =>
      `<tr class="${status}"><td>${step}</td><td>${escapeHtml(name)}</td><td>${status}</td><td>${
        status === 'skipped' ? '' : describeMs(ms)
      }</td><td>${escapeHtml(warning ?? '')}</td></tr>`,
  );
  return `<section class="steps"><h2>Steps</h2>
<table><thead><tr><th>Step</th><th>Name</th><th>Status</th><th>Time</th><th></th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></section>`;
}

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; }
h1 { margin-bottom: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .3rem; }
.source { color: #666; } .counts { font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .2rem .6rem .2rem 0; vertical-align: top; }
tr { border-bottom: 1px solid #ddd; } code { font-size: .92em; }
.missing h2, .failure h2 { color: #b00020; } .unknown h2 { color: #8a5a00; } .installed h2 { color: #1b6e2a; }
.trace { list-style: none; padding-left: 1rem; } .trace .seen { color: #666; padding-left: 1.2rem; }
.trace .false > code { color: #b00020; } .trace .true > code { color: #1b6e2a; } .trace .unknown > code { color: #8a5a00; }
`;

/** The patches of a result: what calls for action first, and why. */
import type { PatchResult, PatchStatus, ScanResult } from '../../../scan/result.ts';
import { describeInstance, patchesByStatus } from '../order.ts';
import { NO_SOURCES, renderButton, type Sources } from './sources.ts';
import { html, when, type Html } from './template.ts';
import { renderTrace } from './trace.ts';

/** What needs no action folds away. */
const UNFOLDED: ReadonlySet<PatchStatus> = new Set(['missing', 'unknown']);
/** The traces of the first missing patches show without a click. */
const OPEN_AT_MOST = 3;

export function renderPatches(result: ScanResult, sources: Sources = NO_SOURCES): Html {
  const groups = patchesByStatus(result);
  if (groups.length === 0) return html`<p class="empty">No patch of this content is for this machine.</p>`;
  return html`${groups.map(({ status, patches }) => renderGroup({ result, sources }, status, patches))}`;
}

/** A patch's place in a report that draws only what can be seen: what it is filtered by, and its markup. */
export interface PatchRow {
  readonly status: PatchStatus;
  readonly severity: string;
  readonly html: string;
}

/** The same patches one by one, in the same order. */
export function patchRows(result: ScanResult, sources: Sources = NO_SOURCES): readonly PatchRow[] {
  return patchesByStatus(result).flatMap(({ status, patches }) =>
    patches.map((patch, index) => {
      const { text } = renderPatch({ result, sources }, patch, status === 'missing' && index < OPEN_AT_MOST);
      return { status, severity: patch.severity, html: text };
    }),
  );
}

function renderGroup(report: Report, status: PatchStatus, patches: readonly PatchResult[]): Html {
  const rows = patches.map((patch, index) => renderPatch(report, patch, status === 'missing' && index < OPEN_AT_MOST));
  const title = html`${status.charAt(0).toUpperCase() + status.slice(1)} <span class="count">${patches.length}</span>`;
  const name = status.replaceAll(' ', '-');
  return UNFOLDED.has(status)
    ? html`<section class="status ${name}">
        <h3>${title}</h3>
        ${rows}
      </section>`
    : html`<details class="status ${name}">
        <summary><h3>${title}</h3></summary>
        ${rows}
      </details>`;
}

interface Report {
  readonly result: ScanResult;
  readonly sources: Sources;
}

function renderPatch(report: Report, patch: PatchResult, open: boolean): Html {
  const detail = html`${when(references(patch), (text) => html`<p class="references">${text}</p>`)}${when(
    patch.warning,
    (text) => html`<p class="warning">${text}</p>`,
  )}${when(patch.reason, (text) => html`<p class="reason">${text}</p>`)}${when(patch.trace, (trace) => renderTrace(trace, report.sources))}`;
  const { status, severity } = patch;
  if (detail.text === '')
    return html`<div class="patch" data-status="${status}" data-severity="${severity}">
      ${renderHead(report, patch)} ${renderButton(report.sources.declared(patch.id))}
    </div>`;
  // A control within the summary, which is one itself, could not be told from it by whoever hears the page.
  const declared = when(report.sources.declared(patch.id), (button) => {
    return html`<p class="declared">${renderButton(button)}</p>`;
  });
  const summary = html`<summary>${renderHead(report, patch)}</summary>
    ${declared}${detail}`;
  return open
    ? html`<details class="patch" data-status="${status}" data-severity="${severity}" open>${summary}</details>`
    : html`<details class="patch" data-status="${status}" data-severity="${severity}">${summary}</details>`;
}

function renderHead({ result }: Report, patch: PatchResult): Html {
  const severity = html`<span class="severity" title="${patch.severity}">${patch.severity}</span>`;
  const title = when(patch.title, (text) => html` <span class="title">${text}</span>`);
  const path = result.products
    .find(({ id }) => id.toLowerCase() === patch.product.toLowerCase())
    ?.instances.find(({ instance }) => instance === patch.instance)?.path;
  return html`${severity} <b>${patch.id}</b>${title}
    <span class="for">${describeInstance(result, patch)}${when(path, (text) => html` in ${text}`)}</span>`;
}

function references({ bulletin, kb, cve, how, head }: PatchResult): string {
  const parts = [
    bulletin ? `bulletin ${bulletin}` : '',
    kb.join(', '),
    cve.join(', '),
    how ? `recognised: ${how}` : '',
    head ? `by ${head}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** A comparison of two results: a head, and a row for each product and patch. */
import type { PatchResult, ProductInstance } from '../../../scan/result.ts';
import {
  isDifferent,
  type Change,
  type CheckChange,
  type Comparison,
  type PatchChange,
  type ProductChange,
  type Seen,
  type Side,
} from '../../compare/comparison.ts';
import { describePlace, severityRank } from '../order.ts';
import { NO_SOURCES, renderButton, type Sources } from './sources.ts';
import { html, when, type Html } from './template.ts';

/** A row's place in a list that draws only what can be seen. */
export interface ComparisonRow {
  readonly kind: 'product' | 'patch';
  readonly change: Change;
  /** Also where the status is the same but a check was seen differently. */
  readonly differs: boolean;
  readonly html: string;
}

/** Both sides, to be read before the rows. */
export function renderComparisonHead({ left, right, products, patches }: Comparison): string {
  const count = (of: readonly (ProductChange | PatchChange)[]): string =>
    `${of.filter(isDifferent).length} of ${of.length}`;
  return html`<h1>${left.machine === right.machine ? left.machine : `${left.machine} and ${right.machine}`}</h1>
    <table class="sides">
      <tbody>
        ${renderSide('Left', left)}${renderSide('Right', right)}
      </tbody>
    </table>
    <p class="counts">
      <span class="chip">${count(products)} products differ</span>
      <span class="chip">${count(patches)} patches differ</span>
    </p>`.text;
}

function renderSide(name: string, { machine, os, started, scanId, error }: Side): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${machine}</td>
    <td>${os ?? 'operating system not determined'}</td>
    <td>${started.slice(0, 19).replace('T', ' ')} UTC</td>
    <td>${error === null ? `scan ${scanId}` : html`<span class="reason">failed: error ${error}</span>`}</td>
  </tr>`;
}

/** Products, then patches; of those the more severe first. */
export function comparisonRows(
  { products, patches }: Comparison,
  sources: Sources = NO_SOURCES,
): readonly ComparisonRow[] {
  const bySeverity = patches.toSorted((one, other) => severityRank(one.severity) - severityRank(other.severity));
  return [
    ...products.map((product) => row('product', product, renderProduct(product, sources))),
    ...bySeverity.map((patch) => row('patch', patch, renderPatch(patch, sources))),
  ];
}

function row(kind: ComparisonRow['kind'], of: ProductChange | PatchChange, shown: Html): ComparisonRow {
  return { kind, change: of.change, differs: isDifferent(of), html: shown.text };
}

function renderProduct({ id, name, left, right }: ProductChange, sources: Sources): Html {
  const place = describePlaces(left, right);
  return html`<div class="patch">
    <b title="${id}">${name}</b> ${fromTo(describe(left), describe(right))}
    <span class="for">${place}</span>
    ${renderButton(sources.declared(id))}
  </div>`;
}

function describe(instance: ProductInstance | undefined): string {
  if (!instance) return 'absent';
  return instance.state === 'unknown' ? `unknown: ${instance.reason ?? ''}` : (instance.version ?? 'installed');
}

function describePlaces(left: ProductInstance | undefined, right: ProductInstance | undefined): string {
  const [one, other] = [left, right].map((instance) => (instance ? describePlace(instance) : ''));
  return one === other || !other ? (one ?? '') : one ? `${one} → ${other}` : other;
}

/** `18.1 → 24.7`, or one of them where they are the same. */
function fromTo(left: string, right: string): Html {
  if (left === right) return html`<span class="same">${left}</span>`;
  return html`<span class="was">${left}</span> <span class="arrow" aria-label="then">→</span>
    <span class="now">${right}</span>`;
}

function renderPatch(change: PatchChange, sources: Sources): Html {
  const { id, title, severity, left, right, checks } = change;
  const product = (right ?? left)?.product ?? '';
  const head = html`<span class="severity" title="${severity}">${severity}</span> <b>${id}</b>${when(
      title,
      (text) => html` <span class="title">${text}</span>`,
    )} <span class="for">${product}</span> ${fromTo(describeStatus(left), describeStatus(right))}`;
  const declared = when(sources.declared(id), (button) => html`<p class="declared">${renderButton(button)}</p>`);
  const detail = html`${reasons(left, right)}${checks.length > 0 ? renderChecks(checks, sources) : html``}`;
  if (detail.text === '') return html`<div class="patch">${head} ${renderButton(sources.declared(id))}</div>`;
  return html`<details class="patch">
    <summary>${head}</summary>
    ${declared}${detail}
  </details>`;
}

const describeStatus = (patch: PatchResult | undefined): string => patch?.status ?? 'not judged';

function reasons(left: PatchResult | undefined, right: PatchResult | undefined): Html {
  const [one, other] = [left, right].map((patch) =>
    patch ? [patch.reason, patch.warning].filter(Boolean).join('; ') : '',
  );
  if (!one && !other) return html``;
  return html`<dl class="facts">${fact('left', one)}${fact('right', other)}</dl>`;
}

function fact(name: string, text: string | undefined): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${text || '-'}</dd>
  </div>`;
}

function renderChecks(checks: readonly CheckChange[], sources: Sources): Html {
  return html`<table class="checks">
    <thead>
      <tr>
        <th scope="col">Check</th>
        <th scope="col">Left</th>
        <th scope="col">Right</th>
      </tr>
    </thead>
    <tbody>
      ${checks.map(
        ({ check, at, left, right }) =>
          html`<tr>
            <td><code>${check}</code> ${renderButton(at && sources.at(at, check))}</td>
            <td>${renderSeen(left)}</td>
            <td>${renderSeen(right)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const MARK = { true: '✓', false: '✗', unknown: '?' } as const;

function renderSeen(seen: Seen | undefined): Html {
  if (!seen) return html`<span class="empty">not looked at</span>`;
  const said = [seen.observed, seen.expected && `expected ${seen.expected}`, seen.source, seen.reason];
  return html`<span class="${seen.verdict}"
    ><span class="mark" title="${seen.verdict}">${MARK[seen.verdict]}</span> ${said.filter(Boolean).join('; ')}</span
  >`;
}

/** The patches of a result: what is missing first, with why. */
import type { PatchResult, PatchStatus, ProductResult } from '../../scan/result.ts';
import { html, when, type Html } from './html.ts';
import { renderTrace } from './trace.ts';

/** The order in which an author wants to read them. */
const ORDER: readonly PatchStatus[] = [
  'missing',
  'unknown',
  'superseded',
  'note',
  'installed',
  'effectively installed',
  'not applicable',
];
const SEVERITY = ['critical', 'important', 'moderate', 'low', 'unrated'];
/** Patches of these states are worth a look without a click, as long as they are few. */
const OPEN_AT_MOST = 3;

export function renderPatches(patches: readonly PatchResult[], products: readonly ProductResult[]): Html {
  if (patches.length === 0) return html`<p class="empty">No patch of this content is for this machine.</p>`;
  return html`${ORDER.map((status) => renderStatus(status, patches, products))}`;
}

function renderStatus(status: PatchStatus, patches: readonly PatchResult[], products: readonly ProductResult[]): Html {
  const some = patches.filter((patch) => patch.status === status).sort(bySeverity);
  if (some.length === 0) return html``;
  const rows = some.map((patch, index) => renderPatch(patch, products, status === 'missing' && index < OPEN_AT_MOST));
  const body = html`<div class="patches">${rows}</div>`;
  const title = html`${capital(status)} <span class="count">${some.length}</span>`;
  // What needs no action folds away.
  return status === 'missing' || status === 'unknown'
    ? html`<section class="status ${className(status)}">
        <h3>${title}</h3>
        ${body}
      </section>`
    : html`<details class="status ${className(status)}">
        <summary><h3>${title}</h3></summary>
        ${body}
      </details>`;
}

function renderPatch(patch: PatchResult, products: readonly ProductResult[], open: boolean): Html {
  const head = html`<span class="severity ${className(patch.severity)}">${patch.severity}</span>
    <b class="id">${patch.id}</b> ${when(patch.title, (title) => html`<span class="title">${title}</span>`)}
    <span class="for">${describeInstance(patch, products)}</span>`;
  const detail = html`${when(references(patch), (text) => html`<p class="references">${text}</p>`)}${when(
    patch.warning,
    (text) => html`<p class="warning">${text}</p>`,
  )}${when(patch.reason, (text) => html`<p class="reason">${text}</p>`)}${when(patch.trace, renderTrace)}`;
  if (detail.text === '') return html`<div class="patch"><div class="head">${head}</div></div>`;
  return open
    ? html`<details class="patch" open>
        <summary class="head">${head}</summary>
        ${detail}
      </details>`
    : html`<details class="patch">
        <summary class="head">${head}</summary>
        ${detail}
      </details>`;
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

function describeInstance(patch: PatchResult, products: readonly ProductResult[]): string {
  const product = products.find((one) => one.id.toLowerCase() === patch.product.toLowerCase());
  const instance = product?.instances.find((one) => one.instance === patch.instance);
  if (!product || !instance) return patch.product;
  const where = instance.path ? ` in ${instance.path}` : '';
  return `${product.name} ${instance.version ?? 'of unknown version'}${where}`;
}

function bySeverity(a: PatchResult, b: PatchResult): number {
  return SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) || a.id.localeCompare(b.id);
}

/** Only what is safe as a class name; a status is one of ours, a severity is a word of the content. */
export function className(word: string): string {
  return word.replace(/[^a-z]+/gi, '-').toLowerCase();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A result document as an HTML fragment without scripts, links or remote parts, for the editor's report. */
import type { ScanResult } from '../../scan/result.ts';
import { html, when, type Html } from './html.ts';
import { renderPatches } from './patches.ts';
import { renderProducts } from './products.ts';
import { renderErrors, renderSteps } from './steps.ts';

export function renderReport(result: ScanResult): string {
  return html`<main class="report">
    ${renderHead(result)}${renderErrors(result.steps)}${renderFindings(result)}
    <h2>Steps</h2>
    ${renderSteps(result.steps)}
    <footer>${describeCost(result)}</footer>
  </main>`.text;
}

function renderHead({ machine, started, patches }: ScanResult): Html {
  const missing = patches.filter((patch) => patch.status === 'missing').length;
  const unknown = patches.filter((patch) => patch.status === 'unknown').length;
  const address = machine.address ? ` at ${machine.address}${machine.port ? `:${machine.port}` : ''}` : '';
  const source = machine.source === 'live' ? `live machine${address}` : 'recorded machine';
  return html`<header>
    <h1>${machine.name}</h1>
    <p class="machine">
      ${when(machine.os, (os) => html`${os.name}, ${os.version}, ${os.architecture} · `)}${source} ·
      ${started.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}
    </p>
    <p class="counts">
      <span class="chip missing">${missing} missing</span>${when(
        unknown || undefined,
        (count) => html` <span class="chip unknown">${count} unknown</span>`,
      )} <span class="chip">${patches.length} patches judged</span>
    </p>
  </header>`;
}

/** A scan that did not come to products and patches claims nothing of them. */
function renderFindings({ steps, patches, products }: ScanResult): Html {
  const done = (number: number): boolean => steps.find((step) => step.step === number)?.status === 'ok';
  return html`${
    done(6)
      ? html`<h2>Patches</h2>
          ${renderPatches(patches, products)}`
      : html``
  }${
    done(5)
      ? html`<h2>Products</h2>
          ${renderProducts(products)}`
      : html``
  }`;
}

function describeCost({ cost, started, finished }: ScanResult): string {
  const ms = Date.parse(finished) - Date.parse(started);
  return `${cost.reads} reads, ${cost.roundTrips} round trips, ${cost.bytes} bytes, ${ms} ms`;
}

/** What a scan cost: which checks looked at most, and what each batch of reads took. */
import type { Trace } from '../../../evaluate/verdict.ts';
import type { Location } from '../../../model/source.ts';
import type { ScanResult } from '../../../scan/result.ts';
import { describeMs } from '../order.ts';
import { renderButton, type Sources } from './sources.ts';
import { html, type Html } from './template.ts';

const MOST_CHECKS = 25;

interface CheckCost {
  readonly check: string;
  readonly at: Location | undefined;
  /** The product or patch that it stands in; of several the first. */
  readonly of: string;
  /** The different things that it looked at, in all instances. */
  readonly sources: Set<string>;
}

/** Nothing where the scan kept no traces or read nothing. */
export function renderCost(result: ScanResult, sources: Sources): Html {
  const checks = dearestChecks(result);
  const { rounds = [] } = result.cost;
  if (checks.length === 0 && rounds.length === 0) return html``;
  return html`<section class="cost">
    <h2>Cost</h2>
    ${checks.length === 0 ? html`` : renderChecks(checks, sources)}
    ${rounds.length === 0 ? html`` : renderRounds(rounds)}
  </section>`;
}

function renderChecks(checks: readonly (CheckCost & { readonly alone: number })[], sources: Sources): Html {
  return html`<table class="sortable dearest">
    <caption>
      The dearest checks
    </caption>
    <thead>
      <tr>
        <th scope="col">Check</th>
        <th scope="col">In</th>
        <th scope="col" class="number" aria-sort="descending">Looked at</th>
        <th scope="col" class="number">No other did</th>
      </tr>
    </thead>
    <tbody>
      ${checks.map(
        ({ check, at, of, sources: seen, alone }) =>
          html`<tr>
            <td><code>${check}</code> ${renderButton(at && sources.at(at, check))}</td>
            <td>${of}</td>
            <td class="number">${seen.size}</td>
            <td class="number">${alone}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function renderRounds(rounds: NonNullable<ScanResult['cost']['rounds']>): Html {
  return html`<table class="sortable rounds">
    <caption>
      Batches of reads
    </caption>
    <thead>
      <tr>
        <th scope="col" class="number" aria-sort="ascending">Batch</th>
        <th scope="col" class="number">Step</th>
        <th scope="col" class="number">Reads</th>
        <th scope="col" class="number">Round trips</th>
        <th scope="col" class="number">Bytes</th>
        <th scope="col" class="number">Time</th>
      </tr>
    </thead>
    <tbody>
      ${rounds.map(
        ({ step, reads, roundTrips, bytes, ms }, index) =>
          html`<tr>
            <td class="number">${index + 1}</td>
            <td class="number">${step}</td>
            <td class="number">${reads}</td>
            <td class="number">${roundTrips}</td>
            <td class="number">${bytes}</td>
            <td class="number">${describeMs(ms)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Those that looked at most first, by the things that they looked at; a thing is read once, whoever looks at it. */
function dearestChecks({ products, patches }: ScanResult): readonly (CheckCost & { readonly alone: number })[] {
  const checks = new Map<string, CheckCost>();
  const lookers = new Map<string, Set<CheckCost>>();
  const walk = (of: string, { check, at, source, children = [] }: Trace): void => {
    if (source !== undefined) {
      const key = at ? `${at.file}\n${at.start}` : `${of}\n${check}`;
      const one = checks.get(key) ?? { check, at, of, sources: new Set() };
      checks.set(key, one);
      const seen = source.toLowerCase();
      one.sources.add(seen);
      lookers.set(seen, (lookers.get(seen) ?? new Set()).add(one));
    }
    for (const child of children) walk(of, child);
  };
  for (const { id, instances } of products) for (const { trace } of instances) if (trace) walk(id, trace);
  for (const { id, trace } of patches) if (trace) walk(id, trace);
  return [...checks.values()]
    .toSorted((one, other) => other.sources.size - one.sources.size)
    .slice(0, MOST_CHECKS)
    .map((one) => ({ ...one, alone: [...one.sources].filter((seen) => lookers.get(seen)?.size === 1).length }));
}

/** What is wrong with a page of the extension for people who do not see, or not well: axe-core, in the page itself. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Workbench } from './workbench.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE = new Set(['serious', 'critical']);

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

declare const axe: { run(options: object): Promise<{ violations: Violation[]; passes: { id: string }[] }> };
declare const document: { documentElement: { readonly style: { background: string } } };
declare const getComputedStyle: (element: unknown) => { getPropertyValue(name: string): string };

/** In the page: the editor's own background lies behind it, which a page alone cannot know. */
async function look(): Promise<{ violations: Violation[]; passes: { id: string }[] }> {
  const root = document.documentElement;
  root.style.background = getComputedStyle(root).getPropertyValue('--vscode-editor-background');
  try {
    return await axe.run({ resultTypes: ['violations', 'passes'] });
  } finally {
    root.style.background = '';
  }
}

/** What axe finds serious or critical in the page that is open, a line each; an error where it has not looked at all. */
export async function graveViolations(workbench: Workbench): Promise<readonly string[]> {
  const outer = workbench.page.locator('iframe.webview.ready:visible').first().contentFrame();
  const element = await outer.locator('iframe#active-frame').elementHandle();
  const frame = await element?.contentFrame();
  if (!frame) throw new Error('no page of the extension is open');
  await frame.evaluate(AXE);
  const { violations, passes } = await frame.evaluate(look);
  if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe saw no text');
  return violations
    .filter(({ impact }) => impact !== null && GRAVE.has(impact))
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ''}`),
    );
}

/** Every verb of the command line, once. Each is loaded when it is wanted, so that none waits for what the others need. */
import type { Verb } from './verb.ts';

export const VERBS = {
  check: async () => (await import('./verbs/check.ts')).check,
  test: async () => (await import('./verbs/test.ts')).test,
  fmt: async () => (await import('./verbs/fmt.ts')).fmt,
  graph: async () => (await import('./verbs/graph.ts')).graph,
  why: async () => (await import('./verbs/why.ts')).why,
  scan: async () => (await import('./verbs/scan.ts')).scan,
  resolve: async () => (await import('./verbs/resolve.ts')).resolve,
  doctor: async () => (await import('./verbs/doctor.ts')).doctor,
  record: async () => (await import('./verbs/record.ts')).record,
  importer: async () => (await import('./verbs/importer.ts')).importer,
  report: async () => (await import('./verbs/report.ts')).report,
  compare: async () => (await import('./verbs/compare.ts')).compare,
  convert: async () => (await import('./verbs/convert.ts')).convert,
  lsp: async () => (await import('./verbs/lsp.ts')).lsp,
} as const satisfies Readonly<Record<string, () => Promise<Verb>>>;

/** All verbs by name: for what speaks of all of them. */
export async function loadVerbs(): Promise<Readonly<Record<string, Verb>>> {
  const verbs: Record<string, Verb> = {};
  for (const [name, load] of Object.entries(VERBS)) verbs[name] = await load();
  return verbs;
}

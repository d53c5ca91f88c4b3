/** Scans of lab machines for tests, through the same function that command line and editor call. */
import { linkContent } from '../../server/src/model/link.ts';
import type { Content } from '../../server/src/model/content.ts';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import type { PatchResult, ScanError, ScanResult } from '../../server/src/scan/result.ts';
import { scanMachine } from '../../server/src/scan/scan.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import type { LabMachine } from '../lab/lab.ts';

/** Links content that must be free of errors. */
export function contentOf(text: string): Content {
  const { content, findings } = linkContent([{ file: 'probe.detect', text }]);
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return content;
}

/** Scans a lab machine, perhaps through a proxy before it, and holds the document to its schema. */
export async function scanLab(
  machine: Pick<LabMachine, 'user' | 'password'>,
  target: string,
  options: Omit<ScanOptions, 'target'>,
): Promise<ScanResult> {
  const credential = { user: machine.user, password: machine.password };
  const result = await scanMachine({ target: { kind: 'machine', machine: target, credential }, ...options });
  const errors = schemaErrors('result', JSON.parse(JSON.stringify(result)));
  if (errors.length > 0) throw new Error(`the result does not fit its schema: ${JSON.stringify(errors, null, 2)}`);
  return result;
}

/** The one failed step's error, with its step. */
export function failureOf(result: ScanResult): (ScanError & { readonly step: number }) | undefined {
  const failed = result.steps.filter((step) => step.status === 'failed');
  const [first] = failed;
  return failed.length === 1 && first?.error ? { ...first.error, step: first.step } : undefined;
}

/** The status of the one verdict that a patch has. */
export function patchOf(result: ScanResult, id: string): PatchResult {
  const found = result.patches.filter((patch) => patch.id === id);
  const [patch] = found;
  if (!patch || found.length > 1) throw new Error(`${id} has ${found.length} verdicts`);
  return patch;
}

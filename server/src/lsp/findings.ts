/** What is found, file by file: sorted out once for each analysis. */
import type { Finding } from '../model/source.ts';
import type { Workspace } from './workspace.ts';

const known = new WeakMap<readonly Finding[], ReadonlyMap<string, readonly Finding[]>>();

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const before = known.get(findings);
  if (before) return before;
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = files.get(finding.at.file);
    if (list) list.push(finding);
    else files.set(finding.at.file, [finding]);
  }
  known.set(findings, files);
  return files;
}

/** The findings of one file, in order. */
export function findingsIn(workspace: Workspace, file: string): readonly Finding[] {
  return byFile(workspace.analyse().findings).get(file) ?? [];
}

/** The files that have any. */
export function filesWithFindings(workspace: Workspace): Iterable<string> {
  return byFile(workspace.analyse().findings).keys();
}

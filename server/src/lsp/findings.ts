/** What is found, file by file. */
import type { Finding } from '../model/source.ts';
import type { Workspace } from './workspace.ts';

/** The findings of one file, in order. */
export function findingsIn(workspace: Workspace, file: string): readonly Finding[] {
  return workspace.analysis.findingsOf(file);
}

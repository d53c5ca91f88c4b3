/**
 * Workflow commands of GitHub Actions, which show findings beside the lines of a change
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
import { inert } from '../../results/report/inert.ts';
import type { PlacedFinding } from '../findings.ts';
import type { CheckReport } from './format.ts';

/** One command a finding. */
export const github = ({ list }: CheckReport): string => list.findings.map(githubCommand).join('');

/** A finding as a line that the service reads. */
export function githubCommand({
  file,
  line,
  column,
  endLine,
  endColumn,
  code,
  severity,
  message,
}: PlacedFinding): string {
  const kind = severity === 'error' || severity === 'warning' ? severity : 'notice';
  // Columns are shown only where a finding stands on one line; the place where it ends is the last that belongs to it.
  const columns = endLine === line ? `,col=${column},endColumn=${Math.max(column, endColumn - 1)}` : '';
  const place = `file=${property(file)},line=${line},endLine=${endLine}${columns}`;
  return `::${kind} ${place},title=${property(code)}::${data(message)}\n`;
}

/** Behind `::` a line goes on to its end: `%`, CR and LF are escaped. */
const data = (text: string): string => escaped(text, /%/g);

/** A property ends at `,`, and the properties at `::`. */
const property = (text: string): string => escaped(text, /[%:,]/g);

/** What could act is shown as its code; what is left of the characters that end something is percent-encoded. */
const escaped = (text: string, special: RegExp): string =>
  inert(text).replace(special, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

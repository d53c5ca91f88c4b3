/** The table of docs/editor-features.md: what a user can do, the steps that hold it, the request to the server behind it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface FeatureRow {
  readonly section: string;
  readonly feature: string;
  /** Titles of steps. */
  readonly steps: readonly string[];
  /** Files of tests that are no steps of the run. */
  readonly files: readonly string[];
  /** Requests whose emptied answers must make the steps fail. */
  readonly requests: readonly string[];
}

const FILE = path.resolve(import.meta.dirname, '../../docs/editor-features.md');

/** Every row of every section, as it stands in the docs. */
export function featureRows(text: string = readFileSync(FILE, 'utf8')): readonly FeatureRow[] {
  const rows: FeatureRow[] = [];
  let section = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    else if (section !== '' && line.startsWith('| ') && !line.startsWith('| what ')) rows.push(rowOf(section, line));
  }
  return rows;
}

function rowOf(section: string, line: string): FeatureRow {
  const [feature = '', tests = '', requests = ''] = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  const named = tests.split('<br>').map((one) => one.trim());
  return {
    ...{ section, feature },
    steps: named.filter((one) => !isFile(one)),
    files: named.filter(isFile).map((one) => one.slice(1, -1)),
    requests: [...requests.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  };
}

/** A file stands in backquotes, a step's title as it is. */
const isFile = (named: string): boolean => /^`test\/[^`]+`$/.test(named);

/** Workflow commands of GitHub Actions: what failed, beside the line of its `expect`. What passed is not told. */
import { githubCommand } from '../formats/github.ts';
import type { TestReport } from './report.ts';

export const github = ({ runs }: TestReport): string =>
  runs
    .flatMap(({ problems }) => problems)
    .map((one) => githubCommand({ ...one, message: [one.message, ...one.because.map(reason)].join(' ') }))
    .join('');

const reason = ({ text, file, line }: { text: string; file?: string; line?: number }): string =>
  `Because ${text}${file === undefined ? '' : ` (${file}:${line})`}.`;

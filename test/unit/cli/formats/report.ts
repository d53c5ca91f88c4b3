/** Reports to print, tame and hostile. */
import { FindingList } from '../../../../server/src/cli/findings.ts';
import type { CheckReport } from '../../../../server/src/cli/formats/format.ts';
import { lint } from '../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import type { Finding } from '../../../../server/src/model/source.ts';
import { PLAIN } from '../../../../server/src/results/report/style.ts';

/** What `check` would report of some files. */
export function reportOf(files: readonly { readonly file: string; readonly text: string }[]): CheckReport {
  const linked = linkContent(files);
  return report(files, lint(linked));
}

/** A report of given findings. */
export function report(
  files: readonly { readonly file: string; readonly text: string }[],
  findings: readonly Finding[],
): CheckReport {
  const names = files.map(({ file }) => file);
  return { list: new FindingList(files, findings), files: names, contents: [linkContent([]).content], style: PLAIN };
}

/** Everything that could act where a report is shown, or end what it stands in. */
export const HOSTILE = '\u001b[31m\u009b2J\r\n::error::x\u202e]]>&<a b="c">\'%0A,:\u0000\u0007\ufffe\ud800é😀';

/** A report whose every text is hostile. */
export const hostile = (): CheckReport => {
  const text = `patch ${HOSTILE}\nsecond line\n`;
  const file = `a/${HOSTILE}.detect`;
  const at = { file, start: 6, end: 9 };
  return report(
    [
      { file, text },
      { file: '/abs olute/b.detect', text: '' },
    ],
    [
      {
        code: 'syntax',
        severity: 'error',
        message: HOSTILE,
        at: { file, start: 0, end: text.length },
        related: [{ at, message: HOSTILE }],
        fix: { title: HOSTILE, at, text: HOSTILE },
      },
      { code: 'unused-allow', severity: 'warning', message: HOSTILE, at },
      { code: HOSTILE, severity: 'hint', message: '', at: { file: 'not/there.detect', start: 5, end: 2 } },
    ],
  );
};

/** Characters that act on a terminal: all controls but the line feed, and those that turn the direction of writing. */
export const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

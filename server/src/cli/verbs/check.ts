/** `patchlab check`: parse, link and lint. */
import { lint } from '../../lint/lint.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { contentFor } from '../content.ts';
import { FindingList } from '../findings.ts';
import type { Verb } from '../verb.ts';

export const CHECK_SCHEMA = 'patchlab-check/1';

export const check: Verb = {
  summary: 'parses, links and lints content',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Checks all *.detect files below the given paths as one workspace. Without a path, those of the content
roots in patchlab.json, or of the current folder. Ends with 1 when there is an error; warnings alone end with 0.`,
  options: {
    format: {
      value: 'FORMAT',
      oneOf: ['pretty', 'json', 'github'],
      help: 'pretty (default), json (patchlab-check/1), or github (workflow commands).',
    },
  },
  examples: ['patchlab check samples', 'patchlab check --format json samples > findings.json'],
  run: async (args, io) => {
    const { files, linked } = await contentFor(args.positionals);
    const list = new FindingList(files, lint(linked));
    const errors = list.count('error');
    switch (args.one('format')) {
      case 'json':
        io.out(`${JSON.stringify({ schema: CHECK_SCHEMA, findings: list.findings }, null, 2)}\n`);
        break;
      case 'github':
        io.out(githubCommands(list));
        break;
      default: {
        const { content } = linked;
        io.out(list.pretty(io.colour ? COLOUR : PLAIN));
        io.out(
          `${plural(files.length, 'file')}, ${plural(content.products.size, 'product')}, ` +
            `${plural(content.patches.size, 'patch', 'patches')}: ` +
            `${plural(errors, 'error')}, ${plural(list.count('warning'), 'warning')}\n`,
        );
      }
    }
    return errors > 0 ? 1 : 0;
  },
};

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: data escapes %, CR, LF; properties also `:` and `,`. */
function githubCommands(list: FindingList): string {
  const data = (text: string) => text.replace(/[%\r\n]/g, percent);
  const property = (text: string) => text.replace(/[%\r\n:,]/g, percent);
  return list.findings
    .map(({ file, line, column, endLine, endColumn, code, severity, message }) => {
      const command = severity === 'error' || severity === 'warning' ? severity : 'notice';
      const place = `file=${property(file)},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn}`;
      return `::${command} ${place},title=${property(code)}::${data(message)}\n`;
    })
    .join('');
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

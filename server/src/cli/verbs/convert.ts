/** `patchlab convert`: other formats into patch definitions. */
import { writeFile } from 'node:fs/promises';
import { fromCatalogue2001 } from '../../convert/catalogue-2001/index.ts';
import { scriptToXml } from '../../convert/script.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { readContentText } from '../../scan/content-files.ts';
import { FindingList } from '../findings.ts';
import { UsageError, type Verb } from '../verb.ts';

const FORMATS = { 'catalogue-2001': fromCatalogue2001, detect: scriptToXml };

export const convert: Verb = {
  summary: 'turns other formats into patch definitions',
  arguments: 'FILE',
  positionals: { many: false, path: true },
  description: `Reads a file of another format and writes patch definitions (*.patches.xml) to standard output or to a file. What
cannot be kept is counted on standard error, and listed by line with --findings. Ends with 1 when something is wrong with the
file; what could be kept is written all the same.`,
  options: {
    from: {
      value: 'FORMAT',
      oneOf: Object.keys(FORMATS),
      help: 'catalogue-2001 (BulletinDatastore, schema 1.0.0.11), or detect (a script; its tests are left out).',
    },
    out: { value: 'FILE', path: true, help: 'Where to write; must end in .patches.xml. Default: standard output.' },
    findings: { help: 'Lists everything that was found and everything that could not be kept, by line.' },
  },
  examples: [
    'patchlab convert --from catalogue-2001 mssecure.xml --out catalogue.patches.xml',
    'patchlab convert --from detect samples/7-zip.detect',
  ],
  run: async (args, io) => {
    const from = args.one('from');
    const file = args.positionals[0];
    const out = args.one('out');
    if (from !== 'catalogue-2001' && from !== 'detect') throw new UsageError('Say what to convert with --from.');
    if (file === undefined) throw new UsageError('Say which file to convert.');
    if (out?.endsWith('.patches.xml') === false) throw new UsageError('--out must end in .patches.xml.');
    const read = await readContentText(file);
    if (!read.ok) throw new UsageError(`${read.why.charAt(0).toUpperCase()}${read.why.slice(1)}.`);
    const { text, findings } = FORMATS[from](file, read.text);
    const list = new FindingList([{ file, text: read.text }], findings);
    if (args.has('findings')) io.err(list.pretty(io.colour ? COLOUR : PLAIN));
    io.err(summary(list));
    if (out === undefined) io.out(text);
    else await writeFile(out, text);
    return list.count('error') > 0 ? 1 : 0;
  },
};

function summary({ findings }: FindingList): string {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code}: ${count}\n`).join('');
}

/** `patchlab convert`: between scripts and patch definitions, and from other formats. */
import { writeFile } from 'node:fs/promises';
import { fromCatalogue2001 } from '../../convert/catalogue-2001/index.ts';
import { scriptToXml } from '../../convert/script.ts';
import { xmlToScript } from '../../convert/xml.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { readContentText } from '../../scan/content-files.ts';
import { FindingList } from '../findings.ts';
import { UsageError, type Verb } from '../verb.ts';

const FORMATS = { 'catalogue-2001': fromCatalogue2001, detect: scriptToXml, patches: xmlToScript };
const isFormat = (name: string | undefined): name is keyof typeof FORMATS =>
  name !== undefined && Object.hasOwn(FORMATS, name);

export const convert: Verb = {
  summary: 'turns scripts into patch definitions and back, and reads other formats',
  arguments: 'FILE',
  positionals: { many: false, path: true },
  description: `Reads a file of another format and writes patch definitions (*.patches.xml), or of patch definitions a script
(*.detect), to standard output or to a file. Comments are kept. What cannot be kept is counted on standard error, and listed
by line with --findings. Ends with 1 when something is wrong with the file; what could be kept is written all the same.`,
  options: {
    from: {
      value: 'FORMAT',
      oneOf: Object.keys(FORMATS),
      help: 'catalogue-2001 (BulletinDatastore, schema 1.0.0.11), detect (a script; its tests are left out), or patches.',
    },
    out: {
      value: 'FILE',
      path: true,
      help: 'Where to write; must end in .patches.xml, or .detect for a script. Default: standard output.',
    },
    findings: { help: 'Lists everything that was found and everything that could not be kept, by line.' },
  },
  examples: [
    'patchlab convert --from catalogue-2001 mssecure.xml --out catalogue.patches.xml',
    'patchlab convert --from detect samples/7-zip.detect',
    'patchlab convert --from patches patches.patches.xml --out patches.detect',
  ],
  run: async (args, io) => {
    const from = args.one('from');
    const file = args.positionals[0];
    const out = args.one('out');
    if (!isFormat(from)) throw new UsageError('Say what to convert with --from.');
    if (file === undefined) throw new UsageError('Say which file to convert.');
    const end = from === 'patches' ? '.detect' : '.patches.xml';
    if (out?.endsWith(end) === false) throw new UsageError(`--out must end in ${end}.`);
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

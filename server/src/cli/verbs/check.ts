/** `patchlab check`: parse, link and lint. */
import { lint } from '../../lint/lint.ts';
import { withSeverities } from '../../lint/severities.ts';
import { fromCatalogue2001 } from '../../convert/catalogue-2001/index.ts';
import { linkContent } from '../../model/link.ts';
import type { Severity } from '../../model/source.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { readConfiguration } from '../configuration.ts';
import { takeCatalogues } from '../catalogues.ts';
import { contentFor } from '../content.ts';
import { FindingList } from '../findings.ts';
import { FORMATS, isFormat } from '../formats/index.ts';
import type { Verb } from '../verb.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export const check: Verb = {
  summary: 'parses, links and lints content',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Checks all *.detect and *.patches.xml files below the given paths as one workspace. Without a path, those of the
content roots in patchlab.json, or of the current folder. A patch catalogue of 2001 (BulletinDatastore) that is named itself
is checked too, with everything that \`convert\` could not keep. Ends with 1 when there is an error; warnings alone end with 0.`,
  options: {
    severity: {
      value: 'LEVEL',
      oneOf: SEVERITIES,
      help: 'Leaves out what is less grave than error, warning, information or hint.',
    },
    format: {
      value: 'FORMAT',
      oneOf: Object.keys(FORMATS),
      help: 'pretty (default), json (patchlab-check/1), sarif (2.1.0), github (workflow commands), or junit (XML).',
    },
  },
  examples: [
    'patchlab check samples',
    'patchlab check --severity warning mssecure.xml',
    'patchlab check --format json samples > findings.json',
    'patchlab check --format sarif > patchlab.sarif',
  ],
  run: async (args, io) => {
    const { catalogues, rest } = await takeCatalogues(args.positionals);
    const { files: content, linked } =
      catalogues.length > 0 && rest.length === 0 ? { files: [], linked: linkContent([]) } : await contentFor(rest);
    const files = [...content, ...catalogues];
    const converted = catalogues.map(({ file, text }) => ({ file, ...fromCatalogue2001(file, text) }));
    const own = converted.flatMap(({ findings }) => findings);
    const { severities } = await readConfiguration();
    const settings = { today: new Date().toISOString().slice(0, 10), ...(severities && { severities }) };
    const found = [...lint(linked, settings), ...withSeverities(own, settings)];
    const least = SEVERITIES.indexOf(args.one('severity') as Severity);
    const shown = least < 0 ? found : found.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
    const list = new FindingList(files, shown);
    const format = args.one('format') ?? 'pretty';
    const report = {
      list,
      files: files.map(({ file }) => file),
      contents: [
        linked,
        ...converted.map(({ file, text }) => linkContent([{ file: `${file}.patches.xml`, text }])),
      ].map(({ content: each }) => each),
      style: io.colour ? COLOUR : PLAIN,
    };
    io.out(FORMATS[isFormat(format) ? format : 'pretty'](report));
    return list.count('error') > 0 ? 1 : 0;
  },
};

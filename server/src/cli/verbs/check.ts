/** `patchlab check`: parse, link and lint. */
import { lint } from '../../lint/lint.ts';
import { withSeverities } from '../../lint/severities.ts';
import { fromCatalogue2001 } from '../../convert/catalogue-2001/index.ts';
import { linkContent } from '../../model/link.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import { readConfiguration } from '../configuration.ts';
import { takeCatalogues } from '../catalogues.ts';
import { contentFor } from '../content.ts';
import { FindingList } from '../findings.ts';
import { FORMATS, isFormat } from '../formats/index.ts';
import type { Verb } from '../verb.ts';

export const check: Verb = {
  summary: 'parses, links and lints content',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Checks all *.detect and *.patches.xml files below the given paths as one workspace. Without a path, those of the
content roots in patchlab.json, or of the current folder. A patch catalogue of 2001 (BulletinDatastore) that is named itself
is checked too, with everything that \`convert\` could not keep. Ends with 1 when there is an error; warnings alone end with 0.`,
  options: {
    format: {
      value: 'FORMAT',
      oneOf: Object.keys(FORMATS),
      help: 'pretty (default), json (patchlab-check/1), sarif (2.1.0), github (workflow commands), or junit (XML).',
    },
  },
  examples: [
    'patchlab check samples',
    'patchlab check --format json samples > findings.json',
    'patchlab check --format sarif > patchlab.sarif',
  ],
  run: async (args, io) => {
    const { catalogues, rest } = await takeCatalogues(args.positionals);
    const { files: content, linked } =
      catalogues.length > 0 && rest.length === 0 ? { files: [], linked: linkContent([]) } : await contentFor(rest);
    const files = [...content, ...catalogues];
    const own = catalogues.flatMap(({ file, text }) => fromCatalogue2001(file, text).findings);
    const { severities } = await readConfiguration();
    const settings = { today: new Date().toISOString().slice(0, 10), ...(severities && { severities }) };
    const list = new FindingList(files, [...lint(linked, settings), ...withSeverities(own, settings)]);
    const format = args.one('format') ?? 'pretty';
    const report = {
      list,
      files: files.map(({ file }) => file),
      content: linked.content,
      style: io.colour ? COLOUR : PLAIN,
    };
    io.out(FORMATS[isFormat(format) ? format : 'pretty'](report));
    return list.count('error') > 0 ? 1 : 0;
  },
};

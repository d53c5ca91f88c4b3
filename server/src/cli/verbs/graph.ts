/** `patchlab graph`: which patch supersedes which. */
import type { Content } from '../../model/content.ts';
import { contentFor } from '../content.ts';
import { closest } from '../../syntax/suggest.ts';
import { GRAPH_FORMATS, isGraphFormat } from '../graph/formats.ts';
import { graphOf } from '../../evaluate/graph.ts';
import { plural } from '../plural.ts';
import { UsageError, type Verb } from '../verb.ts';

export const graph: Verb = {
  summary: 'shows which patch supersedes which',
  arguments: '[ID]',
  positionals: { many: false, path: false },
  description: `Shows the chains of supersedence: those of a patch, of a bulletin's patches, or of the patches for a product or a
Windows; without an ID all of them. Edges in a circle are marked, and those that do not cover every product of the older
patch. The content is that of --content, else of the content roots in patchlab.json, else of the current folder.`,
  options: {
    content: { value: 'PATH', many: true, greedy: true, path: true, help: 'Content: files and folders.' },
    format: {
      value: 'FORMAT',
      oneOf: Object.keys(GRAPH_FORMATS),
      help: 'text (default), mermaid, dot (Graphviz), or json (patchlab-graph/1).',
    },
  },
  examples: [
    'patchlab graph SZ-2018-05 --content samples',
    'patchlab graph --format mermaid > supersedence.mmd',
    'patchlab graph sevenzip --format dot | dot -Tsvg > sevenzip.svg',
  ],
  run: async (args, io) => {
    const { linked } = await contentFor(args.all('content'));
    const errors = linked.findings.filter(({ severity }) => severity === 'error').length;
    const [id] = args.positionals;
    const shown = graphOf(linked.content, id === undefined ? undefined : patchesOf(linked.content, id));
    const format = args.one('format') ?? 'text';
    io.out(GRAPH_FORMATS[isGraphFormat(format) ? format : 'text'](shown));
    if (errors > 0) io.err(`patchlab: the content has ${plural(errors, 'error')}; what they touch may be left out.\n`);
    return 0;
  },
};

/** The patches that an id stands for, by id in lower case: itself, its bulletin's, or those for a product. */
function patchesOf(content: Content, id: string): ReadonlySet<string> {
  const wanted = id.toLowerCase();
  if (content.patches.has(wanted)) return new Set([wanted]);
  const bulletin = content.bulletins.get(wanted);
  if (bulletin !== undefined) return new Set(bulletin.patches.map((one) => one.toLowerCase()));
  const fixed = [...content.patches].filter(([, { fixes }]) => fixes.some(({ name }) => name.toLowerCase() === wanted));
  if (fixed.length > 0) return new Set(fixed.map(([key]) => key));
  const { patches, bulletins, products } = content;
  if (products.has(wanted)) return new Set();
  const names = [...patches.values(), ...bulletins.values(), ...products.values()].map((one) => one.id);
  const near = closest(id, names);
  throw new UsageError(
    `There is no patch, bulletin or product "${id}".${near === undefined ? '' : ` Did you mean ${near}?`}`,
  );
}

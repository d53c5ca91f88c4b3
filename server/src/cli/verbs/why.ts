/** `patchlab why`: the first check at which two machines come to different answers about one product or patch. */
import type { Pair, Seen } from '../../evaluate/divergence.ts';
import { contentFor as partFor } from '../../lsp/scan-scope.ts';
import type { Location } from '../../model/source.ts';
import { inert } from '../../results/report/inert.ts';
import { COLOUR, PLAIN, type Style } from '../../results/report/style.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import type { Credential, ScanTarget } from '../../scan/options.ts';
import { refusePath } from '../../scan/safe-path.ts';
import { failedStep, whyOf, type WhyAnswer } from '../../scan/why.ts';
import { closest } from '../../syntax/suggest.ts';
import { contentFor } from '../content.ts';
import { CREDENTIAL_OPTIONS, credentialFor } from '../credential.ts';
import { progressLine } from '../progress.ts';
import { UsageError, type ParsedArguments, type Surroundings, type Verb } from '../verb.ts';

export const why: Verb = {
  summary: 'shows why a product or patch is judged differently on two machines',
  arguments: 'ID A B',
  positionals: { many: true, path: false },
  description: `Scans two machines for one product or patch and shows the first check at which they come apart, with what was
observed on both, and then every check that differs. A and B are each a recording (a file that ends in .json) or a live
machine (HOST or HOST:PORT); both live ones are logged on to with the same credential. Only what that declaration depends
on is read. The content is that of --content, else of the content roots in patchlab.json, else of the current folder.`,
  options: {
    content: { value: 'PATH', many: true, greedy: true, path: true, help: 'Content: files and folders.' },
    ...CREDENTIAL_OPTIONS,
    all: { help: 'Shows all checks, also those that agree.' },
  },
  examples: [
    'patchlab why sevenzip ws01.snapshot.json ws02.snapshot.json --content samples',
    'PATCHLAB_PASSWORD=... patchlab why SZ-2024-07 ws01.snapshot.json ws07 --content samples --user LAB\\\\admin',
  ],
  run: async (args, io) => {
    const [id, left, right, ...rest] = args.positionals;
    if (id === undefined || left === undefined || right === undefined || rest.length > 0)
      throw new UsageError('Give a product or patch and two machines: patchlab why ID A B.');
    const { files, linked } = await contentFor(args.all('content'));
    const { products, patches } = linked.content;
    if (!products.has(id.toLowerCase()) && !patches.has(id.toLowerCase())) {
      const near = closest(
        id,
        [...products.values(), ...patches.values()].map((one) => one.id),
      );
      throw new UsageError(
        `There is no product or patch "${id}".${near === undefined ? '' : ` Did you mean ${near}?`}`,
      );
    }
    const targets = await targetsOf([left, right], args, io);
    const line = progressLine(io, id);
    const answer = await whyOf({
      ...{ content: partFor(linked, [id]), id, targets, signal: io.signal },
      scan: () => ({ onProgress: line.show }),
    }).finally(line.clear);
    const lines = new Map(files.map(({ file, text }) => [file, text]));
    const at = ({ file, start }: Location): string =>
      `${file}:${(lines.get(file)?.slice(0, start).split('\n').length ?? 1).toString()}`;
    io.out(textOf(answer, { id, at, all: args.has('all'), style: io.colour ? COLOUR : PLAIN }));
    return answer.results.some((result) => failedStep(result)) ? 3 : 0;
  },
};

async function targetsOf(
  named: readonly [string, string],
  args: ParsedArguments,
  io: Surroundings,
): Promise<readonly [ScanTarget, ScanTarget]> {
  let credential: Promise<Credential> | undefined;
  const targetOf = async (text: string): Promise<ScanTarget> => {
    if (text.toLowerCase().endsWith('.json')) {
      const refused = refusePath(text);
      if (refused !== undefined) throw new UsageError(refused);
      return { kind: 'snapshot', path: text };
    }
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
    credential ??= credentialFor(args, io);
    return { kind: 'machine', machine: text, credential: await credential };
  };
  return [await targetOf(named[0]), await targetOf(named[1])];
}

interface Shown {
  readonly id: string;
  readonly at: (location: Location) => string;
  readonly all: boolean;
  readonly style: Style;
}

function textOf({ results, pair, first }: WhyAnswer, shown: Shown): string {
  const { style } = shown;
  const names = namesOf(results);
  const failed = results.flatMap((result, index) => {
    const error = failedStep(result)?.error;
    if (!error) return [];
    const raw = error.raw === '' ? '' : ` (${inert(error.raw)})`;
    return [
      style.red(`${names[index] ?? ''} could not be scanned: error ${error.code}: ${inert(error.meaning)}${raw}`),
      `  Remedy: ${inert(error.remedy)}`,
      ...(error.validate === '' ? [] : [`  See it by hand: ${inert(error.validate)}`]),
    ];
  });
  if (failed.length > 0 || !pair) return `${failed.join('\n')}\n`;
  const [left, right] = names;
  const [a, b] = [pair.left?.outcome ?? '', pair.right?.outcome ?? ''];
  const answer = a === b ? `${a} on both, ${left} and ${right}` : `${a} on ${left}, ${b} on ${right}`;
  const lines = [`${style.bold(inert(shown.id))}: ${answer}`, ''];
  const found = first?.at(-1);
  if (!first || !found) lines.push('Nothing diverges: every check came to the same on both.');
  else {
    const way = first.slice(0, -1).map(({ check }) => inert(check));
    lines.push(style.bold('Here they first come apart:'), ...(way.length > 0 ? [`  in ${way.join(' > ')}`] : []));
    lines.push(...checkLines(found, { ...shown, names, indent: '  ' }));
  }
  const rest = restLines(pair, { ...shown, names, indent: '' });
  if (rest.length > 0) lines.push('', style.bold(shown.all ? 'All checks:' : 'All that differs:'), ...rest);
  return `${lines.join('\n')}\n`;
}

/** Two recordings of one machine are told apart by their order. */
function namesOf([left, right]: WhyAnswer['results']): readonly [string, string] {
  const [a, b] = [inert(left.machine.name), inert(right.machine.name)];
  return a === b ? [`${a} (1)`, `${b} (2)`] : [a, b];
}

interface Lined extends Shown {
  readonly names: readonly [string, string];
  readonly indent: string;
}

function checkLines({ check, at, expected, left, right }: Pair, lined: Lined): readonly string[] {
  const { indent, names, style } = lined;
  const place = at === undefined ? '' : style.dim(`  ${inert(lined.at(at))}`);
  const wanted = expected === undefined ? '' : `, expected ${inert(expected)}`;
  return [
    `${indent}${inert(check)}${wanted}${place}`,
    `${indent}  ${names[0]}: ${seenText(left)}`,
    `${indent}  ${names[1]}: ${seenText(right)}`,
  ];
}

function seenText(seen: Seen | null): string {
  if (!seen) return 'not reached';
  const { outcome, element, observed, source, reason } = seen;
  const told = [element, observed].filter((text) => text !== undefined).join(': ');
  const where = source === undefined ? '' : ` (${source})`;
  return inert(
    [outcome, ...(told === '' ? [] : [`${told}${where}`]), ...(reason === undefined ? [] : [reason])].join('; '),
  );
}

function restLines(pair: Pair, lined: Lined): readonly string[] {
  const below = pair.children.flatMap((child) => restLines(child, { ...lined, indent: `${lined.indent}  ` }));
  if (!lined.all && pair.differs === 'no')
    return below.length > 0 ? [`${lined.indent}${inert(pair.check)}`, ...below] : [];
  return [...checkLines(pair, lined), ...below];
}

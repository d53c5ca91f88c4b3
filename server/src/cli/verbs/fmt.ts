/** `patchlab fmt`: writes content as its printer prints it. */
import { readFile } from 'node:fs/promises';
import { formatXml } from '../../patchxml/format/format.ts';
import { isPatchXml } from '../../patchxml/read.ts';
import { inert } from '../../results/report/inert.ts';
import { codeOf, contentPaths, Unreadable } from '../../scan/content-paths.ts';
import { parse } from '../../syntax/parse.ts';
import { format } from '../../syntax/printer.ts';
import { readConfiguration } from '../configuration.ts';
import { plural } from '../plural.ts';
import { replaceFile } from '../replace-file.ts';
import { gravest, UsageError, type ExitCode, type Surroundings, type Verb } from '../verb.ts';

const isContent = (name: string): boolean => name.endsWith('.detect') || isPatchXml(name);

export const fmt: Verb = {
  summary: 'formats detection scripts and patch definitions',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Formats all *.detect and *.patches.xml files below the given paths, and lists those that it changed. Without a path,
those of the content roots in patchlab.json, or of the current folder. Line ends and comments stay; a file with a syntax
error is left as it is. Ends with 1 when there was one, and with --check when a file would change.`,
  options: {
    check: { help: 'Writes nothing; lists what would change, and ends with 1 when that is anything.' },
  },
  examples: ['patchlab fmt', 'patchlab fmt samples/7-zip.detect', 'patchlab fmt --check .'],
  run: async (args, io) => {
    const files = await filesOf(args.positionals);
    const check = args.has('check');
    const done: Done[] = [];
    for (const file of files) {
      if (io.signal.aborted) throw io.signal.reason;
      const one = await formatFile(file, check);
      tell(file, one, io);
      done.push(one);
    }
    io.out(summary(done, check));
    return gravest(done.map((one) => exitCode(one, check)));
  },
};

async function filesOf(named: readonly string[]): Promise<readonly string[]> {
  const roots = named.length > 0 ? named : ((await readConfiguration()).content ?? ['.']);
  try {
    const files = await contentPaths(roots, isContent, '*.detect and no *.patches.xml');
    const other = files.find((file) => !isContent(file));
    if (other !== undefined && named.length > 0)
      throw new UsageError(`"${other}" is no *.detect and no *.patches.xml file.`);
    return files.filter(isContent);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UsageError(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`);
  }
}

/** What became of a file. `left` says why it was not touched, `failed` why it could not be read or written. */
type Done = { readonly kind: 'same' | 'changed' } | { readonly kind: 'left' | 'failed'; readonly why: string };

async function formatFile(file: string, check: boolean): Promise<Done> {
  try {
    const bytes = await readFile(file);
    const text = decode(bytes);
    if (text === undefined) return { kind: 'left', why: 'it is no UTF-8' };
    const { formatted, errors } = printed(file, text);
    if (errors > 0) return { kind: 'left', why: `it has ${plural(errors, 'syntax error')}` };
    if (formatted === text) return { kind: 'same' };
    if (check || (await replaceFile(file, bytes, Buffer.from(formatted)))) return { kind: 'changed' };
    return { kind: 'left', why: 'something else changed it meanwhile' };
  } catch (error) {
    return { kind: 'failed', why: codeOf(error) };
  }
}

function printed(file: string, text: string): { readonly formatted: string; readonly errors: number } {
  if (isPatchXml(file)) {
    const written = formatXml(text);
    return typeof written === 'string'
      ? { formatted: written, errors: 0 }
      : { formatted: text, errors: written.length };
  }
  const { errors } = parse(text);
  return { formatted: errors.length > 0 ? text : format(text), errors: errors.length };
}

/** The text with its byte order mark, or undefined where the bytes are none: writing it back would change them. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tell(file: string, done: Done, io: Surroundings): void {
  if (done.kind === 'changed') io.out(`${inert(file)}\n`);
  if (done.kind === 'left') io.err(`${inert(file)}: left as it is: ${done.why}\n`);
  if (done.kind === 'failed') io.err(`${inert(file)}: ${inert(done.why)}\n`);
}

function summary(done: readonly Done[], check: boolean): string {
  const changed = done.filter(({ kind }) => kind === 'changed').length;
  return `${plural(done.length, 'file')}, ${changed} ${check ? 'would change' : 'changed'}\n`;
}

function exitCode({ kind }: Done, check: boolean): ExitCode {
  if (kind === 'failed') return 2;
  return kind === 'left' || (kind === 'changed' && check) ? 1 : 0;
}

/** `patchlab fmt`: writes scripts as the printer prints them. */
import { readFile } from 'node:fs/promises';
import { inert } from '../../results/report/inert.ts';
import { codeOf, contentPaths, Unreadable } from '../../scan/content-paths.ts';
import { parse } from '../../syntax/parse.ts';
import { format } from '../../syntax/printer.ts';
import { readConfiguration } from '../configuration.ts';
import { plural } from '../plural.ts';
import { replaceFile } from '../replace-file.ts';
import { gravest, UsageError, type ExitCode, type Surroundings, type Verb } from '../verb.ts';

const isScript = (name: string): boolean => name.endsWith('.detect');

export const fmt: Verb = {
  summary: 'formats detection scripts',
  arguments: '[PATH...]',
  positionals: { many: true, path: true },
  description: `Formats all *.detect files below the given paths, and lists those that it changed. Without a path, those of the content
roots in patchlab.json, or of the current folder. Line ends and comments stay; a file with a syntax error is left as it
is. Ends with 1 when there was one, and with --check when a file would change.`,
  options: {
    check: { help: 'Writes nothing; lists what would change, and ends with 1 when that is anything.' },
  },
  examples: ['patchlab fmt', 'patchlab fmt samples/7-zip.detect', 'patchlab fmt --check .'],
  run: async (args, io) => {
    const files = await scriptsOf(args.positionals);
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

async function scriptsOf(named: readonly string[]): Promise<readonly string[]> {
  const roots = named.length > 0 ? named : ((await readConfiguration()).content ?? ['.']);
  try {
    const files = await contentPaths(roots, isScript, '*.detect');
    const other = files.find((file) => !isScript(file));
    if (other !== undefined && named.length > 0) throw new UsageError(`"${other}" is no *.detect file.`);
    return files.filter(isScript);
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
    const errors = parse(text).errors.length;
    if (errors > 0) return { kind: 'left', why: `it has ${plural(errors, 'syntax error')}` };
    const formatted = format(text);
    if (formatted === text) return { kind: 'same' };
    if (check || (await replaceFile(file, bytes, Buffer.from(formatted)))) return { kind: 'changed' };
    return { kind: 'left', why: 'something else changed it meanwhile' };
  } catch (error) {
    return { kind: 'failed', why: codeOf(error) };
  }
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

/** `--update`: expectations that are not met are written as what is so. */
import { readFile } from 'node:fs/promises';
import { isWritable, textLiteral } from '../../convert/from-machine/literals.ts';
import type { Instead } from '../../evaluate/expected-instead.ts';
import type { Expect } from '../../model/content-test.ts';
import { codeOf } from '../../scan/content-paths.ts';
import type { ContentFile } from '../../scan/content-files.ts';
import type { TestRun } from '../../scan/content-tests/run.ts';
import { replaceFile } from '../replace-file.ts';

/** A part of a file, and what comes in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Updated {
  readonly file: string;
  /** How many expectations were written anew. */
  readonly count: number;
  /** Why the file was left as it is. */
  readonly why?: string;
}

/** Writes them; of several machines all must say the same, or nobody knows what the test is to expect. */
export async function updateExpectations(
  runs: readonly TestRun[],
  files: readonly ContentFile[],
): Promise<readonly Updated[]> {
  const done: Updated[] = [];
  for (const [file, edits] of editsOf(runs)) {
    const text = files.find((one) => one.file === file)?.text ?? '';
    const why = await write(file, text, edits);
    done.push({ file, count: edits.length, ...(why !== undefined && { why }) });
  }
  return done;
}

function editsOf(runs: readonly TestRun[]): ReadonlyMap<string, readonly Edit[]> {
  const byFile = new Map<string, Edit[]>();
  for (const test of new Set(runs.map((run) => run.test))) {
    const own = runs.filter((run) => run.test === test);
    if (own.some(({ status }) => status === 'error')) continue;
    for (const expect of test.expects) {
      const says = own.map(({ problems }) => problems.find(({ at }) => at === expect.at)?.instead?.says);
      const texts = new Set(says.map((one) => one && statement(expect, one)));
      const [text, ...others] = texts;
      if (text === undefined || others.length > 0) continue;
      const { file, start, end } = expect.at;
      byFile.set(file, [...(byFile.get(file) ?? []), { start, end, text }]);
    }
  }
  return byFile;
}

function statement({ name, product }: Expect, { says, property }: Instead): string | undefined {
  if (property !== undefined && !isWritable(property.value)) return undefined;
  const of = product === undefined ? '' : ` for ${product}`;
  const behind = property === undefined ? '' : ` ${property.name} = ${literal(property.value)}`;
  return `expect ${name}${of} ${says}${behind}`;
}

const literal = (value: string): string => (/^\d+(\.\d+)+$/.test(value) ? value : textLiteral(value));

const MARK = '\uFEFF';

async function write(file: string, text: string, edits: readonly Edit[]): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    const whole = bytes.toString('utf8');
    const mark = whole.startsWith(MARK) ? MARK : '';
    if (!Buffer.from(whole).equals(bytes)) return 'it is no UTF-8';
    if (whole.slice(mark.length) !== text) return CHANGED;
    let updated = text;
    for (const { start, end, text: put } of edits.toSorted((one, other) => other.start - one.start))
      updated = updated.slice(0, start) + put + updated.slice(end);
    return (await replaceFile(file, bytes, Buffer.from(mark + updated))) ? undefined : CHANGED;
  } catch (error) {
    return codeOf(error);
  }
}

const CHANGED = 'something else changed it meanwhile';

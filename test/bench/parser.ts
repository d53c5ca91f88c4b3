/** How fast text becomes a tree. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../server/src/syntax/parse.ts';
import { lexer } from '../../server/src/syntax/tokens.ts';
import { median, timed } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'samples');
const SIZE = 2_000_000;
const BUDGET = 18;

function sampleText(): string {
  const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.detect'));
  const once = files.map((name) => readFileSync(path.join(SAMPLES, name), 'utf8')).join('\n');
  return once.repeat(Math.ceil(SIZE / once.length));
}

/** Parses the samples, again and again until they are 2 MB, lexer and tree included. */
export async function benchParser(): Promise<readonly BenchRow[]> {
  const text = sampleText();
  const megabytes = Buffer.byteLength(text) / 1e6;
  const { errors } = parse(text);
  if (errors.length > 0)
    throw new Error(`the samples have ${errors.length} syntax errors: ${JSON.stringify(errors[0])}`);
  const whole = megabytes / (median(await timed(() => parse(text), { rounds: 7, warmUp: 3 })) / 1000);
  const lexing = megabytes / (median(await timed(() => lexer.tokenize(text), { rounds: 7, warmUp: 3 })) / 1000);
  return [
    {
      what: 'parser: samples to tree, lexer included',
      result: `${whole.toFixed(1)} MB/s`,
      budget: `${BUDGET} MB/s`,
      kept: whole >= BUDGET,
    },
    { what: 'of it the lexer alone', result: `${lexing.toFixed(1)} MB/s` },
  ];
}

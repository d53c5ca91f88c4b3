/** How fast text becomes a tree, and how much of that is the tree. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lowerFile } from '../../server/src/model/lower/file.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { lexer } from '../../server/src/syntax/tokens.ts';
import { BareGrammar } from '../support/bare-grammar.ts';
import { median, timedInTurns } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'samples');
const BATCH = 2_000_000;
const LONG_FILE = 100_000;
const BUDGET = 18;
const LEAST_RATIO = 0.5;

/** Read until the compiler of the runtime has settled: before that one measures it, and not the parser. */
const WARM_UP = 12;
const ROUNDS = 11;

function samples(): readonly string[] {
  const files = readdirSync(SAMPLES).filter((name) => name.endsWith('.detect'));
  return files.map((name) => readFileSync(path.join(SAMPLES, name), 'utf8'));
}

function mustParse(text: string): void {
  const { errors } = parse(text);
  if (errors.length > 0) throw new Error(`the samples have a syntax error: ${JSON.stringify(errors[0])}`);
}

/** The samples as they are, one after another until 2 MB are read, and as one file of 100 KB; the three ways take turns. */
export async function benchParser(): Promise<readonly BenchRow[]> {
  const files = samples();
  const whole = files.join('\n');
  const long = whole.repeat(Math.ceil(LONG_FILE / whole.length));
  const bare = new BareGrammar();
  const perFile = (read: (text: string) => unknown, texts: readonly string[]) => {
    const bytes = Buffer.byteLength(texts.join(''));
    const times = Math.ceil(BATCH / bytes);
    return {
      megabytes: (bytes * times) / 1e6,
      run: () => {
        for (let time = 0; time < times; time++) for (const text of texts) read(text);
      },
    };
  };
  const readNothing = (text: string) => {
    if (!bare.reads(lexer.tokenize(text).tokens)) throw new Error('the bare grammar does not read the samples');
  };
  const coldBegan = performance.now();
  mustParse(long);
  const cold = performance.now() - coldBegan;
  const ways = {
    files: perFile(mustParse, files),
    bareFiles: perFile(readNothing, files),
    long: perFile(mustParse, [long]),
    lexing: perFile((text) => lexer.tokenize(text), files),
    lowering: perFile((text) => lowerFile('a.detect', text), files),
  };
  const times = await timedInTurns(
    {
      files: ways.files.run,
      bareFiles: ways.bareFiles.run,
      long: ways.long.run,
      lexing: ways.lexing.run,
      lowering: ways.lowering.run,
    },
    { rounds: ROUNDS, warmUp: WARM_UP },
  );
  const speed = (way: keyof typeof ways) => (ways[way].megabytes * 1000) / median(times[way]);
  const ratio = speed('files') / speed('bareFiles');
  return [
    budgeted('parser: samples to trees, lexer included', speed('files')),
    budgeted('parser: one file of 100 KB', speed('long')),
    { what: 'the same grammar building nothing', result: `${speed('bareFiles').toFixed(1)} MB/s` },
    {
      what: 'speed of the parser against it',
      result: ratio.toFixed(2),
      budget: `at least ${LEAST_RATIO}`,
      kept: ratio >= LEAST_RATIO,
    },
    { what: 'the lexer alone', result: `${speed('lexing').toFixed(1)} MB/s` },
    { what: 'samples lexed, parsed and lowered', result: `${speed('lowering').toFixed(1)} MB/s` },
    { what: 'the very first 100 KB of a process', result: `${cold.toFixed(0)} ms, analysis of the grammar included` },
  ];
}

function budgeted(what: string, speed: number): BenchRow {
  return { what, result: `${speed.toFixed(1)} MB/s`, budget: `${BUDGET} MB/s`, kept: speed >= BUDGET };
}

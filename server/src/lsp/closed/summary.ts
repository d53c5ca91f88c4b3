/**
 * What is kept of a file that is not open: a few lines of JSON, without a character beyond ASCII. The first is read when the file
 * is taken in, the others when something asks for them.
 */
import { hash } from 'node:crypto';
import type { ClosedFile } from '../../model/indexed/entry.ts';
import { factsOf, type FileFacts } from '../../model/facts/facts.ts';
import { settledHead, type DeclaredHead, type FileHead, type Need } from '../../model/facts/head.ts';
import { asciiJson, packFacts, unpackFacts } from '../../model/facts/pack.ts';
import type { LoweredFile } from '../../model/lower/file.ts';
import { mayAllow } from '../../lint/allow.ts';
import { valuesIn, type Values } from '../completion/values.ts';
import { bytesOf } from './bytes.ts';
import { Lines, packLines, type PackedLines } from './lines.ts';
import { Recent } from './recent.ts';

/** Increases whenever something else is written, or means something else. */
export const SUMMARY_VERSION = 2;
/** How many lines a summary has. */
export const SUMMARY_LINES = 5;

const KINDS = ['product', 'patch', 'bulletin', 'check'] as const;
const NEEDED = [
  ...(['product', 'patch', 'bulletin', 'check', 'definition', 'local'] as const),
  ...(['expected-product', 'expected-patch'] as const),
] as const;

type PackedDeclared = readonly [
  kind: number,
  id: string,
  title: string | 0,
  ordinal: number,
  context: number,
  damaged: 0 | 1,
  shows: string,
  released: string | 0,
  calls: readonly string[] | 0,
];

type First = readonly [
  hash: string,
  flags: number,
  lastDay: string,
  declared: readonly PackedDeclared[],
  names: readonly string[],
  needs: readonly (readonly [number, string])[] | 0,
];

const MAY_ALLOW = 1;
const SUPERSEDES = 2;

/** A short name for a text; texts that differ differ in it. */
export const fingerprint = (text: string): string => hash('sha256', text, 'base64url').slice(0, 24);

/** The lines of a summary, from a file as it was lowered. */
export function summaryOf(lowered: LoweredFile): string {
  const facts = factsOf(lowered);
  const { text, patches } = lowered;
  const head = settledHead(facts);
  const { links, places } = packFacts(facts);
  const days = patches.flatMap(({ patch: { released, revised } }) => [released ?? '', revised ?? '']);
  const first: First = [
    fingerprint(text),
    (mayAllow(text) ? MAY_ALLOW : 0) + (head.supersedes ? SUPERSEDES : 0),
    days.reduce((last, day) => (day > last ? day : last), ''),
    head.declared.map(packDeclared),
    head.names,
    head.needs?.map(([kind, id]) => [NEEDED.indexOf(kind), id] as const) ?? 0,
  ];
  return [asciiJson(first), links, places, asciiJson(packLines(text)), asciiJson(valuesIn(lowered.file, text))].join(
    '\n',
  );
}

const packDeclared = (one: DeclaredHead): PackedDeclared => [
  KINDS.indexOf(one.kind),
  one.id,
  one.title ?? 0,
  one.ordinal,
  one.context,
  one.damaged ? 1 : 0,
  one.shows,
  one.released ?? 0,
  one.calls ?? 0,
];

const unpackDeclared = ([
  kind,
  id,
  title,
  ordinal,
  context,
  damaged,
  shows,
  released,
  calls,
]: PackedDeclared): DeclaredHead => ({
  kind: KINDS[kind] ?? 'check',
  id,
  ordinal,
  context,
  damaged: damaged === 1,
  shows,
  ...(title !== 0 && { title }),
  ...(released !== 0 && { released }),
  ...(calls !== 0 && { calls }),
});

/**
 * What was read of summaries last. Weak references would keep what all of them were read to until all of memory is gone through,
 * which is after most of a large workspace.
 */
const recentFacts = new Recent<Summary, FileFacts>(64);
const recentLines = new Recent<Summary, Lines>(1000);

/** A summary within the bytes of many. */
export class Summary implements ClosedFile {
  readonly file: string;
  readonly head: FileHead;
  /** Of the text that it was made of. */
  readonly fingerprint: string;
  /** Whether a comment in it may silence a rule. */
  readonly mayAllow: boolean;
  /** The latest day in it on which something was released or revised; nothing where none was. */
  readonly lastDay: string;
  readonly #bytes: Buffer;

  constructor(file: string, bytes: Buffer) {
    this.file = file;
    this.#bytes = bytes;
    const [print, flags, lastDay, declared, names, needs] = JSON.parse(this.#line(0)) as First;
    this.fingerprint = print;
    this.mayAllow = (flags & MAY_ALLOW) !== 0;
    this.lastDay = lastDay;
    this.head = {
      declared: declared.map(unpackDeclared),
      names,
      needs: needs === 0 ? undefined : needs.map(([kind, id]): Need => [NEEDED[kind] ?? 'local', id]),
      supersedes: (flags & SUPERSEDES) !== 0,
    };
  }

  static of(lowered: LoweredFile): Summary {
    return new Summary(lowered.file, bytesOf(summaryOf(lowered)));
  }

  /** All of it, to be kept elsewhere. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  #line(number: number): string {
    let start = 0;
    for (let skipped = 0; skipped < number; skipped++) start = this.#bytes.indexOf(NEWLINE, start) + 1;
    const end = this.#bytes.indexOf(NEWLINE, start);
    return this.#bytes.toString('latin1', start, end < 0 ? this.#bytes.length : end);
  }

  isText(text: string): boolean {
    return fingerprint(text) === this.fingerprint;
  }

  facts(): FileFacts {
    return recentFacts.get(this, () => unpackFacts(this.file, { links: this.#line(1), places: () => this.#line(2) }));
  }

  lines(): Lines {
    return recentLines.get(this, () => new Lines(JSON.parse(this.#line(3)) as PackedLines));
  }

  values(): Values {
    return JSON.parse(this.#line(4)) as Values;
  }
}

const NEWLINE = 10;

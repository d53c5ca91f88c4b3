/** Values and their comparison, word for word after the language's description and by nothing else. */

export type Datum =
  /** `meant`: a version property that the target tells as a text, which need not be one. */
  | { readonly kind: 'text' | 'version'; readonly text: string; readonly meant?: 'version' }
  | { readonly kind: 'number'; readonly number: bigint }
  | { readonly kind: 'date'; readonly time: number; readonly said?: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

export type Value =
  { readonly is: 'value'; readonly datum: Datum } | { readonly is: 'absent' } | { readonly is: 'unreadable' };

export type Truth = 'true' | 'false' | 'unknown';

export const ABSENT: Value = { is: 'absent' };
export const UNREADABLE: Value = { is: 'unreadable' };
export const value = (datum: Datum): Value => ({ is: 'value', datum });
export const text = (of: string): Value => value({ kind: 'text', text: of });
export const truth = (yes: boolean): Truth => (yes ? 'true' : 'false');

// ---------- the tables of section 4.6, one cell a line

const AND: Readonly<Record<string, Truth>> = {
  'true true': 'true',
  'true false': 'false',
  'true unknown': 'unknown',
  'false true': 'false',
  'false false': 'false',
  'false unknown': 'false',
  'unknown true': 'unknown',
  'unknown false': 'false',
  'unknown unknown': 'unknown',
};
const OR: Readonly<Record<string, Truth>> = {
  'true true': 'true',
  'true false': 'true',
  'true unknown': 'true',
  'false true': 'true',
  'false false': 'false',
  'false unknown': 'unknown',
  'unknown true': 'true',
  'unknown false': 'unknown',
  'unknown unknown': 'unknown',
};
const NOT: Readonly<Record<Truth, Truth>> = { true: 'false', false: 'true', unknown: 'unknown' };

export const not = (a: Truth): Truth => NOT[a];
export const and = (...all: readonly Truth[]): Truth => all.reduce((a, b) => AND[`${a} ${b}`] ?? 'unknown', 'true');
export const or = (...all: readonly Truth[]): Truth => all.reduce((a, b) => OR[`${a} ${b}`] ?? 'unknown', 'false');

// ---------- versions

export interface Part {
  readonly number: bigint;
  readonly letters: string;
}

/** The parts of a version, or nothing where the text is none. */
export function partsOf(said: string): readonly Part[] | undefined {
  const first = said.trim().split(/\s/)[0] ?? '';
  const parts: Part[] = [];
  for (const piece of first.split(/[.,_-]/)) {
    if (!/^\d/.test(piece) || /[^\da-z]/i.test(piece)) return undefined;
    // A digit behind a letter begins a part.
    for (const part of piece.replace(/(?<=[a-z])(?=\d)/gi, '.').split('.')) {
      const digits = /^\d+/.exec(part)?.[0] ?? '';
      parts.push({ number: BigInt(digits), letters: part.slice(digits.length).toLowerCase() });
    }
  }
  return parts;
}

export function order(a: readonly Part[], b: readonly Part[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i] ?? { number: 0n, letters: '' };
    const right = b[i] ?? { number: 0n, letters: '' };
    if (left.number !== right.number) return left.number < right.number ? -1 : 1;
    if (left.letters !== right.letters) return left.letters < right.letters ? -1 : 1;
  }
  return 0;
}

// ---------- one form for two sides

export const spell = (datum: Datum): string =>
  datum.kind === 'number'
    ? datum.number.toString()
    : datum.kind === 'date'
      ? (datum.said ?? new Date(datum.time).toISOString())
      : datum.kind === 'list'
        ? datum.items.join('\n')
        : datum.text;

export function toNumber(datum: Datum): bigint | undefined {
  if (datum.kind === 'number') return datum.number;
  const said = spell(datum).trim();
  return /^\d+$/.test(said) ? BigInt(said) : undefined;
}

export function toDate(datum: Datum): number | undefined {
  if (datum.kind === 'date') return datum.time;
  const said = spell(datum).trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(said) ? Date.parse(`${said}T00:00:00Z`) : undefined;
}

/** A date or a list is no version, however it is spelled. */
export const versionOf = (datum: Datum): readonly Part[] | undefined =>
  datum.kind === 'date' || datum.kind === 'list' ? undefined : partsOf(spell(datum));

/** How two present values stand to each other (below 0, 0, above 0); nothing where one does not convert. */
export function compare(a: Datum, b: Datum, forOrder = false): number | undefined {
  const kinds = [a.kind, b.kind];
  const meant = [a, b].some((one) => 'meant' in one);
  const numbered = versionOf(a) !== undefined && versionOf(b) !== undefined;
  // Two texts of which one is no version are still equal or not; only an order needs two versions.
  if (kinds.includes('version') || (meant && (forOrder || numbered || kinds.includes('number')))) {
    const left = versionOf(a);
    const right = versionOf(b);
    return left && right && order(left, right);
  }
  const by = <T extends bigint | number | string>(left: T | undefined, right: T | undefined): number | undefined =>
    left === undefined || right === undefined ? undefined : left < right ? -1 : left > right ? 1 : 0;
  if (kinds.includes('date')) return by(toDate(a), toDate(b));
  if (kinds.includes('number')) return by(toNumber(a), toNumber(b));
  return by(spell(a).toLowerCase(), spell(b).toLowerCase());
}

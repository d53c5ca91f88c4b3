/** Where the names of a file stand, as one list of words and one of numbers for each declaration. */
import type { CollectionKind } from '../content.ts';
import type { SymbolDefinition, SymbolReference } from '../symbols.ts';
import { asciiJson } from './pack.ts';
import type { ContextFacts } from './facts.ts';

/** By the place of a declaration among its file's. */
export type Places = ReadonlyMap<number, Pick<ContextFacts, 'definitions' | 'references'>>;

const DEFINED: readonly SymbolDefinition['kind'][] = [
  ...(['product', 'patch', 'bulletin', 'check'] as const),
  ...(['let', 'each', 'capture', 'parameter'] as const),
];
const REFERRED: readonly SymbolReference['kind'][] = [
  ...(['product', 'patch', 'bulletin', 'check', 'definition', 'local'] as const),
  ...(['expected-product', 'expected-patch'] as const),
];

const HAS_OWNER = 1;
const IS_QUANTIFIER = 2;
/** How many numbers one takes. */
const DEFINITION = 9;
const REFERENCE = 5;

type Written = readonly [words: readonly string[], ...contexts: (readonly [readonly number[], readonly number[]])[]];

export function packPlaces(contexts: readonly ContextFacts[]): string {
  const words = new Map<string, number>();
  const word = (text: string): number => {
    const before = words.get(text);
    if (before !== undefined) return before;
    words.set(text, words.size);
    return words.size - 1;
  };
  const optional = (text: string | undefined): number => (text === undefined ? 0 : word(text) + 1);
  const written = contexts.map(({ definitions, references }) => {
    const defined = definitions.flatMap((one) => {
      const flags = (one.owner === undefined ? 0 : HAS_OWNER) + (one.quantifier === true ? IS_QUANTIFIER : 0);
      const { at, whole } = one;
      return [
        ...[DEFINED.indexOf(one.kind), word(one.name), at.start, at.end - at.start],
        ...[whole.start, whole.end - whole.start, flags, optional(one.title), optional(one.collection)],
      ];
    });
    const referred = references.flatMap(({ kind, name, at, owner }) => [
      ...[REFERRED.indexOf(kind), word(name), at.start, at.end - at.start, owner === undefined ? 0 : HAS_OWNER],
    ]);
    return [defined, referred] as const;
  });
  return asciiJson([[...words.keys()], ...written]);
}

/** Reads them back; each declaration's own names carry its id. */
export function unpackPlaces(
  file: string,
  packed: string,
  contexts: readonly (readonly [owner: string, ...rest: unknown[]])[],
): Places {
  const [words, ...all] = JSON.parse(packed) as Written;
  const places = new Map<number, Pick<ContextFacts, 'definitions' | 'references'>>();
  for (const [index, [defined, referred]] of all.entries()) {
    const owner = contexts[index]?.[0] ?? '';
    const definitions: SymbolDefinition[] = [];
    for (let from = 0; from < defined.length; from += DEFINITION)
      definitions.push(definition(defined, from, { file, words, owner }));
    const references: SymbolReference[] = [];
    for (let from = 0; from < referred.length; from += REFERENCE)
      references.push(reference(referred, from, { file, words, owner }));
    places.set(index, { definitions, references });
  }
  return places;
}

interface Around {
  readonly file: string;
  readonly words: readonly string[];
  readonly owner: string;
}

function definition(numbers: readonly number[], from: number, { file, words, owner }: Around): SymbolDefinition {
  const number = (offset: number): number => numbers[from + offset] ?? 0;
  const flags = number(6);
  const title = words[number(7) - 1];
  const collection = words[number(8) - 1] as CollectionKind | undefined;
  return {
    kind: DEFINED[number(0)] ?? 'let',
    name: words[number(1)] ?? '',
    at: { file, start: number(2), end: number(2) + number(3) },
    whole: { file, start: number(4), end: number(4) + number(5) },
    ...(flags & HAS_OWNER && { owner }),
    ...(flags & IS_QUANTIFIER && { quantifier: true as const }),
    ...(title !== undefined && { title }),
    ...(collection !== undefined && { collection }),
  };
}

function reference(numbers: readonly number[], from: number, { file, words, owner }: Around): SymbolReference {
  const start = numbers[from + 2] ?? 0;
  return {
    kind: REFERRED[numbers[from] ?? 0] ?? 'local',
    name: words[numbers[from + 1] ?? 0] ?? '',
    at: { file, start, end: start + (numbers[from + 3] ?? 0) },
    ...(numbers[from + 4] === HAS_OWNER && { owner }),
  };
}

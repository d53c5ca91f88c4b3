/** What every part of lowering is given: where to report, and what the names at hand are. */
import type { CollectionKind, NameRef } from '../content.ts';
import { MODEL_DIAGNOSTICS, type ModelCode } from '../codes.ts';
import type { Finding, Location, Span } from '../source.ts';
import type { Offsets } from '../../patchxml/offsets.ts';
import type { SymbolDefinition, SymbolReference } from '../symbols.ts';

/** A name in scope. */
export interface BoundName {
  readonly kind: 'let' | 'each' | 'capture' | 'parameter';
  readonly name: string;
  readonly at: Location;
  /** Of an `each` or quantifier: what its elements are. */
  readonly collection?: CollectionKind;
  /** Of an `each`: a quantifier's, which ends with it. */
  readonly quantifier?: true;
}

/** A name that only linking can check: one that a patch takes from its products' instances. */
export interface FreeName {
  /** Of a test: the product as base, and as member the property that is expected of it. */
  readonly ref: NameRef;
  /** `k value "Path"`. */
  readonly withValue: boolean;
}

/** The names at hand. In an open scope a name that is not there may still come from a product's instance. */
export interface Scope {
  readonly names: Map<string, BoundName>;
  readonly open: boolean;
}

/** One declaration being lowered. */
export interface Lowering {
  readonly file: string;
  /** The text that the tree was made of, and where it begins in the file. */
  readonly text: string;
  readonly start: number;
  /** From offsets of the tree to those of the text, where the two differ. */
  readonly offsets: Offsets | undefined;
  /** Its id in lower case, or of the test its place. */
  readonly owner: string;
  readonly findings: Finding[];
  readonly definitions: SymbolDefinition[];
  readonly references: SymbolReference[];
  readonly free: FreeName[];
  /** Checks used with how many values, for linking. */
  readonly checkUses: { readonly check: string; readonly count: number; readonly at: Location }[];
  /** Something in it that decides its verdict has an error: it must not judge. */
  damaged: boolean;
  /** How often its text was read again for a word that was mistyped. */
  readAgain: number;
}

/** A fresh lowering for a declaration. */
export function lowering(
  { file, text, start, offsets }: { file: string; text: string; start: number; offsets?: Offsets | undefined },
  owner: string,
): Lowering {
  return {
    file,
    text,
    start,
    offsets,
    owner: owner.toLowerCase(),
    findings: [],
    definitions: [],
    references: [],
    free: [],
    checkUses: [],
    damaged: false,
    readAgain: 0,
  };
}

/** A location in the file at hand; one that is a location already stays what it is. */
export function located(context: Lowering, span: Span | Location): Location {
  if ('file' in span) return span;
  const { file, start, offsets } = context;
  if (offsets === undefined) return { file, start: start + span.start, end: start + span.end };
  return { file, start: offsets.toStart(span.start), end: offsets.toEnd(span.end) };
}

/** Reports an error that leaves the declaration's verdict what it is. */
export function report(
  context: Lowering,
  code: ModelCode,
  at: Span,
  what: {
    readonly message: string;
    readonly fix?: { readonly title: string; readonly text: string; readonly at?: Span };
  },
): void {
  const location = located(context, at);
  const fix = what.fix && { title: what.fix.title, text: what.fix.text, at: located(context, what.fix.at ?? at) };
  context.findings.push({
    code,
    severity: MODEL_DIAGNOSTICS[code].severity,
    message: what.message,
    at: location,
    ...(fix && { fix }),
  });
}

/** Reports an error after which the declaration must not judge. Returns undefined, for the part that is missing then. */
export function fail(
  context: Lowering,
  code: ModelCode,
  at: Span,
  what: {
    readonly message: string;
    readonly fix?: { readonly title: string; readonly text: string; readonly at?: Span };
  },
): undefined {
  report(context, code, at, what);
  context.damaged = true;
  return undefined;
}

/** An empty scope, or a copy of one that further names can be added to. */
export function scopeOf(open: boolean, from?: Scope): Scope {
  return { names: new Map(from?.names), open };
}

/** Names do not distinguish case. */
export const lookup = (scope: Scope, name: string): BoundName | undefined => scope.names.get(name.toLowerCase());

/** Binds a name for what follows; a name is bound once. */
export function bindName(context: Lowering, scope: Scope, bound: BoundName, whole: Span): void {
  const { name, at } = bound;
  if (name.toLowerCase() === 'windows')
    fail(context, 'bad-name', at, {
      message: "`windows` is the machine's Windows and cannot be bound: choose another name.",
    });
  else if (name.includes('.'))
    fail(context, 'bad-name', at, { message: `A name here has no dot: \`${name.replaceAll('.', '-')}\` would do.` });
  const before = lookup(scope, name);
  if (before !== undefined) {
    fail(context, 'shadowed-name', at, {
      message: `\`${name}\` is bound already: a name is bound once. Choose another.`,
    });
  }
  scope.names.set(name.toLowerCase(), bound);
  context.definitions.push({
    kind: bound.kind,
    name,
    at,
    whole: located(context, whole),
    owner: context.owner,
    ...(bound.collection !== undefined && { collection: bound.collection }),
    ...(bound.quantifier && { quantifier: true }),
  });
}

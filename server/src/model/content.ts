/**
 * The content model: what scripts and XML definitions mean, complete and checked. Everything after the linker knows only this.
 * Names follow language.md's words; `at` is where it stands in the source, for diagnostics and traces.
 */
import type { Finding, Location } from './source.ts';

// ---------- texts and literals

/** A text with its insertions. A plain text is one `text` part. `%%` is already `%`; `*`, `?`, `**`, `??` are left to who reads it. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  readonly at: Location;
}
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `${name}` */
  | { readonly kind: 'name'; readonly name: NameRef }
  /** `%Name%`: a folder or variable of the target. */
  | { readonly kind: 'variable'; readonly variable: string };

/** A name in use: a `let`, a capture, a parameter (no member), an element's member, or `windows` and its member. */
export interface NameRef {
  /** `version`, `app`, `windows`. */
  readonly base: string;
  /** `location` in `app.location`. */
  readonly member?: string;
  readonly at: Location;
}

export interface RegexLiteral {
  readonly pattern: string;
  readonly flags: string;
  readonly at: Location;
}

export type Literal =
  | { readonly kind: 'text'; readonly template: Template }
  | { readonly kind: 'version'; readonly text: string }
  /** Decimal digits: 64-bit values keep their precision. */
  | { readonly kind: 'number'; readonly digits: string }
  /** `2026-01-13` */
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'size'; readonly bytes: number; readonly text: string }
  | { readonly kind: 'duration'; readonly seconds: number; readonly text: string }
  | { readonly kind: 'guid' | 'kb' | 'cve'; readonly text: string };

export type View = '32' | '64' | 'both';

// ---------- readings

export interface Reading {
  readonly source: Source;
  readonly steps: readonly Step[];
  readonly at: Location;
}

export type FileProperty =
  | 'version'
  | 'product-version'
  | 'size'
  | 'modified'
  | 'sha256'
  | 'arch'
  | 'company'
  | 'product'
  | 'original-name'
  | 'language'
  | 'text';
export type FolderProperty = 'modified';
export type ServiceProperty = 'state' | 'start' | 'account' | 'path' | 'display-name';
export type MsiProperty = 'version' | 'name' | 'location';
export interface MsiId {
  readonly by: 'product-code' | 'upgrade-code';
  readonly id: Template;
}

export type Source =
  | { readonly kind: 'value'; readonly key: Template; readonly view?: View; readonly name: Template }
  | { readonly kind: 'file'; readonly path: Template; readonly view?: View; readonly property: FileProperty }
  | { readonly kind: 'folder'; readonly path: Template; readonly view?: View; readonly property: FolderProperty }
  | { readonly kind: 'service'; readonly name: Template; readonly property: ServiceProperty }
  | { readonly kind: 'msi'; readonly msi: MsiId; readonly property: MsiProperty }
  | { readonly kind: 'name'; readonly name: NameRef }
  /** `k value "Path"` on an element that is a key or an Uninstall entry. */
  | { readonly kind: 'element-value'; readonly name: NameRef; readonly value: Template }
  | { readonly kind: 'literal'; readonly literal: Literal };

/** A thing without a property: `key "…" exists`, `file "…" exists`, `msi {…} is installed`. */
export type Thing =
  | { readonly kind: 'thing-key'; readonly key: Template; readonly view?: View }
  | { readonly kind: 'thing-file' | 'thing-folder'; readonly path: Template; readonly view?: View }
  | { readonly kind: 'thing-service'; readonly name: Template }
  | { readonly kind: 'thing-msi'; readonly msi: MsiId }
  | { readonly kind: 'thing-hotfix'; readonly kb: string };

export type Conversion =
  'path' | 'folder' | 'filename' | 'program' | 'trimmed' | 'lowercase' | 'version' | 'number' | 'date';
export type Step =
  | { readonly kind: 'as'; readonly conversion: Conversion }
  | { readonly kind: 'matching'; readonly regex: RegexLiteral }
  | { readonly kind: 'replacing'; readonly what: Template | RegexLiteral; readonly with: Template };

// ---------- conditions

export type Condition =
  | { readonly kind: 'not'; readonly of: Condition; readonly at: Location }
  /** Blocks and `and` / `or`. An empty `all` is true, an empty `any` is false. */
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[]; readonly at: Location }
  /** `all x in C where W { … }` and `any x in C where W { … }`. */
  | {
      readonly kind: 'every' | 'some';
      readonly name: string;
      readonly from: Collection;
      readonly where?: Condition;
      readonly of: readonly Condition[];
      readonly at: Location;
    }
  /** A check that is not in `checks` has an error, or stands for a condition that has one: it is always unknown. */
  | { readonly kind: 'use-check'; readonly check: string; readonly args: readonly Reading[]; readonly at: Location }
  | {
      readonly kind: 'use-product';
      readonly product: string;
      readonly test:
        | { readonly kind: 'range'; readonly bounds: readonly Bound[] }
        | { readonly kind: 'installed'; readonly negated: boolean };
      readonly at: Location;
    }
  | { readonly kind: 'on'; readonly scopes: readonly Scope[]; readonly at: Location }
  | Comparison;

export interface Comparison {
  readonly kind: 'compare';
  readonly subject: Source | Thing;
  readonly steps: readonly Step[];
  readonly predicate: Predicate;
  readonly ifPresent: boolean;
  readonly at: Location;
}

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export interface Bound {
  readonly operator: CompareOperator;
  readonly value: Reading;
}

export type Predicate =
  | { readonly kind: 'exists' }
  | { readonly kind: 'is'; readonly negated: boolean; readonly what: StateTest }
  | { readonly kind: 'test'; readonly quantifier?: 'any' | 'all'; readonly test: Test };

export type StateTest =
  | { readonly kind: 'absent' | 'unknown' | 'installed' }
  /** A state word of the thing compared: `running`, `disabled`, `server`. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'one-of'; readonly values: readonly Reading[] };

export type Test =
  | { readonly kind: 'range'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'contains' | 'starts-with' | 'ends-with'; readonly value: Reading }
  | { readonly kind: 'like'; readonly pattern: Template }
  /** Named groups bind names where the language allows it. */
  | { readonly kind: 'matches'; readonly regex: RegexLiteral }
  | { readonly kind: 'age'; readonly than: 'older' | 'newer'; readonly seconds: number }
  | { readonly kind: 'reaches'; readonly rows: readonly ReachesRow[]; readonly otherwise?: boolean };

export interface ReachesRow {
  /** The fixed version. */
  readonly fixed: string;
  /** Where its branch begins; without it, the fixed version with its last part 0. */
  readonly from?: string;
  readonly at: Location;
}

// ---------- declarations

export type CollectionKind = 'keys' | 'files' | 'folders' | 'services' | 'values' | 'programs' | 'users';
export interface Collection {
  readonly kind: CollectionKind;
  readonly patterns: readonly Template[];
  readonly view?: View;
  readonly at: Location;
}

/** A product or a Windows name, with an optional version range. */
export interface Scope {
  readonly name: string;
  readonly bounds: readonly Bound[];
  readonly at: Location;
}

export type Find =
  | {
      readonly kind: 'each';
      /** `let x in …`: the first element for which `where` is true, or nothing; never another candidate. */
      readonly first?: true;
      readonly name: string;
      readonly from: Collection;
      readonly where?: Condition;
      readonly at: Location;
    }
  | Let
  | { readonly kind: 'on'; readonly scopes: readonly Scope[]; readonly at: Location }
  | { readonly kind: 'installed-when'; readonly condition: Condition; readonly at: Location };

export interface Let {
  readonly kind: 'let';
  readonly name: string;
  /** Separated by `else`. */
  readonly choices: readonly { readonly value: Reading; readonly when?: Condition }[];
  readonly at: Location;
}

/** One way to find a product: its statements in their order. */
export interface Variant {
  readonly title?: string;
  readonly finds: readonly Find[];
  readonly at: Location;
}

export type Architecture = 'x86' | 'x64' | 'arm64';

export interface Declared {
  readonly id: string;
  readonly title?: string;
  readonly documentation?: string;
  /** The whole declaration. */
  readonly at: Location;
  /** Its name alone. */
  readonly nameAt: Location;
}

export interface Product extends Declared {
  readonly kind: 'product';
  readonly vendor?: string;
  readonly family?: string;
  readonly homepage?: string;
  readonly arch: readonly Architecture[];
  /** At least one. Statements outside every `variant` come first, without a title; product-level `on` is repeated in each. */
  readonly variants: readonly Variant[];
  /** Names of `one per`; empty where nothing is merged. */
  readonly onePer: readonly string[];
}

export type PatchSeverity = 'critical' | 'important' | 'moderate' | 'low' | 'unrated';

export type PatchVerdict =
  | { readonly kind: 'installed-when' | 'missing-when'; readonly condition: Condition; readonly at: Location }
  | { readonly kind: 'missing-always'; readonly why?: string; readonly at: Location }
  /** Written as `note`, or nothing was written at all. */
  | { readonly kind: 'note'; readonly why?: string; readonly at: Location };

export interface Patch extends Declared {
  readonly kind: 'patch';
  readonly bulletin?: string;
  readonly severity: PatchSeverity;
  readonly class?: string;
  readonly kb: readonly string[];
  readonly cve: readonly string[];
  readonly url: readonly string[];
  readonly released?: string;
  readonly revised?: string;
  readonly reboot?: string;
  readonly arch: readonly Architecture[];
  /** For whom it is: products or Windows names. A product that is not in `products` has an error: nothing is judged for it. */
  readonly fixes: readonly Scope[];
  /** Each element is one `on` statement; all must hold. */
  readonly on: readonly (readonly Scope[])[];
  readonly lets: readonly Let[];
  readonly verdict: PatchVerdict;
  readonly warn: readonly (
    | { readonly kind: 'newer'; readonly text?: string; readonly at: Location }
    | { readonly kind: 'when'; readonly text?: string; readonly condition: Condition; readonly at: Location }
  )[];
}

export interface Bulletin extends Declared {
  readonly kind: 'bulletin';
  readonly patches: readonly string[];
}

export interface NamedCheck extends Declared {
  readonly kind: 'check';
  readonly parameters: readonly string[];
  /** All must hold. */
  readonly conditions: readonly Condition[];
}

/** `newer` supersedes `older` for the products that both cover. */
export interface SupersedenceEdge {
  readonly newer: string;
  readonly older: string;
  readonly at: Location;
}

/** Everything of a workspace, linked. Ids are keys in lower case: names do not distinguish case. */
export interface Content {
  readonly products: ReadonlyMap<string, Product>;
  readonly patches: ReadonlyMap<string, Patch>;
  readonly bulletins: ReadonlyMap<string, Bulletin>;
  readonly checks: ReadonlyMap<string, NamedCheck>;
  /** Bulletins, `superseded by` and `everything before` are already spelled out, patch by patch. */
  readonly supersedence: readonly SupersedenceEdge[];
  /** Edges between patches that supersede each other in a circle: for who shows them. They prune nothing. */
  readonly circular?: readonly SupersedenceEdge[];
  /** A file's text, for the source lines in traces. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface LinkedContent {
  readonly content: Content;
  /** Syntax errors, unknown names and everything else that parsing, lowering and linking have to say. */
  readonly findings: readonly Finding[];
}

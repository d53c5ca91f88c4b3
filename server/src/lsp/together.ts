/** What only all files together tell of each: circles, supersedence, and the rules that compare declarations. Kept up to date. */
import { lintCompared, type ByRule } from '../lint/by-file.ts';
import type { Compared, ComparedEdge } from '../lint/compared.ts';
import type { ContentIndex } from '../model/content-index.ts';
import type { SupersedenceEdge } from '../model/content.ts';
import type { FileFacts } from '../model/facts/facts.ts';
import type { FileHead } from '../model/facts/head.ts';
import type { Superseding } from '../model/indexed/whole.ts';
import type { PatchOutline } from '../model/facts/outline.ts';
import type { Finding, Location } from '../model/source.ts';
import { isWindowsName } from '../model/windows-names.ts';

export interface TogetherFindings {
  readonly linked: readonly Finding[];
  readonly found: ByRule;
}

/** A file as it was at the last look. */
interface Before {
  readonly head: FileHead | undefined;
  readonly face: string;
  /** Where its statements of supersedence stood, in order. */
  readonly statements: readonly Location[];
}

/** All edges, as they stand in each file, and the files in which they are others than before. */
interface Edges {
  readonly superseding: Superseding;
  readonly byFile: Map<string, readonly ComparedEdge[]>;
  readonly others: readonly string[];
}

/** After so many edges others may have their turn. */
const EDGES_AT_ONCE = 50;
/** No face is like that. */
const UNKNOWN = '?';
const NOTHING: TogetherFindings = { linked: [], found: new Map() };

export class Together {
  readonly #index: ContentIndex;
  readonly #findings = new Map<string, TogetherFindings>();
  /** Since the last look. */
  readonly #before = new Map<string, Before>();
  /** Files that the rules must look at. */
  readonly #dirty = new Set<string>();
  #edgesOf = new Map<string, readonly ComparedEdge[]>();
  #superseding: Superseding = { edges: [], findings: [] };
  #superseded: Generator<undefined, Edges> | undefined;
  #revision = -1;
  /** What is said about circles, file by file. */
  #circles: ReadonlyMap<string, readonly Finding[]> = new Map();
  #edgesAreOld = false;

  constructor(index: ContentIndex) {
    this.#index = index;
  }

  get edges(): readonly SupersedenceEdge[] {
    return this.#superseding.edges;
  }

  /** As of the last look. */
  of(file: string): TogetherFindings {
    return this.#findings.get(file) ?? NOTHING;
  }

  /** A file is about to change: what others saw of it is noted. */
  willChange(file: string): void {
    if (this.#before.has(file)) return;
    const head = this.#index.headOf(file);
    const facts = this.#index.factsOf(file);
    this.#before.set(file, { head, face: this.#faceOf(facts, head), statements: statementsOf(facts) });
  }

  /** Files have changed, or what is said of their names. */
  changed(files: ReadonlySet<string>): void {
    for (const file of files) {
      this.#dirty.add(file);
      // Of a file that did not change itself, what it declares may judge now, or no more.
      if (this.#before.has(file)) continue;
      this.#edgesAreOld = true;
      this.#before.set(file, { head: this.#index.headOf(file), face: UNKNOWN, statements: [] });
    }
  }

  /** The words moved that something was found at. */
  move(file: string, moved: (findings: readonly Finding[]) => readonly Finding[]): void {
    const before = this.#findings.get(file);
    if (!before) return;
    const found = [...before.found].map(([rule, findings]) => [rule, moved(findings)] as const);
    this.#findings.set(file, { linked: moved(before.linked), found: new Map(found) });
  }

  /** Brings `edges` up to date. Can be left and begun again. */
  *lookAtEdges(): Iterable<undefined> {
    yield* this.#compareFaces();
    if (!this.#edgesAreOld) return;
    if (this.#revision !== this.#index.revision) this.#superseded = undefined;
    this.#revision = this.#index.revision;
    this.#superseded ??= this.#edges();
    let step = this.#superseded.next();
    for (; step.done !== true; step = this.#superseded.next()) yield undefined;
    const { superseding, byFile, others } = step.value;
    this.#superseding = superseding;
    this.#edgesOf = byFile;
    for (const file of others) this.#dirty.add(file);
    this.#superseded = undefined;
    this.#edgesAreOld = false;
  }

  /** Looks at all that has changed, and gives the files of which something else is said. Can be left and begun again. */
  *look(): Iterable<string | undefined> {
    yield* this.lookAtEdges();
    for (const file of this.#takeCircles()) this.#dirty.add(file);
    for (const file of this.#dirty) {
      this.#dirty.delete(file);
      const found = this.#index.has(file) ? lintCompared(file, this.#comparedOf(file)) : NOTHING.found;
      const linked = this.#circles.get(file) ?? [];
      if (found.size > 0 || linked.length > 0) this.#findings.set(file, { linked, found });
      else this.#findings.delete(file);
      yield file;
    }
  }

  // ---------- what has changed

  *#compareFaces(): Iterable<undefined> {
    for (const [file, before] of this.#before) {
      const head = this.#index.headOf(file);
      const isNew =
        before.head === undefined ||
        before.face === UNKNOWN ||
        this.#faceOf(this.#index.factsOf(file), head) !== before.face;
      if (isNew) this.#edgesAreOld ||= hasPatches(head) || hasPatches(before.head);
      else this.#moveStatements(file, before.statements, statementsOf(this.#index.factsOf(file)));
      for (const other of this.#neighbours(file, before.head, head)) {
        // Of neighbours to whom nothing looks different, only what is said of places in this file is renewed.
        if (isNew || this.#findings.has(other)) this.#dirty.add(other);
      }
      this.#before.delete(file);
      yield undefined;
    }
  }

  /** The files that share a name with a file which rules compare by. */
  #neighbours(file: string, before: FileHead | undefined, now: FileHead | undefined): ReadonlySet<string> {
    const { names } = this.#index;
    const found = new Set<string>([file]);
    for (const { kind, id } of [...(before?.declared ?? []), ...(now?.declared ?? [])])
      if (kind !== 'check') for (const entry of names.users(id.toLowerCase())) found.add(entry.file);
    for (const name of [...(before?.names ?? []), ...(now?.names ?? [])]) {
      if (isWindowsName(name)) continue;
      for (const kind of ['product', 'patch'] as const) {
        const declared = names.first(kind, name);
        if (declared) found.add(declared.entry.file);
      }
    }
    // Edges that go through a bulletin, or to everything before a date, do not name the patch.
    const stated = statedIn(this.#superseding.edges);
    for (const { kind, id } of [...(before?.declared ?? []), ...(now?.declared ?? [])])
      if (kind === 'patch') for (const other of stated.get(id.toLowerCase()) ?? []) found.add(other);
    return found;
  }

  /** All that other files or all files together ask of one, but for places. */
  #faceOf(facts: FileFacts | undefined, head: FileHead | undefined): string {
    if (!facts || !head) return '';
    const sound = head.declared.map(({ kind, id, ordinal }) => {
      const first = this.#index.names.first(kind, id.toLowerCase());
      return first?.entry.file === facts.file && first.head.ordinal === ordinal && this.#index.isSound(first);
    });
    const fixed = facts.patches.flatMap((patch) => patch.fixed.map((name) => this.#index.spelled(name.toLowerCase())));
    return `${sound.join()}\n${fixed.join()}\n${ownFace(facts)}`;
  }

  // ---------- supersedence

  /** All edges as of now. Can be interrupted where it yields, and is of no use when something has changed meanwhile. */
  *#edges(): Generator<undefined, Edges> {
    const superseding = yield* this.#index.supersedence();
    const byFile = new Map<string, ComparedEdge[]>();
    for (const [at, edge] of superseding.edges.entries()) {
      if (at % EDGES_AT_ONCE === EDGES_AT_ONCE - 1) yield;
      const isAsLong = edge.at.end - edge.at.start === 'everything'.length;
      const compared = { ...edge, everything: isAsLong && this.#isEverything(edge) };
      const list = byFile.get(edge.at.file);
      if (list) list.push(compared);
      else byFile.set(edge.at.file, [compared]);
    }
    const others: string[] = [];
    for (const file of new Set([...byFile.keys(), ...this.#edgesOf.keys()])) {
      if (JSON.stringify(byFile.get(file)) !== JSON.stringify(this.#edgesOf.get(file))) others.push(file);
      yield;
    }
    return { superseding, byFile, others };
  }

  #isEverything({ at }: SupersedenceEdge): boolean {
    const patches = this.#index.factsOf(at.file)?.patches ?? [];
    return patches.some(({ supersedes }) =>
      supersedes.some((one) => one.name === 'everything' && one.at.start === at.start),
    );
  }

  /** The same statements as before, at other places. */
  #moveStatements(file: string, before: readonly Location[], now: readonly Location[]): void {
    if (before.every(({ start, end }, index) => start === now[index]?.start && end === now[index]?.end)) return;
    const places = new Map(before.map(({ start }, index) => [start, now[index]]));
    const at = (place: Location): Location => (place.file === file ? (places.get(place.start) ?? place) : place);
    const edges = this.#edgesOf.get(file);
    if (edges)
      this.#edgesOf.set(
        file,
        edges.map((edge) => ({ ...edge, at: at(edge.at) })),
      );
    const { findings } = this.#superseding;
    this.#superseding = {
      edges: this.#superseding.edges.map((edge) => (edge.at.file === file ? { ...edge, at: at(edge.at) } : edge)),
      findings: findings.map((one) => ({
        ...one,
        at: at(one.at),
        ...(one.related && { related: one.related.map((other) => ({ ...other, at: at(other.at) })) }),
      })),
    };
  }

  /** The findings about circles anew; gives the files in which they are others. */
  #takeCircles(): ReadonlySet<string> {
    const next = new Map<string, Finding[]>();
    for (const finding of [...this.#index.checkCycles(), ...this.#superseding.findings]) {
      const list = next.get(finding.at.file);
      if (list) list.push(finding);
      else next.set(finding.at.file, [finding]);
    }
    const before = this.#circles;
    this.#circles = next;
    const files = [...new Set([...before.keys(), ...next.keys()])];
    return new Set(files.filter((file) => JSON.stringify(before.get(file)) !== JSON.stringify(next.get(file))));
  }

  // ---------- rules

  #comparedOf(file: string): Compared {
    const index = this.#index;
    const facts = index.factsOf(file);
    const entryOf = (kind: 'product' | 'patch', id: string) => {
      const one = index.names.first(kind, id);
      return one && index.isSound(one) ? one : undefined;
    };
    const product = (id: string) => {
      const one = entryOf('product', id);
      return one && index.factsOf(one.entry.file)?.products[one.head.ordinal]?.outline;
    };
    const patch = (id: string): PatchOutline | undefined => {
      const one = entryOf('patch', id);
      const outline = one && index.factsOf(one.entry.file)?.patches[one.head.ordinal]?.outline;
      return outline && { ...outline, fixes: outline.fixes.flatMap(known) };
    };
    const known = (scope: PatchOutline['fixes'][number]) => {
      const id = scope.name.toLowerCase();
      const name = isWindowsName(id) ? id : index.spelled(id);
      return name === undefined ? [] : [{ ...scope, name }];
    };
    const own = <K extends 'product' | 'patch', T>(kind: K, of: (id: string) => T | undefined): readonly T[] =>
      (index.headOf(file)?.declared ?? []).flatMap((head) => {
        const id = head.id.toLowerCase();
        const counts = head.kind === kind && index.names.first(kind, id)?.head === head;
        const found = counts ? of(id) : undefined;
        return found === undefined ? [] : [found];
      });
    return {
      products: facts ? own('product', product) : [],
      patches: facts ? own('patch', patch) : [],
      edges: this.#edgesOf.get(file) ?? [],
      product,
      patch,
      patchesOf: (id) =>
        [...index.names.users(id)].flatMap((entry) =>
          entry.head.declared.flatMap((head): readonly PatchOutline[] => {
            if (head.kind !== 'patch' || !index.isSound({ entry, head })) return [];
            const one = index.factsOf(entry.file)?.patches[head.ordinal];
            return one?.fixed.some((name) => name.toLowerCase() === id) ? [one.outline] : [];
          }),
        ),
    };
  }
}

const stating = new WeakMap<readonly SupersedenceEdge[], ReadonlyMap<string, readonly string[]>>();

/** By the id of a patch in lower case, the files that say that it supersedes another or is superseded. */
function statedIn(edges: readonly SupersedenceEdge[]): ReadonlyMap<string, readonly string[]> {
  const before = stating.get(edges);
  if (before) return before;
  const stated = new Map<string, string[]>();
  for (const { newer, older, at } of edges) {
    for (const id of [newer.toLowerCase(), older.toLowerCase()]) {
      const list = stated.get(id);
      if (list === undefined) stated.set(id, [at.file]);
      else if (list.at(-1) !== at.file) list.push(at.file);
    }
  }
  stating.set(edges, stated);
  return stated;
}

const hasPatches = (head: FileHead | undefined): boolean =>
  head?.declared.some(({ kind }) => kind === 'patch' || kind === 'bulletin') === true;

const statementsOf = (facts: FileFacts | undefined): readonly Location[] =>
  facts?.patches.flatMap(({ supersedes }) => supersedes.map(({ at }) => at)) ?? [];

const faces = new WeakMap<FileFacts, string>();

function ownFace(facts: FileFacts): string {
  const before = faces.get(facts);
  if (before !== undefined) return before;
  const face = JSON.stringify([
    facts.products.map(({ id, outline: { bindsVersion, lets, groups, uses } }) => [
      ...[id, bindsVersion, lets.map(({ name }) => name), groups.map(({ name }) => name), uses],
    ]),
    facts.patches.map(({ id, released, fixed, supersedes, outline: { fixes, uses } }) => [
      ...[id, released, fixed, fixes.map(({ isRange }) => isRange), uses],
      supersedes.map(({ name, before, reversed }) => [name, before, reversed]),
    ]),
    facts.bulletins.map(({ id, patches }) => [id, patches]),
    facts.checks.map(({ id, calls }) => [id, calls]),
  ]);
  faces.set(facts, face);
  return face;
}

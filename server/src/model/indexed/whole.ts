/** What all files of an index together tell: their content, circles of checks, supersedence. Each is made when it is asked for. */
import { checkCycles, checksInCycle } from '../check-cycles.ts';
import type { SupersedenceEdge } from '../content.ts';
import { nameAtOf, type DeclaredHead } from '../facts/head.ts';
import { isKnown } from '../link-file.ts';
import { linkFiles, type Linked } from '../link.ts';
import type { LoweredFile } from '../lower/file.ts';
import type { Finding } from '../source.ts';
import { supersedence, type SupersedingPatch } from '../supersedence.ts';
import type { Entry } from './entry.ts';
import { Lookup } from './lookup.ts';

/** Supersedence as all files state it. */
export interface Superseding {
  readonly edges: readonly SupersedenceEdge[];
  readonly findings: readonly Finding[];
}

/** After so many files others may have their turn. */
const FILES_AT_ONCE = 50;

export class Whole extends Lookup {
  #whole: WeakRef<Linked> | undefined;
  /** What content as a whole was made of: whoever holds the content keeps the files, too. */
  readonly #madeOf = new WeakMap<Linked, ReadonlyMap<string, LoweredFile>>();
  #last: WeakRef<ReadonlyMap<string, LoweredFile>> | undefined;

  /** Something has changed. */
  protected forgetWhole(): void {
    this.#whole = undefined;
  }

  /** All content, linked. Every file is lowered for it, but those that are still there since the last time. */
  whole(): Linked {
    const known = this.#whole?.deref();
    if (known) return known;
    const before = this.#last?.deref();
    const files = new Map<string, LoweredFile>();
    for (const file of this.files()) {
      const entry = this.entries.get(file);
      const last = before?.get(file);
      const isCurrent = last !== undefined && entry !== undefined && this.#isOf(entry, last);
      const lowered = isCurrent ? last : entry && this.loweredIn(entry);
      if (lowered) files.set(file, lowered);
    }
    const linked = linkFiles([...files.values()]);
    this.#madeOf.set(linked, files);
    this.#last = new WeakRef(files);
    this.#whole = new WeakRef(linked);
    return linked;
  }

  #isOf(entry: Entry, { text }: LoweredFile): boolean {
    return entry.text !== undefined ? entry.text === text : entry.closed?.isText(text) === true;
  }

  /** Checks that use themselves. */
  checkCycles(): readonly Finding[] {
    for (const entry of this.entries.values()) this.learned(entry);
    const all = [...this.declared.all('check')];
    const inCycle = checksInCycle(all.map(({ head }) => ({ id: head.id, calls: head.calls ?? [] })));
    const round = all.filter(({ head }) => inCycle.has(head.id.toLowerCase()));
    return checkCycles(
      round.flatMap(({ entry, head }) => {
        const nameAt = nameAtOf(this.factsIn(entry), head);
        return nameAt ? [{ id: head.id, nameAt, calls: head.calls ?? [] }] : [];
      }),
    ).findings;
  }

  /** Who supersedes whom. Can be interrupted where it yields, and is of no use when something has changed meanwhile. */
  *supersedence(): Generator<undefined, Superseding> {
    const patches: SupersedingPatch[] = [];
    for (const [at, file] of this.files().entries()) {
      if (at % FILES_AT_ONCE === FILES_AT_ONCE - 1) yield;
      const entry = this.entries.get(file);
      if (!entry || !this.learned(entry).head.supersedes) continue;
      for (const [ordinal, { id, fixed, supersedes }] of this.factsIn(entry).patches.entries()) {
        if (supersedes.length === 0 || !this.counts(entry, { kind: 'patch', id, ordinal })) continue;
        patches.push({ id, fixes: fixed.map((name) => ({ name })), supersedes });
      }
    }
    const sound = (id: string): DeclaredHead | undefined => {
      const one = this.declared.first('patch', id);
      return one && this.isSound(one) ? one.head : undefined;
    };
    return supersedence(patches, {
      patch: sound,
      patches: () => this.#soundPatches(),
      members: (id) => {
        const one = this.declared.first('bulletin', id);
        const bulletin = one && this.factsIn(one.entry).bulletins[one.head.ordinal];
        return bulletin?.patches.map((patch) => patch.toLowerCase());
      },
    });
  }

  *#soundPatches(): Iterable<readonly [string, { readonly id: string; readonly fixes: { readonly name: string }[] }]> {
    for (const file of this.files()) {
      const entry = this.entries.get(file);
      for (const head of entry?.head.declared ?? []) {
        if (!entry || head.kind !== 'patch' || !this.isSound({ entry, head })) continue;
        const fixed = this.factsIn(entry).patches[head.ordinal]?.fixed ?? [];
        const fixes = fixed.filter((name) => isKnown(this.pool, 'product', name.toLowerCase()));
        yield [head.id.toLowerCase(), { id: head.id, fixes: fixes.map((name) => ({ name })) }];
      }
    }
  }
}

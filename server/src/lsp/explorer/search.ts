/** Searches below a node: level by level, so that what is near is found first, and never without end. */
import type {
  ExplorerCursor,
  ExplorerFound,
  ExplorerItem,
  ExplorerNode,
  ExplorerPage,
} from '../../protocol/explorer.ts';
import { childrenOf } from './children.ts';
import { NotRead } from './failures.ts';
import type { Looking } from './sessions.ts';

/** Places that are looked into, hits that are given, and milliseconds that it may take. */
export const LIMITS = { looked: 5000, found: 500, ms: 60_000 } as const;
const LANES = 8;

export interface Search {
  readonly node: ExplorerNode;
  readonly text: string;
  readonly limits?: { readonly looked: number; readonly found: number; readonly ms: number };
  readonly tell: (looked: number, found: number) => void;
}

/** Rejects only when cancelled. */
export async function search({ node, text, tell, limits = LIMITS }: Search, looking: Looking): Promise<ExplorerFound> {
  const wanted = text.toLowerCase();
  const until = performance.now() + limits.ms;
  const items: ExplorerItem[] = [];
  let level: readonly Place[] = [{ node }];
  let looked = 0;
  let unreadable = 0;
  let stopped: ExplorerFound['stopped'];
  while (level.length > 0 && stopped === undefined) {
    const next: Place[] = [];
    for (let at = 0; at < level.length && stopped === undefined; at += LANES) {
      const some = level.slice(at, at + LANES);
      looking.machine.letGo();
      const pages = await Promise.all(some.map((place) => look(place, looking)));
      looking.signal.throwIfAborted();
      looked += some.length;
      pages.forEach((page, index) => {
        const { node: place } = some[index] ?? { node };
        if (!page) unreadable++;
        items.push(...(page?.items ?? []).filter((one) => fits(one, wanted)));
        next.push(...(page?.items ?? []).filter(isWorthALook).map((one) => ({ node: one.node })));
        if (page?.next) next.push({ node: place, cursor: page.next });
      });
      tell(looked, items.length);
      if (items.length >= limits.found) stopped = 'found';
      else if (looked >= limits.looked) stopped = 'looked';
      else if (performance.now() > until) stopped = 'time';
    }
    level = next;
  }
  return { items: items.slice(0, limits.found), looked, unreadable, ...(stopped && { stopped }) };
}

interface Place {
  readonly node: ExplorerNode;
  readonly cursor?: ExplorerCursor;
}

async function look({ node, cursor }: Place, looking: Looking): Promise<ExplorerPage | undefined> {
  try {
    return await childrenOf(node, cursor, looking);
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

/** What a file or a service says of itself stands in its own line; reading each would take for ever. */
const isWorthALook = ({ expandable, node: { kind } }: ExplorerItem): boolean =>
  expandable && (kind === 'key' || kind === 'view' || kind === 'folder');

const fits = ({ node, label, description, copyValue }: ExplorerItem, wanted: string): boolean =>
  node.kind !== 'view' &&
  [label, copyValue ?? '', node.kind === 'service' || node.kind === 'program' ? (description ?? '') : ''].some((text) =>
    text.toLowerCase().includes(wanted),
  );

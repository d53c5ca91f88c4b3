/** What the graph's page and the extension say to each other. */
import type { GraphPatchReply, GraphReply } from '../../../../server/src/protocol/graph.ts';

/** From the page. It may be anything, so `asked` looks at it. */
export type GraphQuestion =
  | { readonly kind: 'draw'; readonly product: string; readonly excluded: readonly string[] }
  | { readonly kind: 'patch'; readonly id: string; readonly excluded: readonly string[] }
  | { readonly kind: 'source'; readonly id: string };

/** To the page. */
export type GraphAnswer =
  | { readonly kind: 'graph'; readonly graph: GraphReply }
  | { readonly kind: 'patch'; readonly patch: GraphPatchReply | null }
  | { readonly kind: 'failed'; readonly text: string }
  /** Content or the last scan is another now. */
  | { readonly kind: 'changed' };

/** What the page's script shows by itself; everything else is in its markup. */
export interface GraphTexts {
  readonly loading: string;
  readonly empty: string;
  readonly noneFits: string;
  readonly notScanned: string;
  readonly scanned: string;
  readonly shown: string;
  readonly implied: string;
  readonly tooMany: string;
  readonly newer: string;
  readonly older: string;
  readonly none: string;
  readonly more: string;
  readonly products: string;
  readonly severity: string;
  readonly released: string;
  readonly bulletin: string;
  readonly references: string;
  readonly status: string;
  readonly source: string;
  readonly exclude: string;
  readonly include: string;
  readonly back: string;
  readonly backNone: string;
  readonly backUnscanned: string;
  readonly excluded: string;
  readonly clear: string;
  readonly inCircle: string;
  readonly hasGap: string;
  readonly chosen: string;
  readonly comesBack: string;
}

/** The question, where it is one. */
export function asked(message: unknown): GraphQuestion | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  const id = 'id' in message && typeof message.id === 'string' ? message.id : undefined;
  const excluded = 'excluded' in message ? textsOf(message.excluded) : undefined;
  switch (message.kind) {
    case 'draw': {
      const product = 'product' in message && typeof message.product === 'string' ? message.product : '';
      return excluded && { kind: 'draw', product, excluded };
    }
    case 'patch':
      return id !== undefined && excluded ? { kind: 'patch', id, excluded } : undefined;
    case 'source':
      return id === undefined ? undefined : { kind: 'source', id };
    default:
      return undefined;
  }
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

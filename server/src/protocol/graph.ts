/** The graph of supersedence, drawn: where each patch stands, what the last scan said of it, and what an exclusion would change. */
import type { Place } from './scan.ts';

export interface GraphParams {
  /** Only the patches for this product or Windows name. */
  readonly product?: string;
  /** Patches to be judged without: as if a scan template left them out. */
  readonly excluded: readonly string[];
}

/** A patch in the drawing. */
export interface DrawnPatch {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly bulletin: string;
  /** Its left upper corner. */
  readonly x: number;
  readonly y: number;
  /** It supersedes itself by way of others. */
  readonly inCircle: boolean;
  /** Something that it or a patch right above it fixes is not covered by the edge between them. */
  readonly hasGap: boolean;
  /** The gravest status of the last scan; absent where it was not judged. */
  readonly status?: string;
  /** What it would be were the excluded patches not there; only where they alone keep it from being judged. */
  readonly back?: string;
}

/** How far the newer patch covers the older one, or that both stand in a circle, where nothing covers anything. */
export type EdgeKind = 'whole' | 'part' | 'none' | 'circle';

/** Both ends by their index in the patches. */
export interface DrawnEdge {
  readonly newer: number;
  readonly older: number;
  readonly kind: EdgeKind;
}

export interface GraphReply {
  /** The machine of the last scan; `null` while there is none. */
  readonly machine: string | null;
  readonly width: number;
  readonly height: number;
  /** The size of each patch. */
  readonly box: { readonly width: number; readonly height: number };
  readonly patches: readonly DrawnPatch[];
  readonly edges: readonly DrawnEdge[];
  /** Edges that follow from others, and those beyond what can be drawn. */
  readonly undrawn: { readonly implied: number; readonly tooMany: number };
  /** What the graph can be narrowed to. */
  readonly products: readonly string[];
  /** Patches of the content, whatever it is narrowed to. */
  readonly all: number;
}

export const GRAPH_REQUEST = 'patchlab/graph';

export interface GraphPatchParams {
  readonly id: string;
  readonly excluded: readonly string[];
}

/** A patch right above or below another. */
export interface GraphNeighbour {
  readonly id: string;
  /** What the edge does not do, in words. */
  readonly marks: readonly string[];
}

/** What the last scan said of a patch for one product's instance. */
export interface GraphStatus {
  readonly of: string;
  readonly status: string;
  readonly why: string;
}

/** A patch that the exclusion brings back. */
export interface GraphReturn {
  readonly id: string;
  readonly of: string;
  readonly before: string;
  readonly now: string;
  readonly why: string;
}

/** All that is told of one patch. Every text is inert: without control characters. */
export interface GraphPatchReply {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly released: string;
  readonly bulletin: string;
  readonly references: readonly string[];
  readonly products: readonly string[];
  readonly inCircle: boolean;
  readonly newer: readonly GraphNeighbour[];
  readonly older: readonly GraphNeighbour[];
  /** Neighbours beyond those that are listed. */
  readonly moreNewer: number;
  readonly moreOlder: number;
  readonly statuses: readonly GraphStatus[];
  readonly back: readonly GraphReturn[];
  readonly source: Place | null;
}

/** Answered with `null` where there is no such patch (any more). */
export const GRAPH_PATCH_REQUEST = 'patchlab/graphPatch';

/** Every format of `patchlab graph`, once. */
import { inertJson } from '../inert-json.ts';
import { dot } from './dot.ts';
import type { Graph } from '../../evaluate/graph.ts';
import { mermaid } from './mermaid.ts';
import { text } from './text.ts';

export const GRAPH_SCHEMA = 'patchlab-graph/1';

const json = (graph: Graph): string => inertJson({ schema: GRAPH_SCHEMA, ...graph });

export const GRAPH_FORMATS = { text, mermaid, dot, json } as const satisfies Readonly<
  Record<string, (graph: Graph) => string>
>;

/** Whether a format is known. */
export const isGraphFormat = (name: string): name is keyof typeof GRAPH_FORMATS => Object.hasOwn(GRAPH_FORMATS, name);

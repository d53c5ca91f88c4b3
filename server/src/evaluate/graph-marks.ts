/** What is said about an edge. */
import type { GraphEdge } from './graph.ts';

/** What an edge does not do, in words; empty where it prunes wherever the older patch applies. */
export function marksOf({ inCircle, partlyCovered, uncovered }: GraphEdge): readonly string[] {
  return [
    ...(inCircle ? ['in a circle: prunes nothing'] : []),
    ...(uncovered.length > 0 ? [`does not cover ${uncovered.join(', ')}`] : []),
    ...(partlyCovered.length > 0 ? [`covers only a part of ${partlyCovered.join(', ')}`] : []),
  ];
}

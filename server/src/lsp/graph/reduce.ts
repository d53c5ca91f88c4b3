/** The edges of a graph without a circle that do not follow from others. */

/** From the newer to the older, each by its index. */
export type Arc = readonly [newer: number, older: number];

/** Every node after all that lead to it; nodes in a circle are left out. */
export function topological(count: number, arcs: readonly Arc[]): readonly number[] {
  const waitsFor = new Int32Array(count);
  const next = outgoing(count, arcs);
  for (const [, older] of arcs) waitsFor[older] = (waitsFor[older] ?? 0) + 1;
  const order: number[] = [];
  for (let node = 0; node < count; node++) if (waitsFor[node] === 0) order.push(node);
  // A list grows while it is gone through.
  for (const node of order) {
    for (const older of next[node] ?? []) {
      const left = (waitsFor[older] ?? 0) - 1;
      waitsFor[older] = left;
      if (left === 0) order.push(older);
    }
  }
  return order;
}

/** Where each node's arcs lead. */
export function outgoing(count: number, arcs: readonly Arc[]): readonly (readonly number[])[] {
  const next = Array.from({ length: count }, (): number[] => []);
  for (const [newer, older] of arcs) next[newer]?.push(older);
  return next;
}

/**
 * The transitive reduction of an acyclic graph. Going from the oldest upwards, the nearest first, an arc to what is reached
 * already follows from others; only one that does not costs more than a look.
 */
export function reduced(count: number, arcs: readonly Arc[]): readonly Arc[] {
  const order = topological(count, arcs);
  const position = new Int32Array(count);
  order.forEach((node, index) => (position[node] = index));
  const next = outgoing(count, arcs);
  const words = (count + 31) >> 5;
  const reach = new Uint32Array(count * words);
  const kept: Arc[] = [];
  for (const node of order.toReversed()) {
    const base = node * words;
    const nearest = [...new Set(next[node])].sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0));
    for (const older of nearest) {
      if (((reach[base + (older >> 5)] ?? 0) >>> (older & 31)) & 1) continue;
      kept.push([node, older]);
      for (let word = 0; word < words; word++) {
        reach[base + word] = (reach[base + word] ?? 0) | (reach[older * words + word] ?? 0);
      }
      const own = base + (older >> 5);
      reach[own] = (reach[own] ?? 0) | (1 << (older & 31));
    }
  }
  return kept;
}

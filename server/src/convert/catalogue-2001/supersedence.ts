/** Supersedence of the catalogue: a patch's `SBID` names an entry that lists the patches that supersede it. */
import { elementsOf, type XmlElement } from '../../patchxml/document.ts';
import { reportAt, valueIn, type Catalogue, type CataloguePatch } from './read.ts';

/** The patches that supersede each patch, and what is wrong with that. */
export function supersededBy(catalogue: Catalogue): ReadonlyMap<CataloguePatch, readonly CataloguePatch[]> {
  const byName = new Map<string, CataloguePatch>();
  for (const patch of catalogue.patches) {
    const key = keyOf(valueIn(patch.bulletin, 'BulletinID'), patch.name);
    const first = byName.get(key);
    if (first === undefined) byName.set(key, patch);
    else {
      const message = `The bulletin has a patch \`${patch.name}\` already.`;
      const at = { element: patch.element, attribute: 'PatchName' };
      reportAt(catalogue, 'catalogue-duplicate', at, { message, first: first.element });
    }
  }
  const lists = new Map<XmlElement, readonly CataloguePatch[]>();
  for (const entry of catalogue.entries.supersededBy.values()) lists.set(entry, newerOf(catalogue, byName, entry));
  const edges = new Map<CataloguePatch, readonly CataloguePatch[]>();
  for (const patch of catalogue.patches) {
    const entry = catalogue.entries.supersededBy.get(valueIn(patch.element, 'SBID'));
    const newer = entry === undefined ? [] : (lists.get(entry) ?? []);
    if (newer.includes(patch)) {
      const message = `\`${patch.name}\` is said to be superseded by itself.`;
      reportAt(catalogue, 'catalogue-supersedence', { element: patch.element, attribute: 'SBID' }, { message });
    }
    for (const one of newer) reportOlder(catalogue, patch, one);
    edges.set(
      patch,
      newer.filter((one) => one !== patch),
    );
  }
  reportCycles(catalogue, edges);
  return edges;
}

const keyOf = (bulletin: string, patch: string): string => `${bulletin.toLowerCase()}|${patch.toLowerCase()}`;

/** The patches that an entry lists, without those that are not there, which are reported. */
function newerOf(
  catalogue: Catalogue,
  byName: ReadonlyMap<string, CataloguePatch>,
  entry: XmlElement,
): readonly CataloguePatch[] {
  const bulletins = elementsOf(entry).flatMap(elementsOf);
  return bulletins.flatMap((bulletin) => {
    const id = valueIn(bulletin, 'BulletinID');
    return elementsOf(bulletin)
      .flatMap(elementsOf)
      .flatMap((element): CataloguePatch[] => {
        const name = valueIn(element, 'PatchName');
        const found = byName.get(keyOf(id, name));
        if (found !== undefined) return [found];
        const message = `Bulletin ${id} has no patch \`${name}\`, so this supersedence has no effect.`;
        reportAt(catalogue, 'catalogue-dangling', { element, attribute: 'PatchName' }, { message });
        return [];
      });
  });
}

function reportOlder(catalogue: Catalogue, older: CataloguePatch, newer: CataloguePatch): void {
  const [first, second] = [valueIn(older.bulletin, 'DatePosted'), valueIn(newer.bulletin, 'DatePosted')];
  if (first === '' || second === '' || first <= second) return;
  const message = `\`${newer.name}\` of ${second} is said to supersede this patch of ${first}, which is newer.`;
  const at = { element: older.element, attribute: 'SBID' };
  reportAt(catalogue, 'catalogue-value', at, { message, first: newer.element });
}

/** Each circle is said once, at the patch that stands first in the file. Depth first, without recursion. */
function reportCycles(catalogue: Catalogue, edges: ReadonlyMap<CataloguePatch, readonly CataloguePatch[]>): void {
  const done = new Set<CataloguePatch>();
  for (const start of catalogue.patches) {
    if (done.has(start)) continue;
    const path: { patch: CataloguePatch; next: number }[] = [{ patch: start, next: 0 }];
    const onPath = new Set([start]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const newer = (edges.get(top.patch) ?? [])[top.next++];
      if (newer === undefined) {
        done.add(top.patch);
        onPath.delete(top.patch);
        path.pop();
      } else if (onPath.has(newer)) {
        const names = path.slice(path.findIndex(({ patch }) => patch === newer)).map(({ patch }) => patch.name);
        const message = `These patches supersede each other in a circle: ${names.join(', ')}.`;
        reportAt(catalogue, 'catalogue-supersedence', { element: newer.element, attribute: 'SBID' }, { message });
      } else if (!done.has(newer)) {
        path.push({ patch: newer, next: 0 });
        onPath.add(newer);
      }
    }
  }
}

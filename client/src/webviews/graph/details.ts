/** The chosen patch: what it is, what is right above and below it, what the last scan said, and what its exclusion brings. */
import type { GraphNeighbour, GraphPatchReply } from '../../../../server/src/protocol/graph.ts';
import type { GraphTexts } from '../../features/graph/messages.ts';
import { make } from '../common/dom.ts';
import { filled } from '../common/filled.ts';

export interface Details {
  readonly texts: GraphTexts;
  readonly machine: string | null;
  readonly excluded: ReadonlySet<string>;
  readonly onGo: (id: string) => void;
  readonly onSource: (id: string) => void;
  readonly onExclude: (id: string) => void;
}

/** Fills the element anew; every text is a text, whatever it holds. */
export function showDetails(into: HTMLElement, patch: GraphPatchReply, details: Details): void {
  const { texts, machine, excluded, onSource, onExclude } = details;
  const isOut = excluded.has(patch.id);
  const buttons = make('p', 'buttons');
  buttons.append(
    button('source', texts.source, () => onSource(patch.id)),
    button('exclude', isOut ? texts.include : texts.exclude, () => onExclude(patch.id)),
  );
  const facts = make('dl');
  const fact = (name: string, text: string): void => {
    if (text) facts.append(make('dt', '', name), make('dd', '', text));
  };
  fact(texts.products, patch.products.join(', '));
  fact(texts.severity, patch.severity);
  fact(texts.released, patch.released);
  fact(texts.bulletin, patch.bulletin);
  fact(texts.references, patch.references.join(', '));
  const parts: HTMLElement[] = [make('h2', '', patch.id)];
  if (patch.title) parts.push(make('p', 'title', patch.title));
  parts.push(buttons, facts);
  if (machine !== null) parts.push(...statuses(patch, filled(texts.status, machine)));
  if (isOut) parts.push(...returns(patch, details));
  parts.push(...neighbours(texts.newer, patch.newer, { ...details, more: patch.moreNewer }));
  parts.push(...neighbours(texts.older, patch.older, { ...details, more: patch.moreOlder }));
  const focused = into.contains(document.activeElement) ? document.activeElement?.className : undefined;
  into.replaceChildren(...parts);
  // The button that was pressed is another now: the keys stay with it.
  if (focused) into.querySelector<HTMLElement>(`button.${focused}`)?.focus();
}

function button(name: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = make('button', name, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

function statuses(patch: GraphPatchReply, title: string): HTMLElement[] {
  if (patch.statuses.length === 0) return [];
  const list = make('ul', 'statuses');
  for (const { of, status, why } of patch.statuses) {
    const item = make('li');
    const said = make('span', 'status', status);
    said.dataset.status = status;
    item.append(said, make('span', 'of', of));
    if (why) item.append(make('p', 'why', why));
    list.append(item);
  }
  return [make('h3', '', title), list];
}

function returns({ back }: GraphPatchReply, { texts, machine }: Details): HTMLElement[] {
  const title = make('h3', '', texts.back);
  if (back.length === 0)
    return [title, make('p', 'back-none', machine === null ? texts.backUnscanned : texts.backNone)];
  const list = make('ul', 'back');
  for (const { id, of, before, now, why } of back) {
    const item = make('li');
    item.append(make('strong', '', id), make('span', '', `${before} → ${now}`), make('span', 'of', of));
    if (why) item.append(make('p', 'why', why));
    list.append(item);
  }
  return [title, list];
}

function neighbours(
  title: string,
  all: readonly GraphNeighbour[],
  { texts, onGo, more }: Details & { readonly more: number },
): HTMLElement[] {
  const heading = make('h3', '', title);
  if (all.length === 0) return [heading, make('p', 'none', texts.none)];
  const list = make('ul', 'edges');
  for (const { id, marks } of all) {
    const item = make('li');
    item.append(button('edge', id, () => onGo(id)));
    for (const mark of marks) item.append(make('span', 'mark', `⚠ ${mark}`));
    list.append(item);
  }
  return more > 0 ? [heading, list, make('p', 'none', filled(texts.more, String(more)))] : [heading, list];
}

/** The line that says which patches are excluded, and which come back therefore. */
import type { GraphReply } from '../../../../server/src/protocol/graph.ts';
import type { GraphTexts } from '../../features/graph/messages.ts';
import { make } from '../common/dom.ts';
import { filled } from '../common/filled.ts';

export interface Excluded {
  readonly texts: GraphTexts;
  readonly excluded: ReadonlySet<string>;
  readonly onClear: () => void;
}

export function showExcluded(
  line: HTMLElement,
  { machine, patches }: GraphReply,
  { texts, excluded, onClear }: Excluded,
): void {
  line.hidden = excluded.size === 0;
  const clear = make('button', '', texts.clear);
  clear.type = 'button';
  clear.addEventListener('click', onClear);
  const back = patches.filter((patch) => patch.back !== undefined).map((patch) => patch.id);
  const names = [...excluded].slice(0, 5).join(', ') + (excluded.size > 5 ? ' …' : '');
  const text =
    machine === null
      ? texts.backUnscanned
      : back.length === 0
        ? texts.backNone
        : `${texts.back}: ${back.slice(0, 8).join(', ')}${back.length > 8 ? ' …' : ''}`;
  line.replaceChildren(`${filled(texts.excluded, names)} ${text} `, clear);
}

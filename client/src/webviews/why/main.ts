/** The page of *Why Not Detected?*: the first check that diverges with both observations, then every check in order. */
import type { FailedStep } from '../../../../server/src/protocol/scan.ts';
import type { WhyReply, WhyRow, WhySeen } from '../../../../server/src/protocol/why.ts';
import type { ToWhy, WhyTexts } from '../../features/why/messages.ts';
import type { FromPage } from '../../page-messages.ts';
import { make, one } from '../common/dom.ts';
import { editor, listen } from '../common/editor.ts';
import { filled } from '../common/filled.ts';
import { virtualList, type ListItem } from '../common/virtual-list.ts';
import './style.css';

interface Item extends ListItem {
  readonly index: number;
  readonly row: WhyRow;
}

const main = one('main', HTMLElement);
const texts = JSON.parse(main.dataset.texts ?? '{}') as WhyTexts;
const all = one('#all', HTMLInputElement);
let reply: WhyReply | undefined;

const list = virtualList<Item>(one('#rows', HTMLElement), {
  draw: (item, element) => drawRow(item, element),
  focusOf: (element) => element.querySelector('button') ?? element,
  covered: () => 0,
});

function say(message: FromPage): void {
  editor.postMessage(message);
}

function button(name: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = make('button', name, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** The check as it is written, which leads to its line. */
function checkOf({ check, place }: WhyRow, index: number): HTMLElement {
  if (!place) return make('code', 'check', check);
  const made = button('check', check, () => say({ source: index }));
  const name = decodeURIComponent(place.uri.split('/').at(-1) ?? '');
  made.title = filled(texts.source, `${name}:${place.line + 1}`);
  return made;
}

function seenOf(seen: WhySeen | null, machine: string): HTMLElement {
  const made = make('div', 'seen');
  made.append(make('span', 'machine', machine));
  if (!seen) {
    made.append(make('span', 'outcome', texts.notReached));
    return made;
  }
  const outcome = make('span', 'outcome', seen.outcome);
  outcome.dataset.outcome = seen.outcome;
  made.append(outcome);
  if (seen.observed) made.append(make('code', 'observed', seen.observed));
  if (seen.source) made.append(make('span', 'source', seen.source));
  if (seen.reason) made.append(make('span', 'reason', seen.reason));
  return made;
}

function drawRow({ row, index }: Item, element: HTMLElement): void {
  element.className = `row differs-${row.differs}`;
  if (index === reply?.first) element.classList.add('is-first');
  const check = make('div', 'what');
  check.style.paddingLeft = `${Math.min(row.depth, 12) * 14}px`;
  const mark = make('span', 'mark', { no: '=', seen: '≈', outcome: '≠' }[row.differs]);
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', texts.mark[row.differs]);
  mark.title = texts.mark[row.differs];
  check.append(mark, checkOf(row, index));
  if (row.expected) check.append(make('span', 'expected', filled(texts.wanted, row.expected)));
  const [left, right] = names();
  element.append(check, seenOf(row.left, left), seenOf(row.right, right));
}

function names(): readonly [string, string] {
  const [left, right] = reply?.sides ?? [];
  const same = left?.machine === right?.machine;
  return [`${left?.machine ?? ''}${same ? ' (1)' : ''}`, `${right?.machine ?? ''}${same ? ' (2)' : ''}`];
}

function show(answer: WhyReply): void {
  reply = answer;
  const [left, right] = names();
  one('#left', HTMLElement).textContent = left;
  one('#right', HTMLElement).textContent = right;
  one('#answer', HTMLElement).textContent = sentence(answer);
  const failures = answer.sides.flatMap(({ failed }, side) => (failed ? [failureOf(failed, names()[side] ?? '')] : []));
  one('#failures', HTMLElement).replaceChildren(...failures);
  one('#rest', HTMLElement).hidden = answer.rows.length === 0;
  showFirst(answer);
  showRows();
}

function sentence({ kind, id, rows, first }: WhyReply): string {
  if (kind === null) return filled(texts.gone, id);
  const [root] = rows;
  if (!root?.left || !root.right) return '';
  const [left, right] = names();
  const [a, b] = [root.left.outcome, root.right.outcome];
  const answers = a === b ? filled(texts.sameAnswer, a) : filled(texts.otherAnswer, a, left, b, right);
  return first === null ? `${answers} ${texts.same}` : answers;
}

function failureOf({ code, meaning, raw, remedy, validate }: FailedStep, machine: string): HTMLElement {
  const made = make('section', 'failure');
  made.append(make('h2', '', filled(texts.failed, machine)), make('p', 'meaning', `${code}: ${meaning}`));
  const facts = make('dl');
  const fact = (name: string, text: string): void => {
    if (text) facts.append(make('dt', '', name), make('dd', '', text));
  };
  fact(texts.cause, raw);
  fact(texts.remedy, remedy);
  if (validate) {
    const by = make('dd');
    by.append(
      make('code', '', validate),
      button('copy', texts.copy, () => say({ copy: validate })),
    );
    facts.append(make('dt', '', texts.validate), by);
  }
  made.append(facts);
  return made;
}

function showFirst({ rows, first }: WhyReply): void {
  const section = one('#first', HTMLElement);
  const row = first === null ? undefined : rows[first];
  section.hidden = !row;
  if (!row || first === null) return;
  const title = make('h2', '', texts.first);
  title.id = 'first-title';
  const check = make('p', 'what');
  check.append(checkOf(row, first));
  if (row.expected) check.append(make('span', 'expected', filled(texts.wanted, row.expected)));
  const both = make('div', 'both');
  const [left, right] = names();
  both.append(seenOf(row.left, left), seenOf(row.right, right));
  section.replaceChildren(title, way(rows, first), check, both);
}

/** What the check stands in, from the declaration down. */
function way(rows: readonly WhyRow[], first: number): HTMLElement {
  const above: string[] = [];
  let depth = rows[first]?.depth ?? 0;
  for (let at = first - 1; at >= 0; at--) {
    const row = rows[at];
    if (!row || row.depth >= depth) continue;
    depth = row.depth;
    above.unshift(row.check);
  }
  return make('p', 'way', above.join(' › '));
}

function showRows(): void {
  if (!reply) return;
  const { rows, more } = reply;
  const shown = all.checked ? new Set(rows.keys()) : differing(rows);
  const items = rows.flatMap((row, index): Item[] =>
    shown.has(index) ? [{ key: String(index), height: 28, index, row }] : [],
  );
  list.show(items, () => true);
  const count = filled(
    texts.differing,
    String(rows.length),
    String(rows.filter(({ differs }) => differs !== 'no').length),
  );
  one('#count', HTMLElement).textContent = more > 0 ? `${count}. ${filled(texts.more, String(more))}` : count;
}

/** What differs, and what it stands in. */
function differing(rows: readonly WhyRow[]): ReadonlySet<number> {
  const shown = new Set<number>([0]);
  const open: number[] = [];
  for (const [index, { depth, differs }] of rows.entries()) {
    open.length = depth;
    open[depth] = index;
    if (differs !== 'no') for (const one of open) shown.add(one);
  }
  return shown;
}

all.addEventListener('input', showRows);
listen<ToWhy>((message) => show(message.reply));

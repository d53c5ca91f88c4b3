/** One check by itself, evaluated at once: from kept observations, or from the machine that is asked for what it alone needs. */
import type { Trace } from '../evaluate/verdict.ts';
import type { Content } from '../model/content.ts';
import type { EvaluateParams, EvaluateReply } from '../protocol/truth.ts';
import { judgeAgain, wasNotAsked, type Judged } from '../scan/kept.ts';
import { scanMachine } from '../scan/scan.ts';
import { summaryOf } from './scan-summary.ts';
import { targetOf } from './scan-target.ts';
import { singleAt, type Single } from './truth-condition.ts';
import { markOfSingle } from './truth-marks.ts';
import type { Truth } from './truth.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

const NOTHING: EvaluateReply = { kind: 'nothing' };

interface Evaluating {
  readonly workspace: Workspace;
  readonly truth: Truth;
}

export async function evaluateAt(
  { workspace, truth }: Evaluating,
  { uri, start, end, key, ask }: EvaluateParams,
  signal: AbortSignal,
): Promise<EvaluateReply> {
  const document = workspace.documentOfUri(uri);
  if (!document) return NOTHING;
  const { content } = workspace.analyse().linked;
  const selected = document.getText({ start, end });
  const from = document.offsetAt(start) + (selected.length - selected.trimStart().length);
  const span = { start: from, end: Math.max(from, from + selected.trim().length) };
  const single = singleAt(content, nameOfUri(uri), span);
  if (!single) return NOTHING;
  const line = document.positionAt(single.at.end).line;
  const said = (machine: string, judged: Judged): EvaluateReply => {
    const mark = markOfSingle(judged);
    return mark ? { kind: 'seen', machine, line, mark } : { kind: 'elsewhere', machine };
  };
  if (!ask) {
    const kept = truth.kept(key);
    const judged = kept && (await judgeAgain(kept.machine, relevant(single), signal));
    if (!kept || !judged || judged.patches.some(({ trace }) => trace && isUnseen(trace))) return { kind: 'unseen' };
    return said(kept.result.machine.name, judged);
  }
  const result = await scanMachine({ target: targetOf(ask), content: relevant(single), trace: true, signal });
  const failed = result.steps.some(({ error }) => error !== undefined);
  return failed ? { kind: 'failed', summary: summaryOf(result) } : said(result.machine.name, result);
}

/** The products that the one patch is for, and those that are named on the way. */
function relevant({ content }: Single): Content {
  const wanted = new Set<string>();
  const text = JSON.stringify([...content.patches.values()]).toLowerCase();
  const add = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    const own = JSON.stringify(content.products.get(id)).toLowerCase();
    for (const other of content.products.keys()) if (own.includes(JSON.stringify(other))) add(other);
  };
  for (const id of content.products.keys()) if (text.includes(JSON.stringify(id))) add(id);
  return { ...content, products: new Map([...content.products].filter(([id]) => wanted.has(id))) };
}

const isUnseen = ({ observed, reason, children = [] }: Trace): boolean =>
  wasNotAsked(observed) || wasNotAsked(reason) || children.some(isUnseen);

/** From what a scan found to what stands beside the lines of a script. Every text that leaves here is inert. */
import type { Trace, Verdict } from '../evaluate/verdict.ts';
import type { PatchResult, ProductInstance, ProductResult } from '../scan/result.ts';
import type { Judged } from '../scan/kept.ts';
import { inert } from '../results/report/inert.ts';
import type { Content } from '../model/content.ts';
import type { Location } from '../model/source.ts';
import type { TruthFact, TruthMark } from '../protocol/truth.ts';

/** A mark before it has a line. */
export interface PlacedMark extends Omit<TruthMark, 'line' | 'owner'> {
  readonly at: Location;
}

const LONGEST_INLINE = 90;
const LONGEST_FACT = 600;
const MOST_FACTS = 50;
const SIGN: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', unknown: '?' };

/** Every mark of a workspace. Of content that was not judged nothing is said. */
export function marksOf(content: Content, judged: Judged, machine: string): readonly PlacedMark[] {
  return [...checkMarks(judged), ...productMarks(content, judged, machine), ...patchMarks(content, judged)];
}

// ---------- checks

interface Seen {
  readonly at: Location;
  readonly check: string;
  readonly facts: TruthFact[];
}

/** The mark of what was judged by itself: for each instance what came of it, then the parts that it came of. */
export function markOfSingle({ products, patches }: Judged): Omit<PlacedMark, 'at'> | undefined {
  const roots = patches.flatMap(({ trace, product, instance }) => {
    const found = products.find(({ id }) => id.toLowerCase() === product.toLowerCase());
    const one = found?.instances.find((each) => each.instance === instance);
    return trace ? [{ trace, of: found && one ? nameOf(found, one) : product }] : [];
  });
  const [first] = roots;
  if (!first) return undefined;
  const facts = roots.map(({ trace, of }) => factOf(trace, of));
  const parts = roots.flatMap(({ trace }) => leavesOf(trace.children ?? []).map((leaf) => factOf(leaf, leaf.check)));
  return {
    ...{ title: line(first.trace.check, LONGEST_FACT), facts: [...facts, ...parts].slice(0, MOST_FACTS) },
    ...{ tone: toneOf(facts), text: line(inlineOf(facts), LONGEST_INLINE) },
  };
}

const leavesOf = (traces: readonly Trace[]): readonly Trace[] =>
  traces.flatMap((trace) => (trace.children?.length ? leavesOf(trace.children) : [trace]));

function checkMarks({ products, patches }: Judged): readonly PlacedMark[] {
  const seen = new Map<string, Seen>();
  for (const product of products) {
    for (const instance of product.instances) {
      if (instance.trace) collect(seen, instance.trace, nameOf(product, instance));
    }
  }
  for (const patch of patches) {
    const product = products.find(({ id }) => id.toLowerCase() === patch.product.toLowerCase());
    const instance = product?.instances.find((one) => one.instance === patch.instance);
    const of = product && instance ? nameOf(product, instance) : patch.product;
    if (patch.trace) collect(seen, patch.trace, `${patch.id}, ${of}`);
  }
  return [...seen.values()].map(({ at, check, facts }) => ({
    ...{ at, title: line(check, LONGEST_FACT), facts: facts.slice(0, MOST_FACTS) },
    ...{ tone: toneOf(facts), text: line(inlineOf(facts), LONGEST_INLINE) },
  }));
}

/** A block says no more than its parts; a named check stands for parts that are elsewhere. */
function collect(seen: Map<string, Seen>, trace: Trace, of: string): void {
  const { at, children = [] } = trace;
  const isBlock = children.some((child) => child.at && at && within(child.at, at));
  if (at && !isBlock) {
    const key = `${at.file}\n${at.start}\n${at.end}`;
    const known = seen.get(key) ?? { at, check: trace.check, facts: [] };
    const fact = factOf(trace, of);
    if (!known.facts.some((one) => JSON.stringify(one) === JSON.stringify(fact))) known.facts.push(fact);
    seen.set(key, known);
  }
  for (const child of children) collect(seen, child, of);
}

const within = (inner: Location, outer: Location): boolean =>
  inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

function factOf({ verdict, expected, observed, source, reason }: Trace, of: string): TruthFact {
  const said = { expected, observed, source, why: reason };
  const texts = Object.entries(said).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, line(text, LONGEST_FACT)] as const],
  );
  return { verdict, of: line(of, LONGEST_FACT), ...Object.fromEntries(texts) };
}

function toneOf(facts: readonly TruthFact[]): TruthMark['tone'] {
  const verdicts = new Set(facts.map(({ verdict }) => verdict));
  if (verdicts.has('unknown')) return 'unknown';
  return verdicts.size > 1 ? 'mixed' : (facts[0]?.verdict ?? 'neutral');
}

/** Each verdict with what was observed for it: `✗ 7.9.5.0, 8.4.6.0`. */
function inlineOf(facts: readonly TruthFact[]): string {
  const byVerdict = new Map<Verdict, Set<string>>();
  for (const { verdict, observed, why } of facts) {
    const texts = byVerdict.get(verdict) ?? new Set();
    texts.add(observed ?? (verdict === 'unknown' ? (why ?? '') : ''));
    byVerdict.set(verdict, texts);
  }
  return [...byVerdict]
    .map(([verdict, texts]) => [SIGN[verdict], [...texts].filter(Boolean).join(', ')].filter(Boolean).join(' '))
    .join('  ');
}

// ---------- declarations

function nameOf({ name }: ProductResult, { version, path }: ProductInstance): string {
  return [name, version, path === null ? null : `in ${path}`].filter((part) => part !== null).join(' ');
}

function productMarks(content: Content, { products }: Judged, machine: string): readonly PlacedMark[] {
  const found = new Map(products.map((product) => [product.id.toLowerCase(), product]));
  return [...content.products].map(([id, { nameAt: at, title, id: written }]) => {
    const product = found.get(id);
    const facts = (product?.instances ?? []).map((instance) => instanceFact(instance));
    const base = { at, title: line(title ?? written, LONGEST_FACT), facts: facts.slice(0, MOST_FACTS) };
    if (!product || facts.length === 0) {
      const why = product?.incomplete;
      const text = why === undefined ? `not on ${machine}` : `? ${why}`;
      return { ...base, tone: why === undefined ? 'neutral' : 'unknown', text: line(text, LONGEST_INLINE) };
    }
    const unknown = product.instances.find(({ state }) => state === 'unknown');
    const versions = product.instances.map(({ version }) => version ?? 'no version').join(', ');
    const text = unknown ? `? ${unknown.reason ?? 'unknown'}` : versions;
    return { ...base, tone: unknown ? 'unknown' : 'neutral', text: line(`${machine}: ${text}`, LONGEST_INLINE) };
  });
}

function instanceFact({ state, version, path, reason }: ProductInstance): TruthFact {
  return {
    verdict: state === 'installed' ? 'true' : 'unknown',
    of: line(path ?? 'no location', LONGEST_FACT),
    observed: line(version ?? 'no version', LONGEST_FACT),
    ...(reason === undefined ? {} : { why: line(reason, LONGEST_FACT) }),
  };
}

const STATUS_TONE: Readonly<Partial<Record<PatchResult['status'], TruthMark['tone']>>> = {
  missing: 'false',
  installed: 'true',
  'effectively installed': 'true',
  unknown: 'unknown',
};

function patchMarks(content: Content, { patches }: Judged): readonly PlacedMark[] {
  const byId = new Map<string, PatchResult[]>();
  for (const patch of patches) byId.set(patch.id.toLowerCase(), [...(byId.get(patch.id.toLowerCase()) ?? []), patch]);
  return [...byId].flatMap(([id, results]) => {
    const declared = content.patches.get(id);
    if (!declared) return [];
    const counts = new Map<PatchResult['status'], number>();
    for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
    const tones = new Set([...counts.keys()].map((status) => STATUS_TONE[status] ?? 'neutral'));
    const [only] = tones;
    const text = [...counts].map(([status, count]) => (count === 1 ? status : `${status} × ${count}`)).join(', ');
    const head = results.find((one) => one.head !== undefined)?.head;
    return {
      at: declared.nameAt,
      title: line(declared.title ?? declared.id, LONGEST_FACT),
      tone: tones.has('unknown') ? 'unknown' : tones.size === 1 ? (only ?? 'neutral') : 'mixed',
      text: line(head === undefined || counts.size > 1 ? text : `${text} (${head})`, LONGEST_INLINE),
      facts: results.slice(0, MOST_FACTS).map(statusFact),
    };
  });
}

function statusFact({ status, product, instance, reason, warning }: PatchResult): TruthFact {
  const why = [reason, warning].filter((text) => typeof text === 'string').join('; ');
  return {
    verdict: status === 'unknown' ? 'unknown' : status === 'missing' ? 'false' : 'true',
    of: line(`${product}${instance === null ? '' : ` instance ${instance + 1}`}`, LONGEST_FACT),
    observed: status,
    ...(why === '' ? {} : { why: line(why, LONGEST_FACT) }),
  };
}

/** On one line, without what could act, and not endless. */
function line(text: string, longest: number): string {
  const shown = inert(text.replace(/\s+/g, ' '));
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

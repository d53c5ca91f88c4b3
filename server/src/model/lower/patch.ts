/** Patches and bulletins: for whom, when installed, what they supersede; a bulletin's statements are its patches' defaults. */
import type {
  AttributeNode,
  BulletinNode,
  FixesNode,
  LetNode,
  OnNode,
  PatchNode,
  ScopedNode,
  StatementNode,
  SupersededByNode,
  SupersedesNode,
  WarnNode,
} from '../../syntax/tree.ts';
import { closest } from '../../syntax/suggest.ts';
import type { Bulletin, Let, Patch, PatchVerdict, Scope as FixedScope } from '../content.ts';
import type { Location } from '../source.ts';
import { PATCH_METADATA } from '../vocabulary.ts';
import { lowerCondition } from './condition.ts';
import { fail, located, lowering, report, scopeOf, type Lowering, type Scope } from './context.ts';
import { declare, type Source } from './declared.ts';
import { lowerFinds, lowerLet, lowerOn, misplaced } from './find.ts';
import { architectures, collectMetadata, dateValue, idValues, severityValue, wordValue } from './metadata.ts';
import { lost, lowerBounds } from './reading.ts';
import { plainText, spanOf } from './text.ts';

/** A supersedence statement's item before linking. */
export interface Superseded {
  /** A patch's or bulletin's name as written, or `everything`. */
  readonly name: string;
  /** Only those released before this date. */
  readonly before?: string;
  /** `superseded by`: the named one is the newer. */
  readonly reversed: boolean;
  readonly at: Location;
}

/** A patch before linking. */
export interface LoweredPatch {
  readonly patch: Patch;
  readonly context: Lowering;
  readonly supersedes: readonly Superseded[];
}

/** A bulletin before linking, with its patches. */
export interface LoweredBulletin {
  readonly bulletin: Bulletin;
  readonly context: Lowering;
  readonly patches: readonly LoweredPatch[];
}

/** The check that stands for a condition that has an error: no content declares it, so it is always unknown. */
export const DAMAGED_CHECK = '<damaged>';

type Shared = Exclude<StatementNode, FixesNode>;

/** Lowers a patch outside a bulletin. */
export function lowerPatch(source: Source, node: PatchNode): LoweredPatch | undefined {
  return lowerWith(source, node, undefined);
}

/** Lowers a bulletin and its patches; undefined where it has no name (its patches are then lowered all the same). */
export function lowerBulletin(source: Source, node: BulletinNode): LoweredBulletin {
  const declared = declare(source, node) ?? { head: undefined, context: lowering(source, '') };
  const { head, context } = declared;
  const statements = node.body.filter((item): item is Shared => item.kind !== 'patch');
  const defaults: Defaults = { statements, context, node, ...(head && { id: head.id }) };
  const nodes = node.body.filter((item): item is PatchNode => item.kind === 'patch');
  const patches = nodes.flatMap((patch) => lowerWith(source, patch, defaults) ?? []);
  checkShared(defaults);
  const bulletin: Bulletin = {
    ...(head ?? { id: '', at: located(context, node), nameAt: located(context, node) }),
    kind: 'bulletin',
    patches: patches.map((patch) => patch.patch.id),
  };
  return { bulletin, context, patches };
}

interface Defaults {
  readonly statements: readonly Shared[];
  readonly context: Lowering;
  readonly node: BulletinNode;
  readonly id?: string;
}

/** What a bulletin shares is lowered once more by itself, so that its errors are said once and though no patch uses it. */
function checkShared(defaults: Defaults): void {
  const { context, statements } = defaults;
  const scope = scopeOf(true);
  lowerShared(context, scope, statements);
  collectMetadata(context, statements.filter(isAttribute), PATCH_METADATA);
  lowerMetadata(context, attributesOf(statements));
  context.free.length = 0;
}

const isAttribute = (node: StatementNode): node is AttributeNode => node.kind === 'attribute';

function lowerWith(source: Source, node: PatchNode, defaults: Defaults | undefined): LoweredPatch | undefined {
  const declared = declare(source, node);
  if (declared === undefined) return undefined;
  const { head, context } = declared;
  const own = node.body.filter((item): item is Shared => item.kind !== 'fixes');
  const inherited = (defaults?.statements ?? []).filter((item) => !replaced(item, own));
  // The bulletin's findings are reported with the bulletin, not once more with each of its patches.
  const scope = scopeOf(true);
  const quiet = inherited.length === 0 ? undefined : lowering(source, context.owner);
  const before = quiet === undefined ? NOTHING_SHARED : lowerShared(quiet, scope, inherited);
  const after = lowerShared(context, scope, own);
  if (quiet !== undefined) {
    context.free.push(...quiet.free);
    context.checkUses.push(...quiet.checkUses);
  }
  const damaged = quiet?.damaged === true || defaults?.node.damaged === true;
  collectMetadata(context, own.filter(isAttribute), PATCH_METADATA);
  const metadata = lowerMetadata(context, attributesOf(own), quiet && { quiet, nodes: attributesOf(inherited) });
  const fixes = lowerFixes(context, scope, node);
  const verdict = after.verdict ?? before.verdict ?? { kind: 'note', at: head.nameAt };
  const patch: Patch = {
    ...head,
    kind: 'patch',
    ...metadata,
    kb: metadata.kb.length === 0 && /^KB\d{5,8}$/.test(head.id) ? [head.id] : metadata.kb,
    fixes,
    on: [...before.on, ...after.on],
    lets: [...before.lets, ...after.lets],
    verdict: damaged ? undecidable(verdict.at) : verdict,
    warn: damaged ? after.warn : [...before.warn, ...after.warn],
    ...(defaults?.id !== undefined && { bulletin: defaults.id }),
  };
  return { patch, context, supersedes: [...before.supersedes, ...after.supersedes] };
}

/** What a damaged bulletin gives its patches: a verdict that is unknown, since what it says is not known. */
function undecidable(at: Location): PatchVerdict {
  return { kind: 'installed-when', condition: { kind: 'use-check', check: DAMAGED_CHECK, args: [], at }, at };
}

const VERDICTS: ReadonlySet<string> = new Set(['installed', 'missing', 'note']);

/** Whether a patch states the same word itself. */
function replaced(statement: Shared, own: readonly Shared[]): boolean {
  if (VERDICTS.has(statement.kind)) return own.some((item) => VERDICTS.has(item.kind));
  if (statement.kind === 'attribute')
    return own.some((item) => isAttribute(item) && item.name.image === statement.name.image);
  if (statement.kind === 'let') {
    return own.some(
      (item) => item.kind === 'let' && item.name?.image.toLowerCase() === statement.name?.image.toLowerCase(),
    );
  }
  return own.some((item) => item.kind === statement.kind);
}

// ---------- statements

interface LoweredShared {
  readonly on: readonly (readonly FixedScope[])[];
  readonly lets: readonly Let[];
  readonly warn: readonly Patch['warn'][number][];
  readonly supersedes: readonly Superseded[];
  readonly verdict: PatchVerdict | undefined;
}

const NOTHING_SHARED: LoweredShared = { on: [], lets: [], warn: [], supersedes: [], verdict: undefined };

function lowerShared(context: Lowering, scope: Scope, nodes: readonly Shared[]): LoweredShared {
  const on: (readonly FixedScope[])[] = [];
  const lets: Let[] = [];
  const warn: Patch['warn'][number][] = [];
  const supersedes: Superseded[] = [];
  for (const node of nodes) {
    if (node.kind === 'on') addIfThere(on, lowerOnScopes(context, scope, node));
    else if (node.kind === 'let') addIfThere(lets, lowerPatchLet(context, scope, node));
    else if (node.kind === 'each') {
      misplaced(context, node, 'a patch: `let … in` looks things up in a product, whose names its patches can use');
      // Bound all the same: its uses would say nothing more.
      lowerFinds(context, scope, [node]);
    }
  }
  for (const node of nodes) {
    if (node.kind === 'warn') addIfThere(warn, lowerWarn(context, scope, node));
    else if (node.kind === 'supersedes') supersedes.push(...lowerSupersedes(context, node));
    else if (node.kind === 'superseded-by') supersedes.push(...lowerSupersededBy(context, node));
  }
  return { on, lets, warn, supersedes, verdict: lowerVerdict(context, scope, nodes) };
}

function addIfThere<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

const lowerOnScopes = (context: Lowering, scope: Scope, node: OnNode) => lowerOn(context, scope, node)?.scopes;
const lowerPatchLet = (context: Lowering, scope: Scope, node: LetNode) => lowerLet(context, scope, node);

function lowerVerdict(context: Lowering, scope: Scope, nodes: readonly Shared[]): PatchVerdict | undefined {
  const found = nodes.filter((node) => VERDICTS.has(node.kind));
  const second = found[1];
  if (second !== undefined) {
    fail(context, 'two-verdicts', second, {
      message:
        'This patch says already when it is installed or missing: join the conditions with `all { … }` or `any { … }`.',
    });
  }
  const node = found[0];
  if (node === undefined) return undefined;
  const at = located(context, node);
  if (node.kind === 'note') return { kind: 'note', at, ...why(plainText(node.why)) };
  if (node.kind === 'missing' && node.always) return { kind: 'missing-always', at, ...why(plainText(node.why)) };
  if (node.kind !== 'missing' && node.kind !== 'installed') return undefined;
  const condition = lowerCondition(context, scope, node.condition);
  return condition && { kind: node.kind === 'missing' ? 'missing-when' : 'installed-when', condition, at };
}

const why = (text: string | undefined) => (text === undefined ? {} : { why: text });

function lowerWarn(context: Lowering, scope: Scope, node: WarnNode): Patch['warn'][number] | undefined {
  const text = plainText(node.text);
  const at = located(context, node);
  if (node.newer) return { kind: 'newer', at, ...(text !== undefined && { text }) };
  const condition = lowerCondition(context, scope, node.condition);
  return condition && { kind: 'when', condition, at, ...(text !== undefined && { text }) };
}

function lowerSupersedes(context: Lowering, node: SupersedesNode): Superseded[] {
  return node.items.map(({ name, before }) => {
    const at = located(context, spanOf(name));
    const everything = name.image === 'everything';
    if (!everything && before !== undefined && closest(name.image, ['everything']) !== undefined) {
      report(context, 'bad-value', spanOf(name), {
        message: `Before a date stands a patch, a bulletin or \`everything\`, not \`${name.image}\`. Did you mean \`everything\`?`,
        fix: { title: 'Change to `everything`', text: 'everything' },
      });
    } else if (!everything) context.references.push({ kind: 'patch', name: name.image, at, owner: context.owner });
    else if (before === undefined) {
      report(context, 'bad-value', spanOf(name), {
        message: '`everything` needs a date: `supersedes everything before 2010-11-20`.',
      });
    }
    return { name: name.image, reversed: false, at, ...(before !== undefined && { before: before.image }) };
  });
}

function lowerSupersededBy(context: Lowering, node: SupersededByNode): Superseded[] {
  return node.names.map((name) => {
    const at = located(context, spanOf(name));
    context.references.push({ kind: 'patch', name: name.image, at, owner: context.owner });
    return { name: name.image, reversed: true, at };
  });
}

function lowerFixes(context: Lowering, scope: Scope, node: PatchNode): readonly FixedScope[] {
  const nodes = node.body.filter((item): item is FixesNode => item.kind === 'fixes');
  const scopes = nodes.flatMap((fixes) => fixes.scopes);
  if (scopes.length === 0 && !context.damaged) {
    report(context, 'no-fixes', node.name === undefined ? node : spanOf(node.name), {
      message: 'This patch applies nowhere: say which products or which Windows it `fixes`.',
    });
  }
  return scopes.flatMap((one) => lowerFixed(context, scope, one) ?? []);
}

function lowerFixed(context: Lowering, scope: Scope, node: ScopedNode): FixedScope | undefined {
  const at = located(context, spanOf(node.name));
  context.references.push({ kind: 'product', name: node.name.image, at, owner: context.owner });
  const bounds = lowerBounds(context, scope, node.bounds);
  return bounds === undefined ? lost(context) : { name: node.name.image, bounds, at: located(context, node) };
}

// ---------- metadata

type Attributes = ReadonlyMap<string, AttributeNode>;

/** Attributes by their word, without findings. */
function attributesOf(nodes: readonly Shared[]): Attributes {
  const found = new Map<string, AttributeNode>();
  for (const node of nodes) if (isAttribute(node)) found.set(node.name.image, node);
  return found;
}

function lowerMetadata(
  context: Lowering,
  own: Attributes,
  inherited?: { readonly quiet: Lowering; readonly nodes: Attributes },
) {
  const from = (word: string): [Lowering, AttributeNode | undefined] => {
    const node = own.get(word);
    return node === undefined && inherited !== undefined
      ? [inherited.quiet, inherited.nodes.get(word)]
      : [context, node];
  };
  const optional = <K extends string, V>(key: K, value: V | undefined) =>
    (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
  return {
    severity: severityValue(...from('severity')),
    kb: idValues(...from('kb'), { token: 'Kb', example: 'KB5034441' }),
    cve: idValues(...from('cve'), { token: 'Cve', example: 'CVE-2024-11477' }),
    url: idValues(...from('url'), { token: 'Text', example: '"https://…"' }),
    arch: architectures(...from('arch')),
    ...optional('class', wordValue(...from('class'))),
    ...optional('released', dateValue(...from('released'))),
    ...optional('revised', dateValue(...from('revised'))),
    ...optional('reboot', wordValue(...from('reboot'))),
  };
}

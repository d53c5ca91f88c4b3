/** What patches are judged against: every instance of a detected product, and Windows itself. */
import type { Patch, Scope } from '../model/content.ts';
import { isWindowsName } from '../model/windows-names.ts';
import { inRange, judgeScopes } from './conditions.ts';
import { bind, type Context, type DetectedInstance, type DetectedProduct, type Names } from './context.ts';
import { instanceVersion } from './detect.ts';
import { windowsFact } from './facts.ts';
import { folderVariable } from './folders.ts';
import { and, FALSE, or, type Judged, type Tri } from './kleene.ts';
import { ofArchitecture } from './targets.ts';
import { present, textValue, unreadable, type Read } from './values.ts';

/** One thing that patches are for: an instance, or Windows (product undefined). */
export interface Subject {
  /** Lower case; supersedence counts within one key. */
  readonly key: string;
  readonly instance: number;
  readonly detected?: DetectedInstance;
  readonly names: Names | undefined;
  readonly patches: readonly Covered[];
}

/** A patch that names the subject in its `fixes`. */
export interface Covered {
  readonly patch: Patch;
  /** As the patch calls it: the product's id, or the Windows name that the machine bears. */
  readonly product: string;
  readonly scopes: readonly Scope[];
}

/** All subjects of a target with their patches, Windows last. */
export function subjectsOf(context: Context, detected: readonly DetectedProduct[]): readonly Subject[] {
  const byProduct = new Map<string, Covered[]>();
  for (const patch of context.content.patches.values()) {
    for (const [product, scopes] of groupScopes(context, patch)) {
      const list = byProduct.get(product) ?? [];
      const name = product === WINDOWS ? (scopes[0]?.name ?? WINDOWS) : product;
      list.push({ patch, product: context.content.products.get(product)?.id ?? name, scopes });
      byProduct.set(product, list);
    }
  }
  const subjects = detected.flatMap(({ id, instances }) =>
    instances.map((instance): Subject => ({
      key: id.toLowerCase(),
      instance: instance.instance,
      detected: instance,
      names: instance.names,
      patches: byProduct.get(id.toLowerCase()) ?? [],
    })),
  );
  const windows: Subject = {
    key: WINDOWS,
    instance: 0,
    names: windowsNames(context),
    patches: byProduct.get(WINDOWS) ?? [],
  };
  return [...subjects, windows].filter((subject) => subject.patches.length > 0);
}

const WINDOWS = 'windows';

/** A patch's scopes by what they are of; Windows names that the machine does not bear fall away. */
function groupScopes(context: Context, patch: Patch): ReadonlyMap<string, Scope[]> {
  const groups = new Map<string, Scope[]>();
  for (const scope of patch.fixes) {
    const windows = isWindowsName(scope.name);
    if (windows && !bears(context, scope.name)) continue;
    const key = windows ? WINDOWS : scope.name.toLowerCase();
    const list = groups.get(key) ?? [];
    list.push(scope);
    groups.set(key, list);
  }
  return groups;
}

function bears(context: Context, name: string): boolean {
  return context.target.os.names.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** A patch of Windows sees Windows' version and folder under the names that instances have. */
function windowsNames(context: Context): Names {
  const version = bind('version', { kind: 'read', read: () => windowsFact(context.target.os, 'version') }, undefined);
  const folder = folderVariable(context.target, 'windir');
  const location: Read =
    folder === undefined ? unreadable('the machine tells no %windir%') : present(textValue(folder));
  return bind('location', { kind: 'read', read: () => location }, version);
}

/** Whether a patch is for a subject: `on` and `arch`, then the range of `fixes`. */
export function applicability(context: Context, subject: Subject, covered: Covered): Judged {
  const { patch } = covered;
  let verdict: Tri = ofArchitecture(context, patch.arch).verdict;
  let reason: string | undefined;
  const note = (judged: Judged): void => {
    verdict = and(verdict, judged.verdict);
    if (judged.verdict === 'unknown') reason ??= judged.reason;
  };
  for (const scopes of patch.on) if (verdict !== 'false') note(judgeScopes(context, subject.names, scopes));
  if (verdict === 'false') return FALSE;
  note(anyRange(context, subject, covered.scopes));
  return reason === undefined || verdict !== 'unknown' ? { verdict } : { verdict, reason };
}

function anyRange(context: Context, subject: Subject, scopes: readonly Scope[]): Judged {
  let verdict: Tri = 'false';
  let reason: string | undefined;
  for (const scope of scopes) {
    const version =
      subject.detected === undefined
        ? windowsFact(context.target.os, 'version')
        : instanceVersion(context, subject.detected);
    const judged = inRange(context, subject.names, version, scope.bounds);
    if (judged.verdict === 'true') return judged;
    verdict = or(verdict, judged.verdict);
    if (judged.verdict === 'unknown') reason ??= judged.reason;
  }
  return reason === undefined ? { verdict } : { verdict, reason };
}

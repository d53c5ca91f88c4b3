/** A machine made of a few statements, for evaluation tests: everything that is not stated is absent. */
import { detectProducts } from '../../../server/src/evaluate/detect.ts';
import { createMemo, type DetectedProduct, type Memo } from '../../../server/src/evaluate/context.ts';
import { judgePatches, type Include } from '../../../server/src/evaluate/judge.ts';
import type { PatchJudgement } from '../../../server/src/evaluate/judgement.ts';
import type { OperatingSystem, Outcome, Target, Trace } from '../../../server/src/evaluate/verdict.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Content } from '../../../server/src/model/content.ts';
import { windowsNamesOf } from '../../../server/src/model/windows-names.ts';
import {
  requestId,
  type FileVersion,
  type Hive,
  type Observation,
  type ObservationRequest,
  type RegistryValue,
  type ServiceInfo,
} from '../../../server/src/model/observation.ts';

export type Data = string | number | readonly string[] | RegistryValue;
export interface FileFacts extends FileVersion {
  readonly size?: number;
  readonly modified?: string;
  readonly text?: string;
  readonly sha256?: string;
}

/** What is on a machine, and what cannot be read of it. */
export interface Facts {
  readonly keys?: Readonly<Record<string, Readonly<Record<string, Data>>>>;
  readonly files?: Readonly<Record<string, FileFacts | string>>;
  readonly services?: Readonly<Record<string, Partial<ServiceInfo>>>;
  /** Request ids (`value|hklm\…|name`) or prefixes that are unreadable. */
  readonly unreadable?: readonly string[];
}

export function dataOf(data: Data): RegistryValue {
  if (typeof data === 'string') return { type: 'REG_SZ', data };
  if (typeof data === 'number') return { type: 'REG_DWORD', data: String(data) };
  return Array.isArray(data) ? { type: 'REG_MULTI_SZ', data: data as readonly string[] } : (data as RegistryValue);
}

const ABSENT: Observation = { state: 'absent' };
const present = (value: unknown): Observation => ({ state: 'present', value });

/** Answers requests from facts. */
export class FactMachine {
  readonly asked: ObservationRequest[] = [];
  readonly #facts: Facts;
  readonly #keys = new Map<string, { path: string; values: Readonly<Record<string, Data>> }>();
  readonly #files = new Map<string, { path: string; facts: FileFacts | undefined }>();

  constructor(facts: Facts) {
    this.#facts = facts;
    for (const [path, values] of Object.entries(facts.keys ?? {})) {
      const parts = path.split('\\');
      for (let length = 1; length <= parts.length; length++) {
        const key = parts.slice(0, length).join('\\');
        const known = this.#keys.get(key.toLowerCase());
        const own = length === parts.length ? values : (known?.values ?? {});
        this.#keys.set(key.toLowerCase(), { path: key, values: own });
      }
    }
    for (const [path, said] of Object.entries(facts.files ?? {})) {
      const parts = path.split('\\');
      for (let length = 1; length < parts.length; length++) {
        const folder = parts.slice(0, length).join('\\');
        this.#files.set(folder.toLowerCase(), { path: folder, facts: undefined });
      }
      this.#files.set(path.toLowerCase(), { path, facts: typeof said === 'string' ? { fileVersion: said } : said });
    }
  }

  observe(request: ObservationRequest): Observation {
    this.asked.push(request);
    const id = requestId(request);
    const blocked = this.#facts.unreadable?.some(
      (one) => id === one.toLowerCase() || id.startsWith(`${one.toLowerCase()}\\`),
    );
    if (blocked === true) return { state: 'unreadable', reason: 'access denied' };
    switch (request.kind) {
      case 'key':
      case 'subkeys':
      case 'value':
      case 'values':
        return this.#registry(request);
      case 'service':
        return this.#service(request.name);
      case 'services':
        return present(Object.keys(this.#facts.services ?? {}));
      default:
        return this.#file(request.kind, request.path.replace(/\\$/, ''));
    }
  }

  #registry(request: ObservationRequest & { hive: Hive; path: string }): Observation {
    const path = request.path === '' ? request.hive : `${request.hive}\\${request.path}`;
    const key = this.#keys.get(path.toLowerCase());
    if (key === undefined) return request.path === '' ? present([]) : ABSENT;
    if (request.kind === 'key') return present(true);
    const values = Object.fromEntries(Object.entries(key.values).map(([name, data]) => [name, dataOf(data)]));
    if (request.kind === 'values') return present(values);
    if (request.kind === 'value') {
      const found = Object.entries(values).find(([name]) => name.toLowerCase() === request.name.toLowerCase());
      return found === undefined ? ABSENT : present(found[1]);
    }
    return present(
      childrenOf(
        [...this.#keys.values()].map((one) => one.path),
        key.path,
      ),
    );
  }

  #service(name: string): Observation {
    const found = Object.entries(this.#facts.services ?? {}).find(([one]) => one.toLowerCase() === name.toLowerCase());
    if (found === undefined) return ABSENT;
    const rest = { start: present('automatic'), account: present('LocalSystem'), path: ABSENT };
    return present({ name: found[0], displayName: found[0], state: 'running', ...rest, ...found[1] });
  }

  #file(kind: 'file' | 'version' | 'text' | 'sha256' | 'entries', path: string): Observation {
    const found = this.#files.get(path.toLowerCase());
    if (found === undefined) return ABSENT;
    const info = (one: { facts: FileFacts | undefined }): object => ({
      folder: one.facts === undefined,
      size: one.facts?.size ?? 1,
      modified: one.facts?.modified ?? '2026-01-01T00:00:00Z',
    });
    if (kind === 'file') return present(info(found));
    if (kind === 'entries') {
      if (found.facts !== undefined) return ABSENT;
      const names = childrenOf(
        [...this.#files.values()].map((one) => one.path),
        found.path,
      );
      const entry = (name: string): object => ({
        name,
        ...info(this.#files.get(`${found.path}\\${name}`.toLowerCase()) ?? found),
      });
      return present(names.map(entry));
    }
    if (found.facts === undefined) return ABSENT;
    if (kind === 'version') {
      const { size: _size, modified: _modified, text: _text, sha256: _sha256, ...version } = found.facts;
      return present(version);
    }
    const said = found.facts[kind];
    return said === undefined ? ABSENT : present(said);
  }
}

function childrenOf(paths: readonly string[], parent: string): readonly string[] {
  const prefix = `${parent}\\`.toLowerCase();
  const below = paths.filter((path) => path.toLowerCase().startsWith(prefix)).map((path) => path.slice(prefix.length));
  return [...new Set(below.filter((rest) => !rest.includes('\\')))];
}

/** Windows 10 22H2, 64-bit, unless told otherwise. */
export function windows(changes: Partial<OperatingSystem> = {}): Target {
  const os: OperatingSystem = {
    name: 'Windows 10 22H2',
    names: [],
    version: '10.0.19045.3570',
    build: 19045,
    ubr: 3570,
    release: '22H2',
    servicePack: 0,
    edition: 'pro',
    role: 'workstation',
    architecture: 'x64',
    language: 'en-US',
    installation: 'client',
    ...changes,
  };
  const variables = new Map([
    ['windir', 'C:\\Windows'],
    ['systemdrive', 'C:'],
    ['programfiles', 'C:\\Program Files'],
    ['programfiles(x86)', 'C:\\Program Files (x86)'],
    ['commonprogramfiles', 'C:\\Program Files\\Common Files'],
    ['commonprogramfiles(x86)', 'C:\\Program Files (x86)\\Common Files'],
    ['programdata', 'C:\\ProgramData'],
  ]);
  return {
    os: { ...os, names: changes.names ?? windowsNamesOf(os) },
    variables,
    now: new Date('2026-06-01T12:00:00Z'),
  };
}

/** Content that must link without an error. */
export function content(text: string): Content {
  const linked = linkContent([{ file: 'test.detect', text }]);
  const errors = linked.findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((error) => `${error.code}: ${error.message}`).join('\n'));
  return linked.content;
}

/** Content whose errors are the point. */
export function faulty(text: string): Content {
  return linkContent([{ file: 'test.detect', text }]).content;
}

export interface Scanned {
  readonly products: readonly DetectedProduct[];
  readonly patches: readonly PatchJudgement[];
  /** Requests of each round. */
  readonly rounds: readonly (readonly string[])[];
}

export interface ScanSettings {
  readonly target?: Target;
  readonly include?: readonly Include[];
  readonly trace?: boolean;
  /** Every round begins without a memo. */
  readonly forgetful?: boolean;
  readonly without?: readonly string[];
}

/** Detects and judges, asking the machine round by round as a scan does. */
export function scan(source: string | Content, facts: Facts | FactMachine, settings: ScanSettings = {}): Scanned {
  const of = typeof source === 'string' ? content(source) : source;
  const machine = facts instanceof FactMachine ? facts : new FactMachine(facts);
  const known = new Map<string, Observation>();
  const rounds: string[][] = [];
  const observations = { get: (request: ObservationRequest) => known.get(requestId(request)) };
  const drive = <T>(step: () => Outcome<T>): T => {
    for (;;) {
      const result = step();
      if (result.done) return result.value;
      rounds.push(result.needed.map(requestId));
      for (const request of result.needed) {
        if (known.has(requestId(request))) throw new Error(`asked twice: ${requestId(request)}`);
        known.set(requestId(request), machine.observe(request));
      }
    }
  };
  const shared = createMemo();
  const memo = (): Memo => (settings.forgetful === true ? createMemo() : shared);
  const common = { content: of, target: settings.target ?? windows(), observations, trace: settings.trace ?? true };
  const products = drive(() => detectProducts({ ...common, memo: memo() }));
  const include = new Set(settings.include);
  const out = (id: string): boolean => !(settings.without ?? []).includes(id);
  const patches = drive(() =>
    judgePatches({ ...common, memo: memo(), detected: products, include, wanted: (patch) => out(patch.id) }),
  );
  return { products, patches, rounds };
}

/** The statuses as one readable object: `PATCH product#instance` to status. */
export function statuses(scanned: Scanned): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scanned.patches.map((patch) => [`${patch.id} ${patch.product}#${patch.instance}`, patch.status]),
  );
}

/** The verdict of one condition on a machine, through a product that is installed when it holds. */
export function verdictOf(condition: string, facts: Facts = {}, target?: Target): 'true' | 'false' | 'unknown' {
  return judgedBy(condition, facts, target).verdict;
}

/** The same with its trace and the requests it made. */
export function judgedBy(
  condition: string,
  facts: Facts = {},
  target?: Target,
): { readonly verdict: 'true' | 'false' | 'unknown'; readonly trace?: Trace; readonly rounds: Scanned['rounds'] } {
  const scanned = scan(
    `patch P fixes windows { installed when ${condition} }`,
    facts,
    target === undefined ? {} : { target },
  );
  const patch = scanned.patches[0];
  const verdict = ({ installed: 'true', missing: 'false', unknown: 'unknown' } as const)[
    patch?.status as 'installed' | 'missing' | 'unknown'
  ];
  return { verdict, rounds: scanned.rounds, ...(patch?.trace === undefined ? {} : { trace: patch.trace }) };
}

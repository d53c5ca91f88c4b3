/** The variables that content names, and their values on a target. */
import type { Content } from '../../model/content.ts';
import type { ObservationRequest } from '../../model/observation.ts';
import type { Observations } from '../../evaluate/verdict.ts';
import { FOLDER_VALUES, environmentValue } from './requests.ts';

/** Names that come from the folders of Windows itself, not from the environment. */
const FROM_ROOT = new Set(['windir', 'systemroot', 'systemdrive', 'system32', 'syswow64']);

/** Every `%Name%` in content, in lower case: nothing else of the machine's environment is read, it may hold secrets. */
export function variablesOf(content: Content): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && value.kind === 'variable' && 'variable' in value && typeof value.variable === 'string')
        found.add(value.variable.toLowerCase());
      for (const [name, member] of Object.entries(value)) if (name !== 'at' && name !== 'nameAt') visit(member);
    }
  };
  for (const declarations of [content.products, content.patches, content.checks]) visit([...declarations.values()]);
  return found;
}

/** What must be asked to know the variables: the folders always, since evaluation derives paths from them. */
export function variableRequests(names: ReadonlySet<string>): ReadonlyMap<string, ObservationRequest> {
  const requests = new Map(Object.entries(FOLDER_VALUES));
  for (const name of names) if (!requests.has(name) && !FROM_ROOT.has(name)) requests.set(name, environmentValue(name));
  return requests;
}

/** The values of all variables that the machine tells, with variables inside them expanded. */
export function readVariables(
  observations: Observations,
  requests: ReadonlyMap<string, ObservationRequest>,
  systemRoot: string,
): ReadonlyMap<string, string> {
  const raw = new Map<string, string>([
    ['windir', systemRoot],
    ['systemroot', systemRoot],
    ['systemdrive', systemRoot.slice(0, 2)],
  ]);
  for (const [name, request] of requests) {
    const text = textOf(observations, request);
    if (text !== undefined && text !== '' && !raw.has(name)) raw.set(name, text);
  }
  return new Map([...raw].map(([name, text]) => [name, expand(text, raw, 0)]));
}

/** A text value, with blanks around it and a final backslash gone; undefined where it is not there or of another type. */
export function textOf(observations: Observations, request: ObservationRequest): string | undefined {
  const data = dataOf(observations, request);
  return typeof data === 'string' ? data.trim() : undefined;
}

/** The texts of a REG_MULTI_SZ; undefined where it is not there or of another type. */
export function listOf(observations: Observations, request: ObservationRequest): readonly string[] | undefined {
  const data = dataOf(observations, request);
  return Array.isArray(data) ? data.filter((text): text is string => typeof text === 'string') : undefined;
}

function dataOf(observations: Observations, request: ObservationRequest): unknown {
  const observation = observations.get(request);
  if (observation?.state !== 'present') return undefined;
  const { value } = observation;
  return typeof value === 'object' && value !== null && 'data' in value ? value.data : undefined;
}

/** Variables may name each other; five levels are more than Windows has, and end what names itself. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth: number): string {
  if (depth >= 5) return text;
  return text.replace(/%([^%\\/:*?"<>|]+)%/g, (whole, name: string) => {
    const value = variables.get(name.toLowerCase());
    return value === undefined ? whole : expand(value, variables, depth + 1);
  });
}

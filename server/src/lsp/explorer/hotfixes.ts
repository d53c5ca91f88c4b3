/** Updates that a machine has: packages of Component Based Servicing, and the legacy list of hotfixes. */
import type { Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import type { ExplorerItem, ExplorerPage } from '../../protocol/explorer.ts';
import { NotRead, failureOf } from './failures.ts';
import { item } from './items.ts';
import { allSubkeys } from './registry.ts';
import type { Looking } from './sessions.ts';

const PACKAGES = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const LEGACY = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Hotfix';
/** More packages than are on any machine. */
const MOST = 50_000;
const MOST_STATES = 5000;
/** States of a package that servicing knows ([CBS] CurrentState); any other is on its way, or gone. */
const INSTALLED = '112';

const NONE_RECORDED = 'The list of updates was not recorded.';
const NOT_ALL = 'Not every update was recorded: there may be more.';

export async function hotfixList(looking: Looking): Promise<ExplorerPage> {
  const [packages, legacy] = await Promise.all([
    allSubkeys({ hive: 'HKLM', path: PACKAGES }, MOST, looking),
    allSubkeys({ hive: 'HKLM', path: LEGACY }, MOST, looking),
  ]);
  const failed = packages.failed;
  if (failed && packages.names.length === 0 && legacy.names.length === 0) {
    if (failed.reason === 'not recorded') return { items: [], note: NONE_RECORDED };
    throw new NotRead(failureOf(failed, 3, looking));
  }
  const serviced = packages.names.flatMap((name) =>
    [...name.matchAll(/(?:^|_)(KB\d{5,8})(?=[_~]|$)/gi)].map(([, kb = '']) => ({ kb: kb.toUpperCase(), name })),
  );
  const some = serviced.slice(0, MOST_STATES);
  const states = await valuesOf(
    some.map(({ name }) => valueAt(`${PACKAGES}\\${name}`, 'CurrentState')),
    looking,
  );
  const old = legacy.names.filter((name) => /^KB\d{5,8}$/i.test(name));
  const marks = await valuesOf(
    old.map((name) => valueAt(`${LEGACY}\\${name}`, 'Installed')),
    looking,
  );
  const found = new Map<string, string>();
  const tell = (kb: string, state: string): void => {
    if (found.get(kb) !== 'installed') found.set(kb, state);
  };
  some.forEach(({ kb }, index) => tell(kb, packageState(states[index])));
  old.forEach((name, index) => tell(name.toUpperCase(), marks[index] === '1' ? 'installed' : 'not installed'));
  const items = [...found].map(([kb, state]) => hotfixItem(kb, state));
  return {
    items: items.toSorted((one, other) => other.label.localeCompare(one.label, 'en', { numeric: true })),
    ...(!(packages.complete && legacy.complete) && { note: items.length === 0 ? NONE_RECORDED : NOT_ALL }),
  };
}

const packageState = (state: string | undefined): string =>
  state === INSTALLED ? 'installed' : state === undefined ? 'state not known' : `not installed (state ${state})`;

const hotfixItem = (kb: string, state: string): ExplorerItem =>
  item({ node: { kind: 'hotfix', kb }, label: kb, description: state, copyPath: kb, copyValue: kb });

const valueAt = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });

async function valuesOf(
  requests: readonly ObservationRequest[],
  { machine, signal }: Looking,
): Promise<readonly (string | undefined)[]> {
  const observed = (await machine.observe(requests, signal)) as readonly Observation<RegistryValue>[];
  return observed.map((one) =>
    one.state === 'present' && typeof one.value.data === 'string' ? one.value.data : undefined,
  );
}

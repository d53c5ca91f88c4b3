/** Services of a machine: their state, how they start, as whom and what. */
import type { Observation, ServiceInfo } from '../../model/observation.ts';
import type { ExplorerCursor, ExplorerItem, ExplorerPage } from '../../protocol/explorer.ts';
import { isGone, valueOf } from './failures.ts';
import { item } from './items.ts';
import { PAGE } from './registry.ts';
import type { Looking } from './sessions.ts';

export async function serviceList(cursor: ExplorerCursor | undefined, looking: Looking): Promise<ExplorerPage> {
  const { machine, signal } = looking;
  const range = { from: cursor?.from ?? 0, count: PAGE };
  const listed = valueOf(await machine.list({ kind: 'services' }, range, signal), 3, looking);
  const names = listed?.items ?? [];
  const observed = await machine.observe(
    names.map((name) => ({ kind: 'service', name })),
    signal,
  );
  const items = names.map((name, index) => serviceItem(name, observed[index] as Observation<ServiceInfo> | undefined));
  return {
    items: items.toSorted((one, other) => one.label.localeCompare(other.label, 'en')),
    ...(listed?.next !== undefined && { next: { list: 'rest', from: listed.next } }),
    ...(listed?.complete === false && {
      note: 'The recording has only services that content asked for: there may be more.',
    }),
  };
}

function serviceItem(name: string, observed: Observation<ServiceInfo> | undefined): ExplorerItem {
  const parts = { node: { kind: 'service', name } as const, label: name, copyPath: name };
  if (observed?.state !== 'present') {
    const reason = observed?.state === 'unreadable' ? observed.reason : 'not there';
    return item({ ...parts, description: reason, unreadable: true });
  }
  const { displayName, state, start, account, path } = observed.value;
  return item({
    ...parts,
    description: [state, textOf(start), displayName].join(' · '),
    details: [
      displayName,
      `State: ${state}`,
      `Start: ${textOf(start)}`,
      `Account: ${textOf(account)}`,
      `Path: ${textOf(path)}`,
    ],
    expandable: true,
  });
}

const textOf = (told: Observation<string>): string =>
  told.state === 'present' ? told.value : told.state === 'absent' ? 'not set' : told.reason;

export async function serviceChildren(name: string, looking: Looking): Promise<ExplorerPage> {
  const { machine, signal } = looking;
  const [observed] = await machine.observe([{ kind: 'service', name }], signal);
  const info = observed && (valueOf(observed, 3, looking) as ServiceInfo | undefined);
  if (!info) throw isGone(`The service ${name}`);
  const line = (property: string, label: string, told: Observation<string>): ExplorerItem =>
    item({
      node: { kind: 'service-property', name, property },
      ...{ label, description: textOf(told), copyPath: name },
      ...(told.state === 'present' ? { copyValue: told.value } : { unreadable: true }),
    });
  const present = (value: string): Observation<string> => ({ state: 'present', value });
  return {
    items: [
      line('state', 'State', present(info.state)),
      line('start', 'Start type', info.start),
      line('account', 'Account', info.account),
      line('path', 'Binary path', info.path),
      line('display-name', 'Display name', present(info.displayName)),
    ],
  };
}

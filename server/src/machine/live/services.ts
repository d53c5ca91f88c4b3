/** Services: existence and state from the service control manager, how they start from the registry. */
import type { Observation, RegistryValue, ServiceInfo, ServiceStart, ServiceState } from '../../model/observation.ts';
import {
  closeService,
  enumServices,
  openManager,
  openService,
  queryDisplayName,
  queryServiceState,
  SVCCTL,
  type ListedService,
} from '../../wire/dcerpc/svcctl.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import { RpcPipe } from '../../wire/dcerpc/pipe.ts';
import { win32Error, WireError } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { ABSENT, present, reading, refused } from './unreadable.ts';

const ERROR = { MORE_DATA: 234, SERVICE_DOES_NOT_EXIST: 1060 } as const;
const MAX_ROUNDS = 64;
const ROOM_FOR_NEWCOMERS = 2048;

/** By their numbers in SERVICE_STATUS (MS-SCMR 2.2.47). */
export const SERVICE_STATES: readonly (ServiceState | undefined)[] = [
  undefined,
  'stopped',
  'start-pending',
  'stop-pending',
  'running',
  'continue-pending',
  'pause-pending',
  'paused',
];
const STARTS: readonly ServiceStart[] = ['boot', 'system', 'automatic', 'manual', 'disabled'];

/** The values of a service's registry key that say how it starts. */
export const SERVICE_VALUES = ['Start', 'ObjectName', 'ImagePath', 'DisplayName'] as const;

/** Gives one of SERVICE_VALUES. */
export type ServiceValues = (name: (typeof SERVICE_VALUES)[number]) => Promise<Observation<RegistryValue>>;

/** A name that leads nowhere but to its own key. */
export function isServiceName(name: string): boolean {
  return name !== '' && name.length <= 256 && !/[\\/\0]/.test(name);
}

/** One svcctl pipe and the manager's handle on it. */
export class ServiceManager {
  readonly #pipe: RpcPipe;
  readonly #manager: Handle;

  private constructor(pipe: RpcPipe, manager: Handle) {
    this.#pipe = pipe;
    this.#manager = manager;
  }

  static async open(tree: Tree, call: Call): Promise<ServiceManager> {
    const pipe = await RpcPipe.open(tree, SVCCTL, call);
    const { code, value } = await openManager(pipe, call);
    if (code === 0) return new ServiceManager(pipe, value);
    pipe.close();
    throw win32Error(code, 'the service control manager could not be opened');
  }

  get usable(): boolean {
    return !this.#pipe.broken;
  }

  close(): void {
    this.#pipe.close();
  }

  async service(name: string, values: ServiceValues, call: Call): Promise<Observation<ServiceInfo>> {
    if (!isServiceName(name)) return refused('it is no name of a service');
    const opened = await openService(this.#pipe, { manager: this.#manager, name }, call);
    if (opened.code === ERROR.SERVICE_DOES_NOT_EXIST) return ABSENT;
    if (opened.code !== 0) throw win32Error(opened.code, 'the service could not be opened');
    const state = await queryServiceState(this.#pipe, opened.value, call);
    const display = await values('DisplayName');
    const displayName = textOf(display) ?? (await this.#displayName(opened.value, name, call));
    await closeService(this.#pipe, opened.value, call);
    if (state.code !== 0) throw win32Error(state.code, 'the state of the service could not be read');
    return await describeService({ name, state: state.value, displayName }, values);
  }

  async names(call: Call): Promise<Observation<readonly string[]>> {
    const names: string[] = [];
    const listed = await this.#list(call, ({ name }) => names.push(name));
    return listed.state === 'present' ? present(names) : listed;
  }

  /** Those of the wanted services that are in the list of all, by their names in lower case. */
  async listed(wanted: ReadonlySet<string>, call: Call): Promise<Observation<ReadonlyMap<string, StatedService>>> {
    const found = new Map<string, StatedService>();
    const listed = await this.#list(call, ({ name, state, displayName }) => {
      const key = name.toLowerCase();
      if (wanted.has(key)) found.set(key, { name, state, displayName: displayName() });
    });
    return listed.state === 'present' ? present(found) : listed;
  }

  async #list(call: Call, take: (service: ListedService) => void): Promise<Observation<true>> {
    // The first question, without room for an answer, tells how much room is needed.
    for (let resume = 0, room = 0, round = 0; round < MAX_ROUNDS; round++) {
      const { code, value } = await enumServices(this.#pipe, { manager: this.#manager, resume, room }, call);
      if (code !== 0 && code !== ERROR.MORE_DATA) throw win32Error(code, 'the services could not be listed');
      value.services.forEach(take);
      if (code === 0) return present(true);
      resume = value.resume;
      room = value.needed + ROOM_FOR_NEWCOMERS;
    }
    return refused('the list of services does not end');
  }

  async #displayName(service: Handle, name: string, call: Call): Promise<string> {
    const { code, value } = await queryDisplayName(this.#pipe, service, call);
    return code === 0 && value !== '' ? value : name;
  }
}

/** What the service control manager says of a service. */
export interface StatedService {
  readonly name: string;
  /** As a number (MS-SCMR 2.2.47). */
  readonly state: number;
  readonly displayName: string;
}

/** A service as it is told: its state, and from the registry how it starts. */
export async function describeService(
  { name, state, displayName }: StatedService,
  values: ServiceValues,
): Promise<Observation<ServiceInfo>> {
  const [start, account, path, display] = await Promise.all(SERVICE_VALUES.map(values));
  if (!start || !account || !path || !display) throw new Error('a service has four values');
  const known = SERVICE_STATES[state];
  if (!known) return refused(`the service has the unknown state ${state}`);
  return present({
    ...{ name, displayName: textOf(display) ?? (displayName === '' ? name : displayName), state: known },
    ...{ start: startOf(start), account: textIn(account), path: textIn(path) },
  });
}

/** A text that is one, and no reference to a resource elsewhere. */
function textOf(value: Observation<RegistryValue>): string | undefined {
  const text = textIn(value);
  return text.state === 'present' && text.value !== '' && !text.value.startsWith('@') ? text.value : undefined;
}

function textIn(value: Observation<RegistryValue>): Observation<string> {
  if (value.state !== 'present') return value;
  const { type, data } = value.value;
  return type === 'REG_SZ' || type === 'REG_EXPAND_SZ' ? present(data) : refused(`the registry holds it as ${type}`);
}

function startOf(value: Observation<RegistryValue>): Observation<ServiceStart> {
  if (value.state !== 'present') return value;
  const start = value.value.type === 'REG_DWORD' ? STARTS[Number(value.value.data)] : undefined;
  return start ? present(start) : refused('the registry holds an unknown start type');
}

/** A few pipes to the manager, opened when services are asked for. */
export class Services {
  readonly #tree: Tree;
  #idle: ServiceManager[] = [];
  /** Why nothing more is asked: the service control manager does not answer. */
  #dead: WireError | undefined;
  /** The first pipe's opening: where it starts the service, others that knock at the same time can wait in vain (Samba 4.17). */
  #first: Promise<unknown> | undefined;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** Runs one reading on a pipe that nobody else uses meanwhile. */
  async use<T>(call: Call, read: (manager: ServiceManager) => Promise<Observation<T>>): Promise<Observation<T>> {
    return await reading(async () => {
      const manager = this.#idle.pop() ?? (await this.#open(call));
      try {
        return await read(manager);
      } finally {
        if (manager.usable) this.#idle.push(manager);
        else manager.close();
      }
    });
  }

  async #open(call: Call): Promise<ServiceManager> {
    if (this.#first) await this.#first.catch(() => undefined);
    if (this.#dead) throw this.#dead;
    try {
      const opening = ServiceManager.open(this.#tree, call);
      this.#first ??= opening;
      return await opening;
    } catch (error) {
      if (error instanceof WireError && error.failure.kind === 'timeout') this.#dead = error;
      throw error;
    }
  }

  close(): void {
    for (const manager of this.#idle) manager.close();
    this.#idle = [];
  }
}

/** The few things that a scan changes on a machine when it was asked to, and their undoing. */
import type { ServiceState } from '../../model/observation.ts';
import { RpcPipe } from '../../wire/dcerpc/pipe.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import { readableByAdministrators } from '../../wire/dcerpc/security-descriptor.ts';
import { addShare, listShares, removeShare, SRVSVC, type ShareEntry } from '../../wire/dcerpc/srvsvc.ts';
import {
  changeStartType,
  openManager,
  openService,
  queryServiceState,
  SERVICE_CHANGE,
  START_TYPE,
  startService,
  stopService,
  SVCCTL,
} from '../../wire/dcerpc/svcctl.ts';
import { malformed, win32Error } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { SERVICE_STATES } from './services.ts';

const ERROR = {
  ALREADY_RUNNING: 1056,
  DISABLED: 1058,
  NOT_ACTIVE: 1062,
  NO_SUCH_SHARE: 2310,
  BAD_NET_NAME: 67,
} as const;

export type { ShareEntry };

/** What came of a service's start. */
export type Started = 'started' | 'running already' | 'disabled';

/** Changes to one machine; each operation rejects with a WireError where the machine refuses it. */
export class MachineChanges {
  readonly #pipes: Tree;
  readonly #call: Call;

  constructor(pipes: Tree, call: Call) {
    this.#pipes = pipes;
    this.#call = call;
  }

  async shares(): Promise<readonly ShareEntry[]> {
    return await this.#server(async (pipe) => {
      const { code, value } = await listShares(pipe, this.#call);
      if (code !== 0) throw win32Error(code, 'the shares could not be listed');
      return value;
    });
  }

  /** Shares a drive for administrators, to be read by one session. */
  async addShare(share: { readonly name: string; readonly path: string; readonly remark: string }): Promise<void> {
    await this.#server(async (pipe) => {
      const code = await addShare(pipe, { ...share, security: readableByAdministrators() }, this.#call);
      if (code !== 0) throw win32Error(code, 'the temporary share could not be made');
    });
  }

  /** False where there is no such share. A pipe does not see what another one added since it was opened. */
  async removeShare(name: string): Promise<boolean> {
    return await this.#server(async (pipe) => {
      const code = await removeShare(pipe, name, this.#call);
      // Samba says it in its own way.
      const isGone = code === ERROR.NO_SUCH_SHARE || code === ERROR.BAD_NET_NAME;
      if (code !== 0 && !isGone) throw win32Error(code, 'the temporary share could not be removed');
      return code === 0;
    });
  }

  async serviceState(name: string): Promise<ServiceState> {
    return await this.#service(name, 0, async (pipe, service) => {
      const { code, value } = await queryServiceState(pipe, service, this.#call);
      if (code !== 0) throw win32Error(code, 'the state of the service could not be read');
      const state = SERVICE_STATES[value];
      if (!state) throw malformed(`the service has the unknown state ${value}`);
      return state;
    });
  }

  async startService(name: string): Promise<Started> {
    return await this.#service(name, SERVICE_CHANGE.START, async (pipe, service) => {
      const code = await startService(pipe, service, this.#call);
      if (code === ERROR.ALREADY_RUNNING) return 'running already';
      if (code === ERROR.DISABLED) return 'disabled';
      if (code !== 0) throw win32Error(code, 'the service could not be started');
      return 'started';
    });
  }

  /** False where the service did not run. */
  async stopService(name: string): Promise<boolean> {
    return await this.#service(name, SERVICE_CHANGE.STOP, async (pipe, service) => {
      const code = await stopService(pipe, service, this.#call);
      if (code !== 0 && code !== ERROR.NOT_ACTIVE) throw win32Error(code, 'the service could not be stopped');
      return code === 0;
    });
  }

  async setStartType(name: string, start: 'manual' | 'disabled'): Promise<void> {
    await this.#service(name, SERVICE_CHANGE.CONFIG, async (pipe, service) => {
      const startType = start === 'manual' ? START_TYPE.MANUAL : START_TYPE.DISABLED;
      const code = await changeStartType(pipe, { service, startType }, this.#call);
      if (code !== 0) throw win32Error(code, `the service could not be made ${start}`);
    });
  }

  async #server<T>(work: (pipe: RpcPipe) => Promise<T>): Promise<T> {
    const pipe = await RpcPipe.open(this.#pipes, SRVSVC, this.#call);
    try {
      return await work(pipe);
    } finally {
      pipe.close();
    }
  }

  async #service<T>(name: string, change: number, work: (pipe: RpcPipe, service: Handle) => Promise<T>): Promise<T> {
    const pipe = await RpcPipe.open(this.#pipes, SVCCTL, this.#call);
    try {
      const manager = await openManager(pipe, this.#call);
      if (manager.code !== 0) throw win32Error(manager.code, 'the service control manager could not be opened');
      const service = await openService(pipe, { manager: manager.value, name, change }, this.#call);
      if (service.code !== 0) throw win32Error(service.code, `the service ${name} could not be opened`);
      return await work(pipe, service.value);
    } finally {
      pipe.close();
    }
  }
}

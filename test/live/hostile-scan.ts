/** A scan of the scripted server in a process of its own, whose memory and time are measured. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLiar, type Liar, type Lies } from '../lab/liar/liar.ts';
import type { Order, Outcome } from './hostile-worker.ts';

const WORKER = fileURLToPath(new URL('hostile-worker.ts', import.meta.url));

/** Reads of every kind: values, listings of keys and values, a version, a text, a folder, a service, the services. */
export const EVERY_READ = String.raw`
product p.children "Children" {
  each k in keys "HKLM\SOFTWARE\Probe\*"
  installed when k value "Name" exists
}
product p.value "Value" { installed when key "HKLM\SOFTWARE\Probe" value "Text" exists }
product p.values "Values" {
  each v in values "HKLM\SOFTWARE\Probe"
  installed when v.name = "Number"
}
product p.content "Content" { installed when file "C:\probe\probe.txt" text contains "as it is" }
product p.listing "Listing" {
  each f in files "C:\probe\folder\*"
  installed when f.name = "inner.txt"
}
product p.services "Services" {
  each s in services
  installed when s.name = "Probe"
}
patch P-1 "Service" fixes windows { missing when service "Probe" exists }
patch P-2 "Version" fixes windows { missing when file "C:\probe\probe.txt" version < 1.0 }
`;

/** Connections that a scan has left open: it has ended, so the server sees its end within moments. */
async function stillOpen(liar: Liar): Promise<number> {
  for (let look = 0; look < 100 && liar.connections() > 0; look++) await sleep(10);
  return liar.connections();
}

export class HostileScans {
  readonly #worker: ChildProcess;

  private constructor(worker: ChildProcess) {
    this.#worker = worker;
  }

  /** Starts the process; a first scan of an honest server loads and compiles what every scan needs. */
  static async start(): Promise<HostileScans> {
    const scans = new HostileScans(
      fork(WORKER, { execArgv: ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] }),
    );
    await scans.scan({});
    await scans.scan({});
    return scans;
  }

  async scan(lies: Lies, order: Partial<Order> = {}): Promise<Outcome & { left: number }> {
    const liar = await startLiar(lies);
    try {
      const answered = once(this.#worker, 'message') as Promise<[Outcome]>;
      const usual = { content: EVERY_READ, deadline: 4000, requestTimeout: 500 };
      this.#worker.send({ target: liar.target, ...usual, ...order });
      const [outcome] = await answered;
      return { ...outcome, left: await stillOpen(liar) };
    } finally {
      await liar.close();
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.#worker, 'exit');
    this.#worker.disconnect();
    await ended;
  }
}

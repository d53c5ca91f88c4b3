/** A scan of the scripted server in a process of its own, whose memory and time are measured. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startLiar, type Lies } from '../lab/liar/liar.ts';
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
product p.image "Image" { installed when file "C:\probe\probe.txt" version >= 1.0 or file "C:\probe\probe.txt" exists }
product p.listing "Listing" {
  each f in files "C:\probe\folder\*"
  installed when f.name = "inner.txt"
}
product p.services "Services" {
  each s in services
  installed when s.name = "Probe"
}
patch P-1 "Service" fixes windows { missing when service "Probe" exists }
`;

export class HostileScans {
  readonly #worker: ChildProcess;

  private constructor(worker: ChildProcess) {
    this.#worker = worker;
  }

  /** Starts the process; a first scan of an honest server loads and compiles what every scan needs. */
  static async start(): Promise<HostileScans> {
    const scans = new HostileScans(fork(WORKER, { execArgv: ['--expose-gc'] }));
    await scans.scan({});
    await scans.scan({});
    return scans;
  }

  async scan(lies: Lies, order: Partial<Order> = {}): Promise<Outcome> {
    const liar = await startLiar(lies);
    try {
      const answered = once(this.#worker, 'message') as Promise<[Outcome]>;
      const usual = { content: EVERY_READ, deadline: 4000, requestTimeout: 500 };
      this.#worker.send({ target: liar.target, ...usual, ...order });
      const [outcome] = await answered;
      return outcome;
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

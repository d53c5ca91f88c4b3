/** The three machines of `npm run lab`: started once, left running, found again by `.lab/lab.json`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFree } from './free-address.ts';
import { keeperOf, stopKeeper } from './keeper.ts';
import { startMachine } from './lab.ts';
import { LAB_MACHINES } from './machines/index.ts';
import { ADMINISTRATOR, LAB_PASSWORD } from './spec.ts';

const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const STATE = path.join(ROOT, '.lab', 'lab.json');

/** A machine of the running lab. */
export interface FleetMachine {
  readonly name: string;
  readonly about: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}

/** The machines that run now. */
export function labStatus(): readonly FleetMachine[] {
  if (!existsSync(STATE)) return [];
  const known = JSON.parse(readFileSync(STATE, 'utf8')) as readonly FleetMachine[];
  return known.filter((machine) => keeperOf(machine.folder) !== undefined);
}

async function portFor(address: string): Promise<number> {
  const ports = process.getuid?.() === 0 ? [445, 4450] : [4450];
  for (const port of ports) if (await isFree(address, port)) return port;
  throw new Error(`${address} is taken on port ${ports.join(' and ')} by something that is not this lab`);
}

/** Starts every machine that does not run yet, on 445 where that is allowed and free, else on 4450. */
export async function startLab(): Promise<readonly FleetMachine[]> {
  const running = labStatus();
  const machines = await Promise.all(
    LAB_MACHINES.map(async ({ spec, address }): Promise<FleetMachine> => {
      const there = running.find((machine) => machine.name === spec.name);
      if (there) return there;
      const port = await portFor(address);
      const { folder } = await startMachine(spec, { address, port, untilExit: false });
      const password = spec.password ?? LAB_PASSWORD;
      return { name: spec.name, about: spec.about ?? '', address, port, user: ADMINISTRATOR, password, folder };
    }),
  );
  mkdirSync(path.dirname(STATE), { recursive: true });
  writeFileSync(STATE, `${JSON.stringify(machines, null, 2)}\n`);
  return machines;
}

/** Ends every machine of the lab; gives how many there were. */
export async function stopLab(): Promise<number> {
  const running = labStatus();
  await Promise.all(running.map((machine) => stopKeeper(machine.folder)));
  rmSync(STATE, { force: true });
  return running.length;
}

/** `npm run lab`, `npm run lab -- stop`, `npm run lab -- status`: the lab for people. */
import { buildAll } from '../../scripts/build.ts';
import { ensurePrerequisites, PrerequisiteError } from '../../scripts/prerequisites.ts';
import { labStatus, startLab, stopLab } from './fleet.ts';
import type { FleetMachine } from './fleet.ts';

function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

function target(machine: FleetMachine): string {
  return machine.port === 445 ? machine.address : `${machine.address}:${machine.port}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function show(machines: readonly FleetMachine[]): void {
  const rows = machines.map((machine) => [
    machine.name,
    machine.address,
    String(machine.port),
    machine.user,
    machine.password,
    machine.about,
  ]);
  say(table([['machine', 'address', 'port', 'user', 'password', 'special'], ...rows]));
  say();
  say('Scan them (the user and password above are made up for this lab and open nothing else):');
  say();
  say(`  export PATCHLAB_PASSWORD='${machines[0]?.password ?? ''}'`);
  for (const machine of machines) {
    say(`  npx patchlab scan --content samples --machine ${target(machine)} --user ${machine.user}`);
  }
  say();
  say('Their C: drives, services and more lie here; a change shows in the next scan:');
  say();
  for (const machine of machines) say(`  ${machine.name}  ${machine.folder}`);
  say();
  say('npm run lab -- stop ends them.');
}

async function run(verb: string): Promise<number> {
  switch (verb) {
    case 'start':
      ensurePrerequisites(['samba', 'gcc']);
      // The commands that are printed run the built program.
      await buildAll();
      show(await startLab());
      return 0;
    case 'status': {
      const running = labStatus();
      if (running.length > 0) show(running);
      else say('The lab does not run. npm run lab starts it.');
      return 0;
    }
    case 'stop':
      say(`${await stopLab()} machines ended.`);
      return 0;
    default:
      process.stderr.write('npm run lab [-- start | status | stop]\n');
      return 2;
  }
}

try {
  process.exitCode = await run(process.argv[2] ?? 'start');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof PrerequisiteError ? 2 : 4;
}

/** Nothing is precomputed: what a running machine is changed to shows in verdicts and traces; what is pruned is not read. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../server/src/evaluate/verdict.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { contentOf, failureOf, patchOf, scanLab } from './scan-lab.ts';
import { startWireTap } from './wire-tap.ts';

const KEY = 'HKLM\\SOFTWARE\\Probe';
const FOLDER = 'C:\\Program Files\\Probe';

const PROBE = `
product probe "Probe" {
  each k in keys "${KEY}" view 64
  let location = k value "Path"
  let version  = file "\${location}\\probe.exe" version
  installed when file "\${location}\\probe.exe" exists
}
patch PROBE-VALUE   fixes probe { severity low  installed when key "${KEY}" view 64 value "Number" >= 500000 }
patch PROBE-FILE    fixes probe { severity low  installed when version >= 500.0 }
patch PROBE-SERVICE fixes probe { severity low  installed when service "ContosoBackup" is running }
`;

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine(ws01, { smb: { signing: 'mandatory', maxProtocol: 'SMB2_10' } });
  await machine.setRegistryValue(KEY, 'Path', FOLDER);
});
afterAll(() => machine.stop());

const leaves = (trace: Trace | undefined): readonly Trace[] =>
  trace === undefined ? [] : trace.children?.length ? trace.children.flatMap(leaves) : [trace];

describe('a live machine that is changed while it runs', () => {
  it('is seen as it is at each scan: a value, a file version and a service state, drawn at random', async () => {
    const content = contentOf(PROBE);
    for (let round = 0; round < 4; round++) {
      const number = randomInt(1_000_000);
      const version = `${randomInt(1000)}.${randomInt(1000)}.${randomInt(1000)}.${randomInt(1000)}`;
      const state = randomInt(2) === 0 ? 'running' : 'stopped';
      await machine.setRegistryValue(KEY, 'Number', number);
      machine.writeFile(`${FOLDER}\\probe.exe`, { pe: { fileVersion: version } });
      machine.setServiceState('ContosoBackup', state);

      const result = await scanLab(machine, machine.target, { content, trace: true });
      expect(failureOf(result)).toBeUndefined();
      const probe = result.products.find((product) => product.id === 'probe');
      expect(probe?.instances.map((instance) => [instance.version, instance.path])).toEqual([[version, FOLDER]]);
      const seen = (id: string) => leaves(patchOf(result, id).trace).map((leaf) => leaf.observed ?? '');
      const status = (id: string) => patchOf(result, id).status;
      expect(status('PROBE-VALUE')).toBe(number >= 500_000 ? 'installed' : 'missing');
      expect(seen('PROBE-VALUE').join()).toContain(String(number));
      expect(status('PROBE-FILE')).toBe(Number(version.split('.')[0]) >= 500 ? 'installed' : 'missing');
      expect(seen('PROBE-FILE').join()).toContain(version);
      expect(status('PROBE-SERVICE')).toBe(state === 'running' ? 'installed' : 'missing');
      expect(seen('PROBE-SERVICE').join()).toContain(state);
    }
  });
});

describe('a pruned patch', () => {
  const CHAIN = `${PROBE}
patch CHAIN-1 fixes probe { released 2024-01-01  installed when file "\${location}\\oldest-part.dll" version >= 1.0 }
patch CHAIN-2 fixes probe { released 2024-02-01  supersedes CHAIN-1  installed when key "${KEY}" view 64 value "MiddlePart" = 1 }
patch CHAIN-3 fixes probe { released 2024-03-01  supersedes CHAIN-2  installed when key "${KEY}" view 64 value "NewestPart" = 1 }
`;

  it.each([
    ['missing', 0, 'superseded', 'superseded'],
    ['installed', 1, 'effectively installed', 'effectively-installed'],
  ] as const)(
    'costs no read when the head is %s, and is read when it is included',
    async (head, data, pruned, include) => {
      const content = contentOf(CHAIN);
      machine.writeFile(`${FOLDER}\\probe.exe`, { pe: { fileVersion: '1.0.0.0' } });
      await machine.setRegistryValue(KEY, 'NewestPart', data);
      const tap = await startWireTap(machine);
      try {
        const without = await scanLab(machine, tap.target, { content });
        const requestsWithout = tap.requests();
        expect(patchOf(without, 'CHAIN-3').status).toBe(head);
        expect([patchOf(without, 'CHAIN-2').status, patchOf(without, 'CHAIN-1').status]).toEqual([pruned, pruned]);
        expect(tap.sent('NewestPart')).toBe(true);
        expect([tap.sent('MiddlePart'), tap.sent('oldest-part.dll')]).toEqual([false, false]);

        tap.reset();
        const included = await scanLab(machine, tap.target, { content, include: new Set([include]) });
        expect([tap.sent('MiddlePart'), tap.sent('oldest-part.dll')]).toEqual([true, true]);
        expect(tap.requests()).toBeGreaterThan(requestsWithout);
        expect(included.cost.reads).toBe(without.cost.reads + 2);
      } finally {
        await tap.close();
      }
    },
  );
});

describe('a connection that is cut', () => {
  it('after any of 30 random byte counts never yields a missing, installed or product that the whole scan does not', async () => {
    const content = contentOf(`${PROBE}
product sevenzip "7-Zip" {
  each app in programs where app.name starts with "7-Zip"
  let location = app.location
  let version  = file "\${location}\\7z.exe" version
  installed when file "\${location}\\7z.exe" exists
}
patch SZ fixes sevenzip { installed when version >= 24.7 }
patch OLD fixes sevenzip { supersedes NEVER  missing when file "\${location}\\7z.dll" version < 30.0 }
patch NEVER fixes sevenzip { installed when file "\${location}\\gone.dll" version >= 1.0 }
patch SMB1 fixes windows { missing when key "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters" value "SMB1" = 1 }
patch NOSPOOL fixes windows { installed when service "Spooler" is stopped }
`);
    const proxy = await startProxy(machine);
    try {
      const whole = await scanLab(machine, proxy.target, { content });
      expect(failureOf(whole)).toBeUndefined();
      const total = proxy.toClient;
      const claims = new Set(
        whole.patches.map((patch) => `${patch.id} ${patch.product} ${patch.instance} ${patch.status}`),
      );
      const instances = new Set(
        whole.products.flatMap(({ id, instances: all }) =>
          all.flatMap((each) => [`${id} ${each.path} ${each.version}`, `${id} ${each.path} null`]),
        ),
      );
      const failedAt = new Set<number>();
      for (let round = 0; round < 30; round++) {
        const cutAfter = randomInt(1, total);
        proxy.setFaults({ cutAfter });
        const result = await scanLab(machine, proxy.target, { content, requestTimeout: 3000 });
        const failed = result.steps.filter((step) => step.status === 'failed');
        // A cut in the logoff comes too late to matter: then the scan is whole.
        if (failed.length === 0)
          expect(result.patches.map(({ id, status }) => [id, status])).toEqual(
            whole.patches.map(({ id, status }) => [id, status]),
          );
        failed.forEach((step) => failedAt.add(step.step));
        for (const { id, product, instance, status } of result.patches) {
          if (status === 'missing' || status === 'installed')
            expect(claims, `cut after ${cutAfter}`).toContain(`${id} ${product} ${instance} ${status}`);
        }
        for (const { id, instances: all } of result.products)
          for (const each of all)
            if (each.state === 'installed') expect(instances).toContain(`${id} ${each.path} ${each.version}`);
      }
      expect(failedAt.size).toBeGreaterThan(1);
    } finally {
      await proxy.close();
    }
  });
});

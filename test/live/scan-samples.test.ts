/** The sample content on the three machines of the lab: signing mandatory, SMB 3.1.1 only, encryption required. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../server/src/model/content.ts';
import type { PatchResult, ScanResult } from '../../server/src/scan/result.ts';
import { loadContent } from '../../server/src/scan/content-files.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { srv01 } from '../lab/machines/srv01.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { ws02 } from '../lab/machines/ws02.ts';
import { startProxy } from '../lab/proxy.ts';
import { failureOf, scanLab } from './scan-lab.ts';

let content: Content;
const machines = new Map<string, LabMachine>();

beforeAll(async () => {
  const loaded = await loadContent(['samples']);
  if (!loaded.ok) throw new Error(loaded.why);
  content = loaded.linked.content;
  await Promise.all([ws01, srv01, ws02].map(async (spec) => machines.set(spec.name, await startMachine(spec))));
});
afterAll(() => Promise.all([...machines.values()].map((machine) => machine.stop())));

/** Operating system, instances and verdicts, each on one line. */
function digest(result: ScanResult): string {
  const instances = result.products.flatMap(({ id, instances: all }) =>
    all.map((each) => `${each.state} ${id} ${each.version} in ${each.path}`),
  );
  const verdicts = result.patches.map(
    ({ status, id, product, instance }) => `${status}: ${id} for ${product} ${instance}`,
  );
  const { os } = result.machine;
  return [`${os?.name} ${os?.version} ${os?.role} ${os?.edition}`, ...instances, ...verdicts].join('\n');
}

const claimOf = ({ id, product, instance, status }: PatchResult): string =>
  `${status}: ${id} for ${product} ${instance}`;

async function scan(name: string): Promise<ScanResult> {
  const machine = machines.get(name);
  if (!machine) throw new Error(`no machine ${name}`);
  const result = await scanLab(machine, machine.target, { content });
  expect(failureOf(result)).toBeUndefined();
  expect(result.machine.name.toLowerCase()).toBe(name);
  return result;
}

describe('the samples', () => {
  it('find everything on ws01', async () => {
    expect(digest(await scan('ws01'))).toMatchInlineSnapshot(`
      "Windows 10 22H2 10.0.19045.3570 workstation pro
      installed sevenzip 18.1.0.0 in C:\\Program Files\\7-Zip
      installed contoso.backup 4.2.0.118 in C:\\Program Files\\Contoso\\Backup
      installed fabrikam.vpn 3.1.0.7 in C:\\Program Files (x86)\\Fabrikam\\VPN Client
      installed mozilla.firefox 115.9.1.8849 in C:\\Program Files\\Mozilla Firefox
      installed oracle.jre 1.8.0.202 in C:\\Program Files\\Java\\jre1.8.0_202
      installed oracle.jre 1.8.0.181 in C:\\Program Files (x86)\\Java\\jre1.8.0_181
      installed notepadpp 8.4.6.0 in C:\\Program Files\\Notepad++
      installed notepadpp 7.9.5.0 in C:\\Program Files (x86)\\Notepad++
      superseded: SZ-2018-05 for sevenzip 0
      superseded: SZ-2023-01 for sevenzip 0
      missing: SZ-2024-07 for sevenzip 0
      missing: CB-2024-03 for contoso.backup 0
      missing: FV-2024-02 for fabrikam.vpn 0
      not applicable: MFSA-2024-63 for mozilla.firefox 0
      missing: MFSA-2024-65 for mozilla.firefox 0
      not applicable: MFSA-2025-01-release for mozilla.firefox 0
      missing: HARDEN-SMB1 for windows-10 0
      missing: HARDEN-SPOOLER for windows 0
      missing: INV-001 for windows 0
      missing: JRE-8u411 for oracle.jre 0
      missing: JRE-8u411 for oracle.jre 1
      missing: NPP-8.5.7 for notepadpp 0
      missing: NPP-8.5.7 for notepadpp 1
      missing: KB5033372 for windows-10-22h2 0
      superseded: KB5031356 for windows-10-22h2 0
      superseded: KB5032189 for windows-10-22h2 0"
    `);
  });

  it('find everything on srv01', async () => {
    expect(digest(await scan('srv01'))).toMatchInlineSnapshot(`
      "Windows Server 2019 10.0.17763.5122 server standard
      installed sevenzip 24.7.0.0 in C:\\Program Files\\7-Zip
      installed contoso.backup 5.1.2.40 in C:\\Program Files\\Contoso\\Backup
      installed oracle.jre 1.8.0.431 in C:\\Program Files\\Java\\jre1.8.0_431
      installed notepadpp 8.6.9.0 in C:\\Program Files\\Notepad++
      installed notepadpp 8.6.9.0 in C:\\Program Files (x86)\\Notepad++
      effectively installed: SZ-2018-05 for sevenzip 0
      effectively installed: SZ-2023-01 for sevenzip 0
      installed: SZ-2024-07 for sevenzip 0
      missing: CB-2024-03 for contoso.backup 0
      installed: HARDEN-SMB1 for server-2019 0
      installed: HARDEN-SPOOLER for windows 0
      note: ADV-2024-01 for server-2019 0
      missing: INV-001 for windows 0
      installed: JRE-8u411 for oracle.jre 0
      installed: NPP-8.5.7 for notepadpp 0
      installed: NPP-8.5.7 for notepadpp 1
      effectively installed: KB5031361 for server-2019 0
      installed: KB5032196 for server-2019 0"
    `);
  });

  it('find everything on ws02', async () => {
    expect(digest(await scan('ws02'))).toMatchInlineSnapshot(`
      "Windows 11 24H2 10.0.26100.2894 workstation pro
      installed sevenzip 21.7.0.0 in C:\\Program Files\\7-Zip
      installed contoso.backup 5.1.2.40 in C:\\Program Files\\Contoso\\Backup
      installed fabrikam.vpn null in C:\\Program Files (x86)\\Fabrikam\\VPN Client
      installed mozilla.firefox 133.0.0.9086 in C:\\Program Files\\Mozilla Firefox
      installed notepadpp 8.6.2.0 in C:\\Program Files\\Notepad++
      superseded: SZ-2018-05 for sevenzip 0
      superseded: SZ-2023-01 for sevenzip 0
      missing: SZ-2024-07 for sevenzip 0
      installed: CB-2024-03 for contoso.backup 0
      unknown: FV-2024-02 for fabrikam.vpn 0
      superseded: MFSA-2024-63 for mozilla.firefox 0
      not applicable: MFSA-2024-65 for mozilla.firefox 0
      missing: MFSA-2025-01-release for mozilla.firefox 0
      installed: HARDEN-SMB1 for windows-11 0
      missing: HARDEN-SPOOLER for windows 0
      missing: INV-001 for windows 0
      installed: NPP-8.5.7 for notepadpp 0
      superseded: KB5050009 for windows-11-24h2 0
      missing: KB5051987 for windows-11-24h2 0"
    `);
  });

  it('give the same answer at every scan, whatever pipe read what', async () => {
    const first = digest(await scan('ws01'));
    for (let round = 0; round < 5; round++) expect(digest(await scan('ws01'))).toBe(first);
  });

  it('show a progress of seven steps and cost no more than they say', async () => {
    const machine = machines.get('ws01');
    if (!machine) throw new Error('no ws01');
    const seen: number[] = [];
    const result = await scanLab(machine, machine.target, { content, onProgress: ({ step }) => seen.push(step) });
    expect([...new Set(seen)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(result.cost.reads).toBeGreaterThan(30);
    expect(result.cost.bytes).toBeGreaterThan(10_000);
    expect(result.cost.roundTrips).toBeGreaterThan(10);
  });

  it('end at once when the scan is cancelled, and close the connection', async () => {
    const machine = machines.get('ws01');
    if (!machine) throw new Error('no ws01');
    const cancel = new AbortController();
    const scanning = scanLab(machine, machine.target, {
      content,
      signal: cancel.signal,
      onProgress: ({ step }) => {
        if (step === 5) cancel.abort(new Error('cancelled by the test'));
      },
    });
    await expect(scanning).rejects.toThrow('cancelled by the test');
  });

  it.each(['ws01', 'srv01', 'ws02'])(
    'claim nothing that the whole scan of %s does not, after any of 30 random byte counts',
    async (name) => {
      const machine = machines.get(name);
      if (!machine) throw new Error(`no machine ${name}`);
      const proxy = await startProxy(machine);
      try {
        const whole = await scanLab(machine, proxy.target, { content });
        const total = proxy.toClient;
        const claimed = new Set(whole.patches.map(claimOf));
        for (let round = 0; round < 30; round++) {
          const after = randomInt(1, total);
          const fault = round % 10 === 9 ? 'stallAfter' : 'cutAfter';
          proxy.setFaults({ [fault]: after });
          const result = await scanLab(machine, proxy.target, { content, requestTimeout: 1000 });
          const wrong = result.patches.filter((patch) => patch.status !== 'unknown' && !claimed.has(claimOf(patch)));
          expect(wrong, `${fault} ${after} of ${total}`).toEqual([]);
          const isWhole =
            result.patches.length === claimed.size && result.patches.every((patch) => claimed.has(claimOf(patch)));
          if (!isWhole)
            expect(
              result.steps.some((step) => step.status === 'failed'),
              `${fault} ${after}`,
            ).toBe(true);
        }
      } finally {
        await proxy.close();
      }
    },
  );

  it('are not judged at all when the time for the machine is over before it is reached', async () => {
    const machine = machines.get('ws01');
    if (!machine) throw new Error('no ws01');
    const result = await scanLab(machine, machine.target, { content, deadline: 1 });
    const failed = failureOf(result);
    const said = (text: string): string => expect.stringContaining(text) as string;
    expect(failed).toMatchObject({
      step: 2,
      code: '452',
      meaning: said('ran out of time'),
      raw: said('SCAN_DEADLINE'),
    });
    expect(result.patches).toEqual([]);
  });
});

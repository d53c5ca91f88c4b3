/**
 * A machine whose disk and registry Wine made, with programs that real installers put there: what is read of it, and what is
 * found of it, while installers change it. The tests are one story: each goes on where the one before has ended.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectLive } from '../../server/src/machine/live/live.ts';
import type { SnapshotDocument } from '../../server/src/machine/snapshot/format.ts';
import { parseSnapshot } from '../../server/src/machine/snapshot/parse.ts';
import type { Hive, Observation, ObservationRequest, RegistryValue } from '../../server/src/model/observation.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { scanMachine } from '../../server/src/scan/scan.ts';
import { contentOf, patchOf, scanLab } from '../live/scan-lab.ts';
import { differences } from '../lab/differences.ts';
import { netRpc } from '../lab/foreign.ts';
import { readingsOf } from '../lab/snapshot-readings.ts';
import type { Reading } from '../lab/snapshot-readings.ts';
import { startWineMachine } from '../lab/wine/machine.ts';
import type { WineMachine } from '../lab/wine/machine.ts';
import { ODD_KEYS } from '../lab/wine/overlay.ts';
import { installerOf, PRODUCT_CODES, UPGRADE_CODE } from '../lab/wine/programs.ts';
import { parseExport } from '../lab/wine/registry-export.ts';
import type { ExportedRegistry } from '../lab/wine/registry-export.ts';

const PROGRAMS = `
product contoso.archiver "Contoso Archiver" {
  each app in programs where app.name = "Contoso Archiver"
  let location = service "ContosoArchiver" path matching /^(.*)\\\\archiver\\.exe/ else key "HKLM\\SOFTWARE\\Contoso\\Archiver" view 64 value "Path"
  let version = file "\${location}\\archiver.exe" version
  let code = app.product-code
  installed when all {
    msi upgrade-code ${UPGRADE_CODE} is installed
    service "ContosoArchiver" exists
  }
}
patch CA-OLD fixes contoso.archiver { installed when msi ${PRODUCT_CODES.old} is installed }
patch CA-NEW fixes contoso.archiver { installed when version >= 21.7 and msi ${PRODUCT_CODES.new} version >= 21.7 }

product fabrikam.packer "Fabrikam Packer" {
  each app in programs where app.name starts with "Fabrikam Packer"
  let location = app.location
  let version = file "\${location}\\packer.exe" version
  let arch = file "\${location}\\packer.exe" arch
  installed when file "\${location}\\packer.exe" exists
}
patch FP-NEW fixes fabrikam.packer { installed when version >= 21.7 }

product tailspin.notes "Tailspin Notes" {
  each app in programs where app.name starts with "Tailspin Notes" and app.publisher contains "Überraschung 玩具"
  let location = app.location
  let version = file "\${location}\\notes.exe" version
  installed when file "\${location}\\notes.exe" exists
}
patch TN-NEW fixes tailspin.notes { installed when version >= 21.7 }
`;

/** Reads far and wide: both views, users' hives, every service, every file of System32. */
const WIDE = `
product wide.files "Files" {
  each f in files "%System32%\\*.*"
  let version = f.version
  installed when f.size >= 0
}
product wide.classes "Classes" {
  each k in keys "HKLM\\SOFTWARE\\Classes\\CLSID\\*" view both
  let version = k value ""
  installed when key "\${k.path}\\InprocServer32" value "" exists or k value "" exists
}
product wide.odd "Odd values, both views" {
  each v in values "HKLM\\SOFTWARE\\Patchlab Odd" view both
  installed when v.name exists
}
product wide.user "Odd values of a user" {
  each v in values "HKCU\\Software\\Patchlab Odd"
  installed when v.name exists
}
product wide.services "Services" {
  each s in services
  installed when s.display-name exists and s.state is one of "running", "stopped"
}
`;

let wine: WineMachine;

beforeAll(async () => {
  wine = await startWineMachine({ smb: { signing: 'mandatory' } });
});
afterAll(() => wine.stop());

async function scanned(text: string): Promise<{ result: ScanResult; recording: string }> {
  let recording = '';
  const { machine } = wine;
  const result = await scanLab(machine, machine.target, {
    content: contentOf(text),
    include: new Set(['superseded', 'effectively-installed']),
    onRecording: (snapshot) => (recording = snapshot),
  });
  expect(result.steps.filter((step) => step.status === 'failed')).toEqual([]);
  return { result, recording };
}

function instancesOf(result: ScanResult): readonly string[] {
  return result.products
    .flatMap(({ id, instances }) => instances.map((each) => `${id} ${each.version} in ${each.path}`))
    .toSorted();
}

function verdictsOf(result: ScanResult): readonly string[] {
  return result.patches.map(({ id, instance, status }) => `${id} ${instance} ${status}`).toSorted();
}

const byName = (left: string, right: string): number => (left.toLowerCase() < right.toLowerCase() ? -1 : 1);

/** The one person who has a profile on the machine. */
function userOf(registry: ExportedRegistry): string {
  const [name = '?'] = [...registry].flatMap(([key, values]) =>
    /\\ProfileList\\S-1-5-21-[\d-]+$/i.test(key)
      ? (values.get('ProfileImagePath')?.data.toString().split('\\').slice(-1) ?? [])
      : [],
  );
  return name;
}

/** Names and keys are compared without case. */
function lowered(registry: ExportedRegistry): Map<string, Map<string, RegistryValue>> {
  return new Map(
    [...registry].map(([key, values]) => [
      key.toLowerCase(),
      new Map([...values].map(([name, value]) => [name.toLowerCase(), value])),
    ]),
  );
}

/** Our own reading of keys' values, over the wire. */
async function ownReading(keys: readonly string[]): Promise<readonly Observation[]> {
  const { address: host, port, user, password } = wine.machine;
  const signal = AbortSignal.timeout(100_000);
  const connected = await connectLive({ host, port, credential: { user, password } }, signal);
  if (!connected.ok) throw new Error(connected.failure.message);
  try {
    expect((await connected.value.openRegistry(signal)).ok).toBe(true);
    const requests = keys.map((key): ObservationRequest => {
      const [hive, ...parts] = key.split('\\');
      return { kind: 'values', hive: hive as Hive, path: parts.join('\\') };
    });
    return await connected.value.machine().observe(requests, signal);
  } finally {
    await connected.value.close();
  }
}

describe('a machine made by Wine', () => {
  it('has the registry that Wine says it has, key by key and value by value, for us and for `net rpc`', async () => {
    const wanted = [...wine.registry].filter(([key]) => key.includes('\\'));
    const all = wanted.flatMap(([, values]) => [...values.values()]);
    expect(wanted.length).toBeGreaterThan(8_700);
    expect(all.length).toBeGreaterThan(20_000);
    const odd = lowered(wine.registry);
    // Both views and the hive of a user have values of every type: lists, binary of 20 KB, names and texts beyond ASCII.
    expect(ODD_KEYS.map((key) => key.split('\\').slice(0, 3).join('\\'))).toEqual([
      'HKLM\\SOFTWARE\\Patchlab Odd',
      'HKLM\\SOFTWARE\\Wow6432Node',
      'HKU\\S-1-5-21-0-0-0-1000\\Software',
    ]);
    for (const key of ODD_KEYS) {
      const values = odd.get(key.toLowerCase());
      expect(values?.size, key).toBeGreaterThanOrEqual(16);
      expect(values?.get('list')).toEqual({ type: 'REG_MULTI_SZ', data: ['eins', 'zwei ü', '三', `${key} last`] });
      expect(values?.get('größe 尺寸 ω')?.data).toBe('Ünïcödé – Ελληνικά – 日本語 – emoji 🦊');
      const binary = values?.get('binary of 20 kb');
      expect([binary?.type, binary?.data.length]).toEqual(['REG_BINARY', 2 * 20 * 1024]);
    }
    expect(new Set(all.map((value) => value.type)).size).toBeGreaterThanOrEqual(8);

    const file = path.join(wine.machine.folder, 'foreign.reg');
    const foreign = new Map<string, Map<string, RegistryValue>>();
    for (const hive of ['HKLM', 'HKU']) {
      const said = await netRpc(wine.machine, ['registry', 'export', hive, file]);
      expect(said).toMatchObject({ ok: true });
      for (const [key, values] of lowered(parseExport(readFileSync(file)))) foreign.set(key, values);
    }
    const answers = await ownReading(wanted.map(([key]) => key));
    const wrong: string[] = [];
    let compared = 0;
    wanted.forEach(([key, values], index) => {
      const answer = answers[index];
      const ours = answer?.state === 'present' ? (answer.value as Readonly<Record<string, RegistryValue>>) : {};
      const mine = lowered(new Map([[key, new Map(Object.entries(ours))]])).get(key.toLowerCase());
      const theirs = foreign.get(key.toLowerCase());
      for (const [name, value] of values) {
        const texts = [value, mine?.get(name.toLowerCase()), theirs?.get(name.toLowerCase())].map((each) =>
          JSON.stringify(each),
        );
        compared++;
        if (new Set(texts).size > 1) wrong.push(`${key}\\${name}`);
      }
      // Whatever else the server has below the key is read alike as well.
      expect([...(mine?.keys() ?? [])].toSorted(), key).toEqual([...(theirs?.keys() ?? [])].toSorted());
    });
    // Samba lays this one over what is imported.
    expect(wrong).toEqual(['HKLM\\System\\CurrentControlSet\\Control\\Print\\Printers\\DefaultSpoolDirectory']);
    expect(compared).toBe(all.length);
  });

  it('is read by the scan as impacket reads it: every value, service and file version that the scan read', async () => {
    const { result, recording } = await scanned(PROGRAMS + WIDE);
    // The recording has a stand-in for the one person of this machine, in paths alone.
    const person = userOf(wine.registry);
    const standIns = new Set(recording.match(/person\d+/gi));
    expect([...standIns]).toHaveLength(1);
    const snapshot = JSON.parse(recording.replaceAll(/person\d+/gi, person)) as SnapshotDocument;
    const readings = readingsOf(snapshot);
    expect((await differences(wine.machine, readings)).slice(0, 5)).toEqual([]);

    const present = (kind: string): readonly Reading[] =>
      readings.filter(({ request, recorded }) => request.kind === kind && recorded.state === 'present');
    expect(present('value').length + present('values').length).toBeGreaterThan(1_000);
    // Every service that Wine's registry has, and those that Samba has by itself.
    const services = present('service').map(({ request }) => (request.kind === 'service' ? request.name : ''));
    expect(services.toSorted(byName)).toEqual(
      [...wine.services, 'NETLOGON', 'RemoteRegistry', 'WINS'].toSorted(byName),
    );
    expect(services.length).toBeGreaterThan(20);

    const versions = new Map(
      present('version').flatMap(({ request, recorded }) => {
        const value = (recorded.state === 'present' ? recorded.value : {}) as { fileVersion?: string };
        return request.kind === 'version' && value.fileVersion !== undefined ? [[request.path, value.fileVersion]] : [];
      }),
    );
    expect(versions.size).toBeGreaterThanOrEqual(200);
    // And as a program sees them that runs on the machine.
    expect(await wine.fileVersions([...versions.keys()])).toEqual([...versions.values()]);
    // Wine's files are no Windows 10: registry and files disagree, and that is said.
    expect(result.machine.os?.version).toBe('10.0.19045.3570');
    expect(result.steps.find((step) => step.name === 'os')?.warning).toContain('kernel32.dll');
  });

  it('has old programs of real installers, in both views, of the machine and of a user', async () => {
    const { result, recording } = await scanned(PROGRAMS);
    const user = /C:\\\\users\\\\([^\\]+)\\\\/i.exec(JSON.stringify(result.products))?.[1] ?? '?';
    expect(instancesOf(result)).toEqual([
      'contoso.archiver 18.1.0.0 in C:\\Program Files\\Contoso Archiver',
      'fabrikam.packer 18.1.0.0 in C:\\Program Files (x86)\\Fabrikam Packer',
      'fabrikam.packer 18.1.0.0 in C:\\Program Files\\Fabrikam Packer',
      `tailspin.notes 18.1.0.0 in C:\\Users\\${user}\\AppData\\Local\\Programs\\Tailspin Notes`,
    ]);
    expect(verdictsOf(result)).toEqual([
      'CA-NEW 0 missing',
      'CA-OLD 0 installed',
      'FP-NEW 0 missing',
      'FP-NEW 1 missing',
      'TN-NEW 0 missing',
    ]);
    // The recording says the same without the machine.
    expect(parseSnapshot(recording)).toMatchObject({ ok: true });
    const file = path.join(wine.machine.folder, 'wine.snapshot.json');
    writeFileSync(file, recording);
    const replayed = await scanMachine({
      target: { kind: 'snapshot', path: file },
      content: contentOf(PROGRAMS),
      include: new Set(['superseded', 'effectively-installed']),
    });
    expect(verdictsOf(replayed)).toEqual(verdictsOf(result));
    expect(instancesOf(replayed).map((line) => line.replace(/person\d+/, user))).toEqual(instancesOf(result));
  });

  it('is patched by msiexec and the setup programs, and the scan sees it', async () => {
    await wine.run('msiexec', '/i', `Z:\\${installerOf.archiver('new')}`, '/qn');
    await wine.run(`Z:\\${installerOf.packer('new', 32)}`, '/S');
    const { result } = await scanned(PROGRAMS);
    expect(patchOf(result, 'CA-NEW').status).toBe('installed');
    // The upgrade has taken the old product code away.
    expect(patchOf(result, 'CA-OLD').status).toBe('missing');
    const packers = result.products.find(({ id }) => id === 'fabrikam.packer')?.instances;
    expect(packers?.map(({ version, path: at }) => `${version} ${at}`).toSorted()).toEqual([
      '18.1.0.0 C:\\Program Files\\Fabrikam Packer',
      '21.7.0.0 C:\\Program Files (x86)\\Fabrikam Packer',
    ]);
    expect(
      verdictsOf(result)
        .filter((line) => line.startsWith('FP-NEW'))
        .map((line) => line.slice(9))
        .toSorted(),
    ).toEqual(['installed', 'missing']);
  });

  it('is without the programs once they are uninstalled', async () => {
    await wine.run('msiexec', '/x', PRODUCT_CODES.new, '/qn');
    await wine.run('C:\\Program Files\\Fabrikam Packer\\uninstall.exe', '/S', '_?=C:\\Program Files\\Fabrikam Packer');
    await wine.run(`Z:\\${installerOf.notes('new')}`, '/S');
    const { result } = await scanned(PROGRAMS);
    const found = instancesOf(result).map((line) => line.replace(/ in .*/, ''));
    expect(found).toEqual(['fabrikam.packer 21.7.0.0', 'tailspin.notes 21.7.0.0']);
    expect(verdictsOf(result)).toEqual(['FP-NEW 0 installed', 'TN-NEW 0 installed']);
  });
});

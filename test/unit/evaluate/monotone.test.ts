import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestId } from '../../../server/src/model/observation.ts';
import { content, FactMachine, scan, type Facts, type Scanned } from './machine.ts';

const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const UNINSTALL32 = UNINSTALL.replace('SOFTWARE', 'SOFTWARE\\Wow6432Node');
const USER = 'S-1-5-21-1-2-3-1001';

const CONTENT = content(`
product zip "Zip" {
  each app in programs where app.name matches /^Zip (?<release>[\\d.]+)/
  let location = app.location else key "HKLM\\SOFTWARE\\Zip" view both value "Path"
  let version  = file "\${location}\\zip.exe" version else release
  let channel  = "beta" when file "\${location}\\channel.txt" text matches /beta/ else "stable"
  installed when file "\${location}\\zip.exe" exists
}
product agent {
  each s in services where s.display-name contains "Agent"
  let location = s.path as program as folder
  let version  = file "\${location}\\agent.exe" version
  installed when version exists
}
product multi {
  each k in keys "HKLM\\SOFTWARE\\Multi\\*" view both where k value "Path" exists
  let location = k value "Path"
  let version  = k value "Version"
  one per location
}
product looked "Looked up" {
  each k in keys "HKLM\\SOFTWARE\\Multi\\*" view both
  let app in programs where app.name matches /^Zip (?<said>[\\d.]+)/
  let exe in files "C:\\**\\zip.exe" where exe.version >= 1.0
  let location = k value "Path" as path else exe.folder
  let version  = said else exe.version else k value "Version"
  installed when location exists
}
patch L1 fixes looked { installed when version >= 1.5 }
patch L2 fixes looked { missing when any f in files "C:\\**\\*.exe" { f.version < 1.5 } }
check agent-healthy { service "Agent" is running  not service "Agent" start is disabled }
patch Z1 fixes zip { installed when version >= 1.5 }
patch Z2 fixes zip { supersedes Z1 installed when version >= 2.0 and file "\${location}\\zip.dll" version >= 2.0 if present }
patch Z3 fixes zip >= 1.0 { supersedes Z2 installed when version >= 3.0 or hotfix KB5000001 is installed }
patch Z4 fixes zip { missing when channel = "beta" }
patch A1 fixes agent { installed when version >= 2.0 and check agent-healthy }
patch M1 fixes multi { installed when version >= 1.5 }
patch M2 fixes multi { supersedes M1 installed when version >= 2.5 and any k in keys "HKLM\\SOFTWARE\\Multi\\*" view both { k value "Version" >= 2.0 } }
patch W1 fixes windows { missing when key "HKLM\\SOFTWARE\\Smb" value "SMB1" != 0 and not service "Gone" exists }
patch W2 fixes windows { installed when product zip >= 2.0 or all k in keys "HKLM\\SOFTWARE\\Multi\\*" { k value "Version" >= 1.0 } }
`);

const version = fc.constantFrom('0.9', '1.0', '1.7', '2.0', '2.6', '3.0', 'odd');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Some machine on which all of the content has something to decide. */
const machine: fc.Arbitrary<Facts> = fc
  .record({
    zip64: maybe(version),
    zip32: maybe(version),
    zipUser: maybe(version),
    sameFolder: fc.boolean(),
    zipExe: maybe(version),
    zipDll: maybe(version),
    beta: fc.boolean(),
    agent: maybe(version),
    agentState: fc.constantFrom('running' as const, 'stopped' as const),
    multi: fc.array(version, { maxLength: 3 }),
    multi32: fc.array(version, { maxLength: 2 }),
    smb1: maybe(fc.constantFrom(0, 1)),
    hotfix: maybe(fc.constantFrom(0x50, 0x70)),
  })
  .map((one) => {
    const keys: Record<string, Record<string, string | number>> = { [`HKU\\${USER}\\Software`]: {} };
    const files: Record<string, string | { text: string }> = {};
    const program = (root: string, release: string | undefined, location: string): void => {
      if (release === undefined) return;
      keys[`${root}\\Zip`] = { DisplayName: `Zip ${release}`, InstallLocation: location };
      if (one.zipExe !== undefined) files[`${location}\\zip.exe`] = one.zipExe;
      if (one.zipDll !== undefined) files[`${location}\\zip.dll`] = one.zipDll;
      if (one.beta) files[`${location}\\channel.txt`] = { text: 'beta' };
    };
    program(UNINSTALL, one.zip64, 'C:\\Zip');
    program(UNINSTALL32, one.zip32, one.sameFolder ? 'C:\\Zip' : 'C:\\Zip32');
    program(`HKU\\${USER}\\${UNINSTALL.slice(5)}`, one.zipUser, 'C:\\Users\\ann\\Zip');
    one.multi.forEach(
      (text, index) => (keys[`HKLM\\SOFTWARE\\Multi\\${index}`] = { Path: `C:\\M${index}`, Version: text }),
    );
    one.multi32.forEach(
      (text, index) =>
        (keys[`HKLM\\SOFTWARE\\Wow6432Node\\Multi\\${index}`] = { Path: `C:\\M${index}`, Version: text }),
    );
    if (one.smb1 !== undefined) keys['HKLM\\SOFTWARE\\Smb'] = { SMB1: one.smb1 };
    const packages = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
    if (one.hotfix !== undefined) keys[`${packages}\\Package_for_KB5000001~x~~1.0`] = { CurrentState: one.hotfix };
    if (one.agent !== undefined) files['C:\\Agent\\agent.exe'] = one.agent;
    const service = {
      displayName: 'The Agent',
      state: one.agentState,
      path: { state: 'present', value: '"C:\\Agent\\agent.exe" -k' },
    } as const;
    return { keys, files, services: one.agent === undefined ? {} : { Agent: service } };
  });

/** The statuses by patch and by where the instance is; instances that cannot say where are left out. */
function byPlace(scanned: Scanned): ReadonlyMap<string, string> {
  const place = (product: string, instance: number): string | null | undefined =>
    scanned.products.find((one) => one.id === product)?.instances.find((one) => one.instance === instance)?.path;
  const known = scanned.patches.map(
    (patch) => [`${patch.id} ${place(patch.product, patch.instance) ?? ''}`, patch] as const,
  );
  return new Map(known.map(([at, patch]) => [at, patch.status]));
}

/** A machine on which the given requests fail. */
class Deaf extends FactMachine {
  readonly #deaf: ReadonlySet<string>;
  constructor(facts: Facts, deaf: ReadonlySet<string>) {
    super(facts);
    this.#deaf = deaf;
  }
  override observe(request: Parameters<FactMachine['observe']>[0]): ReturnType<FactMachine['observe']> {
    if (this.#deaf.has(requestId(request))) return { state: 'unreadable', reason: 'timeout' };
    return super.observe(request);
  }
}

const PROVEN_INSTALLED = ['installed', 'effectively installed'];

describe('what cannot be read never becomes missing or installed', () => {
  it('whichever observations fail', () => {
    fc.assert(
      fc.property(machine, fc.infiniteStream(fc.boolean()), (facts, coin) => {
        const whole = scan(CONTENT, facts, { trace: false });
        const asked = [...new Set(whole.rounds.flat())];
        const deaf = new Set(asked.filter(() => coin.next().value === true));
        const cut = scan(CONTENT, new Deaf(facts, deaf), { trace: false });
        const before = byPlace(whole);
        for (const [at, status] of byPlace(cut)) {
          const was = before.get(at);
          if (status === 'missing') expect(was, at).toBe('missing');
          // A head that cannot be read leaves the older patch to be judged by itself: what its head had decided of it is open.
          if (status === 'installed') expect([...PROVEN_INSTALLED, 'superseded'], at).toContain(was);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('when only one observation fails, and everything after it as after a broken connection', () => {
    fc.assert(
      fc.property(machine, fc.nat(60), (facts, from) => {
        const whole = scan(CONTENT, facts, { trace: false });
        const cut = scan(CONTENT, new Deaf(facts, new Set(whole.rounds.flat().slice(from))), { trace: false });
        const before = byPlace(whole);
        for (const [at, status] of byPlace(cut)) {
          if (status === 'missing') expect(before.get(at), at).toBe('missing');
          if (status === 'installed') expect([...PROVEN_INSTALLED, 'superseded'], at).toContain(before.get(at));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('and an answer is the same with and without what earlier rounds remembered', () => {
    fc.assert(
      fc.property(machine, (facts) => {
        const remembered = scan(CONTENT, facts);
        const plain = scan(CONTENT, facts, { forgetful: true });
        expect(plain.patches).toEqual(remembered.patches);
        expect(plain.rounds).toEqual(remembered.rounds);
      }),
      { numRuns: 50 },
    );
  });
});

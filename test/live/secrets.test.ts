/** Whatever a scan leaves behind or prints holds neither the password nor a hash of it, wherever it ended. */
import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { md4 } from '../../server/src/wire/crypto/md4.ts';
import { ADMINISTRATOR, startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { runCli } from '../unit/cli/run-cli.ts';

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine(ws01);
});
afterAll(() => machine.stop());

/** The password, its NT hash, and the NTLMv2 key made of that (MS-NLMP 3.3.2), as they could be written. */
function secretsOf(password: string): readonly Buffer[] {
  const nt = md4(Buffer.from(password, 'utf16le'));
  const key = createHmac('md5', nt).update(Buffer.from(ADMINISTRATOR.toUpperCase(), 'utf16le')).digest();
  const hashes = [nt, key].flatMap((hash) => [
    hash,
    Buffer.from(hash.toString('hex')),
    Buffer.from(hash.toString('base64')),
  ]);
  return [
    Buffer.from(password),
    Buffer.from(password, 'utf16le'),
    Buffer.from(encodeURIComponent(password)),
    ...hashes,
  ];
}

describe('a scan with everything that can be written', () => {
  it.each([
    ['goes well', (): string => machine.password, 0],
    ['is refused', (): string => 'fake-wrong-Passw0rd-91', 3],
  ] as const)('writes no secret where it %s', async (_, passwordOf, expected) => {
    const password = passwordOf();
    const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-secrets-'));
    const env = {
      PATCHLAB_PASSWORD: password,
      XDG_STATE_HOME: path.join(cwd, 'state'),
      XDG_CONFIG_HOME: path.join(cwd, 'home'),
    };
    const content = ['--content', path.resolve('samples'), '--machine', machine.target, '--user', machine.user];
    const written = ['--trace', '--log', 'scan.log', '--record', 'a.snapshot.json', '--arrivals', 'arrivals'];
    try {
      const { code, out, err } = await runCli(['scan', ...content, ...written, '--format', 'json'], { cwd, env });
      expect(code).toBe(expected);
      const files = (await readdir(cwd, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThanOrEqual(expected === 0 ? 3 : 2);
      const texts = await Promise.all(files.map((entry) => readFile(path.join(entry.parentPath, entry.name))));
      const all = Buffer.concat([Buffer.from(out), Buffer.from(err), ...texts]);
      const text = all.toString('latin1').toLowerCase();
      expect(text).toContain('step');
      const found = secretsOf(password).filter((secret) => text.includes(secret.toString('latin1').toLowerCase()));
      expect(found).toEqual([]);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});

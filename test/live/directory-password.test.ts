/** Where the password for a directory goes: only where the user allows, never in plain text unasked, and never twice when wrong. */
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { READER, startDirectory } from '../lab/directory.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { ALLOW, count, notes, place, resolve, secure, withDirectory, workspace } from './directory-run.ts';
import { startTrap } from './trap.ts';

const lab = withDirectory();

describe('a password', () => {
  it('goes to no directory that the user has not allowed', async () => {
    const said = notes(lab());
    const { code, err, told } = await resolve(place({ domains: ['lab'] }), ['--user', READER.user]);
    expect([code, told]).toEqual([2, undefined]);
    expect(err).toMatch(
      /password of cn=reader.*\n.*lab: .*by ldaps, trusted through an authority of ca\.pem[^]*--allow-directory "lab"/,
    );
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
  });

  it('does not go there because the machines are allowed', async () => {
    const said = notes(lab());
    const run = await workspace(place({ domains: ['lab'] }));
    const { code, err } = await runCli(['scan', '--group', 'g', '--allow-hosts', '--user', READER.user], run);
    expect([code, err]).toEqual([2, expect.stringContaining('--allow-directory "lab"') as string]);
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
  });

  it('goes nowhere in plain text unless the user says so for that directory, and then with a warning', async () => {
    const said = notes(lab());
    const config = place(
      { ous: ['lab/Berlin/Inner'] },
      { security: 'plain', servers: [`${lab().address}:${lab().port}`] },
    );
    const refused = await resolve(config);
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringMatching(/plain text.*--allow-plain-ldap "lab"/) as string,
    ]);
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
    const allowed = await resolve(config, ['--user', READER.user, '--allow-plain-ldap', 'lab']);
    expect([allowed.code, allowed.told?.machines.length]).toEqual([0, 2]);
    expect(allowed.err).toContain('in plain text; everyone on the way can read it');
  });

  it('that is wrong is tried once, on one directory, and its user logs on nowhere again', async () => {
    const other = await startDirectory({ computers: [] });
    const trap = await startTrap(randomInt(10_000, 20_000));
    const [one, two] = [notes(lab()), notes(other)];
    const second = { ...secure(), servers: [`${other.address}:${other.securePort}`] };
    const config = {
      directories: {
        lab: { ...secure(), servers: [...secure().servers, `${lab().address}:${lab().securePort}`] },
        other: second,
      },
      groups: { g: { domains: ['lab', 'other'], hosts: [`${trap.address}:${trap.port}`] } },
    };
    const args = [...ALLOW, '--allow-directory', 'other'];
    try {
      const { code, told } = await resolve(config, args, 'fake-wrong-password');
      expect(code).toBe(3);
      const [first, next] = told?.directories ?? [];
      expect(first?.error).toMatchObject({
        ...{ code: 'PL101', raw: 'LDAP_INVALID_CREDENTIALS (49)' },
        meaning: expect.stringContaining('password is wrong') as string,
        remedy: expect.stringContaining('not tried a second time') as string,
        validate: expect.stringContaining(`ldapsearch -H ldaps://${lab().address}:${lab().securePort}`) as string,
      });
      expect(first?.ms).toBeLessThan(3000);
      expect(next?.error).toMatchObject({
        code: 'PL101',
        raw: expect.stringContaining('CREDENTIAL_WITHHELD') as string,
      });
      expect([count(one(), 'BIND dn='), count(two(), 'BIND dn=')]).toEqual([1, 0]);
      // The same user is not used for a machine of the group either.
      const scan = ['scan', '--group', 'g', '--allow-hosts', ...args, '--format', 'json'];
      const scanned = await runCli(scan, await workspace(config, 'fake-wrong-password'));
      expect([scanned.code, scanned.err]).toEqual([3, expect.stringMatching(/PL101[^]*not used for/) as string]);
      expect(trap.connections()).toBe(0);
    } finally {
      await other.stop();
      await trap.close();
    }
  });
});

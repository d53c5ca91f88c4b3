/** Directories: a real LDAP server with 1,200 computers, and which of them it tells. */
import { describe, expect, it } from 'vitest';
import { BASE } from '../lab/directory.ts';
import { count, COUNT, notes, ODD, ODD_RDN, place, resolve, withDirectory } from './directory-run.ts';
import type { Told } from './workspace.ts';

const lab = withDirectory();

describe('a directory of 1,200 computers behind a limit of 1,000', () => {
  it('is told whole, page by page, encrypted, and each computer is found by the DNS of the domain', async () => {
    const said = notes(lab());
    const { code, told } = await resolve(place({ ous: ['lab/Workstations'] }));
    expect([code, told?.machines.length, told?.failures]).toEqual([0, COUNT, []]);
    expect(told?.directories).toMatchObject([
      { server: `${lab().address}:${lab().securePort}`, computers: COUNT, error: null },
    ]);
    expect(new Set(told?.machines.map(({ foundBy }) => foundBy))).toEqual(new Set(['domain-dns']));
    expect(told?.machines.find(({ name }) => name === 'ws300.lab.example')?.addresses).toEqual(['127.200.1.44']);
    const pages = said().filter((line) => /SEARCH RESULT.*err=0.*nentries=\d{3}/.test(line));
    expect(pages.map((line) => /nentries=(\d+)/.exec(line)?.[1])).toEqual(['500', '500', '200']);
  });

  it('is told over StartTLS as well', async () => {
    const said = notes(lab());
    const starttls = { security: 'starttls', servers: [`${lab().address}:${lab().port}`] };
    const { code, told } = await resolve(place({ ous: ['lab/Berlin/Inner'] }, starttls));
    expect([code, told?.directories[0]?.computers]).toEqual([0, 2]);
    expect([count(said(), 'STARTTLS'), count(said(), 'TLS established'), count(said(), 'BIND dn=')]).toEqual([1, 1, 2]);
  });

  it('finds a part by its names, whatever they hold, and by its distinguished name', async () => {
    const { code, told } = await resolve(place({ ous: [`lab/${ODD.replace(/\\/g, '\\\\')}`] }));
    expect([code, told?.directories[0]?.error]).toEqual([0, null]);
    // An address or a port in a directory is no name: the name of the account counts.
    expect(told?.machines.map(({ name }) => name).sort()).toEqual([
      'aimed.lab.example',
      'odd1.lab.example',
      'port.lab.example',
    ]);
    const byName = await resolve(place({ ous: [`${ODD_RDN},${BASE.toUpperCase()}`] }));
    expect(byName.told?.machines.map(({ name }) => name)).toEqual(told?.machines.map(({ name }) => name));
  });

  it('leaves out disabled computers, and stale ones where it is told, and says which and why', async () => {
    const names = (told: Told | undefined) => told?.machines.map(({ name }) => name.split('.')[0]).sort();
    const ous = ['lab/Berlin'];
    const plain = await resolve(place({ ous }));
    expect(names(plain.told)).toEqual(['bare', 'fresh', 'moved', 'never', 'new', 'old']);
    expect(plain.told?.excluded).toEqual([{ name: 'off.lab.example', by: 'its account is disabled' }]);
    const stale = await resolve(place({ ous, computers: { disabled: true, staleDays: 90 } }));
    expect(names(stale.told)).toEqual(['bare', 'fresh', 'moved', 'new', 'off']);
    expect(stale.told?.excluded).toEqual([
      { name: 'old.lab.example', by: expect.stringMatching(/^it last logged on \d{4}-\d\d-\d\d$/) as string },
      { name: 'never.lab.example', by: expect.stringMatching(/^it never logged on since \d{4}/) as string },
    ]);
  });

  it('leaves out the parts that a group excludes, and nothing at all is scanned where such a part is not there', async () => {
    const { code, told } = await resolve(
      place({ ous: ['lab/Berlin'], exclude: ['lab/Berlin/Inner', 'new.lab.example'] }),
    );
    expect([code, told?.machines.map(({ name }) => name).sort(), told?.directories[0]?.computers]).toEqual([
      0,
      ['fresh.lab.example', 'never.lab.example', 'old.lab.example'],
      4,
    ]);
    expect(told?.excluded.map(({ name, by }) => `${name}: ${by}`).sort()).toEqual([
      'bare.lab.example: lab/Berlin/Inner',
      'gone.lab.example: lab/Berlin/Inner',
      'new.lab.example: new.lab.example',
      'off.lab.example: its account is disabled',
    ]);
    const inner = `ou=Inner,ou=Berlin,${BASE}`;
    expect((await resolve(place({ ous: ['lab/Berlin'], exclude: [inner] }))).told?.directories[0]?.computers).toBe(4);
    for (const slip of ['lab/Berlin/Iner', inner.replace('Inner', 'Iner')]) {
      const { code: failed, told: nothing } = await resolve(place({ ous: ['lab/Berlin'], exclude: [inner, slip] }));
      expect([failed, nothing?.machines, nothing?.directories[0]?.error?.code]).toEqual([3, [], 'PL103']);
    }
  });

  it('goes by the DNS name, then by the name', async () => {
    const { told } = await resolve(place({ ous: ['lab/Berlin/Inner'] }));
    // "gone" is what the directory says and DNS does not know.
    expect(told?.machines.map(({ name }) => name).sort()).toEqual(['bare.lab.example', 'moved.lab.example']);
  });
});

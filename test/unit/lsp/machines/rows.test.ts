import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationRow, groupMembers } from '../../../../server/src/lsp/machines/rows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-rows-'));
const uri = pathToFileURL(path.join(folder, 'patchlab.json')).href;
const write = (text: string): void => writeFileSync(path.join(folder, 'patchlab.json'), text);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the row of a patchlab.json', () => {
  it('says that there is none', async () => {
    expect(await configurationRow(uri, 'w')).toMatchObject({ state: 'none', groups: [] });
    expect(await configurationRow('file://server/share/patchlab.json', 'w')).toMatchObject({ state: 'none' });
  });

  it('has groups with their numbers and places, and each host with its port', async () => {
    write(`{ // of the lab
  "credentials": { "desk": { "user": "LAB\\\\admin" } },
  "groups": {
    "lab": { "port": 4450, "groups": ["old"], "hosts": ["ws01", { "host": "ws02:445", "credential": "desk" }] },
    "old": { "ranges": ["10.0.0.0/24"] }
  },
  "templates": { "critical": { "scan": { "severities": ["critical"] }, "include": ["superseded"] } }
}`);
    const row = await configurationRow(uri, 'w');
    expect(row).toMatchObject({
      state: 'read',
      groups: [
        { name: 'lab', hosts: 2, addresses: 0, groups: ['old'], isTop: true, line: 3, character: 4 },
        { name: 'old', hosts: 0, addresses: 254, ranges: ['10.0.0.0/24'], isTop: false, line: 4, character: 4 },
      ],
      templates: [{ name: 'critical', scan: { severities: ['critical'] }, include: ['superseded'], line: 6 }],
      credentials: [{ name: 'desk', user: 'LAB\\admin' }],
    });
    expect(await groupMembers(uri, 'lab')).toEqual([
      { text: 'ws01', machine: 'ws01:4450', index: 0, line: 3, character: 56 },
      { text: 'ws02:445', machine: 'ws02', index: 1, credential: 'desk', line: 3, character: 64 },
    ]);
    expect(await groupMembers(uri, 'gone')).toEqual([]);
  });

  it('says of a broken one what is wrong, and where', async () => {
    write('{\n  "groups": {\n    "lab": { "prot": 1 }\n  }\n}');
    expect(await configurationRow(uri, 'w')).toMatchObject({
      state: 'broken',
      problem: { message: expect.stringContaining('Did you mean `port`?') as string, line: 2, character: 13 },
    });
    write('{\n  "groups": {\n');
    expect(await configurationRow(uri, 'w')).toMatchObject({ state: 'broken', problem: { line: 2, character: 0 } });
  });

  it('has five thousand machines in a moment', async () => {
    const hosts = Array.from({ length: 5000 }, (_, at) => `host-${at}.lab.example`);
    write(JSON.stringify({ groups: { all: { hosts } } }, null, 2));
    expect((await configurationRow(uri, 'w')).groups[0]).toMatchObject({ hosts: 5000 });
    const members = await groupMembers(uri, 'all');
    expect(members).toHaveLength(5000);
    expect(members[4999]).toMatchObject({ machine: 'host-4999.lab.example', line: 5003 });
  });
});

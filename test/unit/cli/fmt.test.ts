/** `patchlab fmt` as a process, on files of its own. */
import { chmod, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../../server/src/cli/replace-file.ts';
import { format } from '../../../server/src/syntax/printer.ts';
import { runCli } from './run-cli.ts';

const UGLY = 'product a {vendor   "x" # why\n}\n';
const BROKEN = 'product a {vendor   }\n';

async function newFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-fmt-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

const read = (folder: string, name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');

describe('fmt', () => {
  it('writes what it formats, lists it, and changes nothing a second time', async () => {
    const cwd = await newFolder({ 'a.detect': UGLY, 'deep/b.detect': format(UGLY), 'c.txt': UGLY });
    expect(await runCli(['fmt'], { cwd })).toEqual({ code: 0, out: 'a.detect\n2 files, 1 changed\n', err: '' });
    expect(await read(cwd, 'a.detect')).toBe('product a {\n  vendor "x"  # why\n}\n');
    expect(await read(cwd, 'c.txt')).toBe(UGLY);
    expect(await runCli(['fmt'], { cwd })).toEqual({ code: 0, out: '2 files, 0 changed\n', err: '' });
    expect((await readdir(cwd)).sort()).toEqual(['a.detect', 'c.txt', 'deep']);
  });

  it('formats patch definitions in XML, and leaves what is not well-formed', async () => {
    const ugly = '<patches>\n<check   id="a"/>\n</patches>';
    const cwd = await newFolder({
      'a.patches.xml': ugly,
      'b.patches.xml': '<patches><check></patches>',
      'c.xml': ugly,
    });
    expect(await runCli(['fmt', '--check'], { cwd })).toEqual({
      code: 1,
      out: 'a.patches.xml\n2 files, 1 would change\n',
      err: 'b.patches.xml: left as it is: it has 1 syntax error\n',
    });
    expect(await read(cwd, 'a.patches.xml')).toBe(ugly);
    await runCli(['fmt', 'a.patches.xml'], { cwd });
    expect(await read(cwd, 'a.patches.xml')).toBe('<patches>\n  <check id="a"/>\n</patches>\n');
    expect(await runCli(['fmt', '--check', 'a.patches.xml'], { cwd })).toMatchObject({ code: 0 });
    expect(await read(cwd, 'c.xml')).toBe(ugly);
  });

  it('with --check writes nothing and ends with 1 when something would change', async () => {
    const cwd = await newFolder({ 'a.detect': UGLY });
    expect(await runCli(['fmt', '--check'], { cwd })).toEqual({
      code: 1,
      out: 'a.detect\n1 file, 1 would change\n',
      err: '',
    });
    expect(await read(cwd, 'a.detect')).toBe(UGLY);
    await runCli(['fmt', 'a.detect'], { cwd });
    expect((await runCli(['fmt', '--check', '.'], { cwd })).code).toBe(0);
  });

  it('never touches a file that it cannot parse, and goes on with the others', async () => {
    const cwd = await newFolder({ 'a.detect': BROKEN, 'b.detect': UGLY });
    await writeFile(path.join(cwd, 'c.detect'), Buffer.from([0x23, 0xff, 0x20, 0x0a, 0x0a, 0x0a]));
    const { code, out, err } = await runCli(['fmt'], { cwd });
    expect([code, out]).toEqual([1, 'b.detect\n3 files, 1 changed\n']);
    expect(err).toBe('a.detect: left as it is: it has 1 syntax error\nc.detect: left as it is: it is no UTF-8\n');
    expect(await read(cwd, 'a.detect')).toBe(BROKEN);
    expect(await readFile(path.join(cwd, 'c.detect'))).toHaveLength(6);
  });

  it('keeps line ends, a byte order mark, permissions and links', async () => {
    const cwd = await newFolder({ 'real.txt': `\ufeff${UGLY.replaceAll('\n', '\r\n')}` });
    await chmod(path.join(cwd, 'real.txt'), 0o640);
    await symlink('real.txt', path.join(cwd, 'a.detect'));
    expect((await runCli(['fmt', 'a.detect'], { cwd })).code).toBe(0);
    expect(await read(cwd, 'real.txt')).toBe('\ufeffproduct a {\r\n  vendor "x"  # why\r\n}\r\n');
    expect((await stat(path.join(cwd, 'real.txt'))).mode & 0o777).toBe(0o640);
    expect(await readdir(cwd)).toEqual(['a.detect', 'real.txt']);
  });

  it('takes the content roots in patchlab.json, and shows names as inert text', async () => {
    const cwd = await newFolder({
      'patchlab.json': '{"content": ["in", "x.patches.xml"]}',
      'x.patches.xml': '<patches />',
      'in/\u001b[31m.detect': UGLY,
      'out.detect': UGLY,
    });
    expect(await runCli(['fmt'], { cwd })).toMatchObject({
      code: 0,
      out: 'in/\\u001b[31m.detect\nx.patches.xml\n2 files, 2 changed\n',
    });
    expect(await read(cwd, 'out.detect')).toBe(UGLY);
  });

  it.each([
    [['fmt', 'nowhere'], 'ENOENT'],
    [['fmt', 'x.txt'], 'is no *.detect and no *.patches.xml file'],
    [['fmt', 'empty'], 'no *.detect and no *.patches.xml files'],
    [['fmt', '//stranger/share'], 'UNC'],
  ])('%o is wrong usage', async (args, message) => {
    const cwd = await newFolder({ 'x.txt': '', 'empty/x.txt': '' });
    expect(await runCli(args, { cwd })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(message) as string,
    });
  });
});

describe('replacing a file', () => {
  it('leaves a file alone that changed since it was read, and nothing beside it', async () => {
    const folder = await newFolder({ 'a.detect': 'newer' });
    expect(await replaceFile(path.join(folder, 'a.detect'), Buffer.from('older'), Buffer.from('mine'))).toBe(false);
    expect(await read(folder, 'a.detect')).toBe('newer');
    expect(await readdir(folder)).toEqual(['a.detect']);
  });
});

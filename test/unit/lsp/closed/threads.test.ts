import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Threads } from '../../../../server/src/lsp/closed/threads.ts';
import type { LintedFile } from '../../../../server/src/lsp/closed/work.ts';
import { Workspace } from '../../../../server/src/lsp/workspace.ts';

/** Enough for threads to be worth their start. */
const MANY = 400;
const PROGRAM = path.resolve('server/src/cli/main.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-threads-'));
  for (let index = 0; index < MANY; index++) writeFileSync(fileAt(index), textOf(index));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileAt = (index: number): string => path.join(folder, `${index}.detect`);

/** Each has something that a rule finds; some use others, some are broken, and some have a name twice. */
function textOf(index: number): string {
  const own = `check c${index} "ä" { file "C:\\\\Windows\\\\${index}.dll" exists and windows.build >= ${index} and windows.build >= ${index + 1} }\n`;
  if (index % 50 === 7) return `${own}check broken${index} {\n`;
  if (index % 50 === 8) return `${own}check c1 { file "C:\\\\twice" exists }\n`;
  return index % 10 === 3 ? `${own}check uses${index} { check c${index - 1} and check nowhere }\n` : own;
}

async function started(program?: string): Promise<Workspace> {
  const workspace = new Workspace('this program');
  workspace.program = program;
  const linted = new Promise<void>((resolve) => (workspace.onLinted = resolve));
  await workspace.setFolders([pathToFileURL(folder).href]);
  if (program === PROGRAM) await linted;
  return workspace;
}

describe('threads beside the server', () => {
  it('read files and run rules on them to the same findings as the server does', async () => {
    const [alone, helped] = [await started(), await started(PROGRAM)];
    expect(helped.names()).toEqual(alone.names());
    expect(alone.analysis.findings().length).toBeGreaterThan(MANY);
    expect(helped.analysis.findings()).toEqual(alone.analysis.findings());
  });

  it('find under the same circumstances what is found in a file that uses no other', async () => {
    const workspace = await started();
    workspace.analysis.lookAtAll();
    const threads = new Threads(PROGRAM, 1);
    const found: LintedFile[] = [];
    await threads.work('lint', workspace.names(), (answer) => {
      if (answer.wanted === 'lint') found.push(...answer.files);
    });
    threads.close();
    expect(found).toHaveLength(MANY);
    const same = found.filter(({ file, key }) => workspace.analysis.keptOf(file)?.key === key);
    expect(same.length).toBeGreaterThan(MANY * 0.8);
    for (const { file, found: codes } of same) {
      const here = [...(workspace.analysis.keptOf(file)?.found ?? [])].map(([{ code }, findings]) => [code, findings]);
      expect(codes).toEqual(here);
    }
  });

  it('are done without where they cannot start', async () => {
    const workspace = await started(path.join(folder, 'no-such-program.js'));
    expect(workspace.names()).toHaveLength(MANY);
    expect(workspace.analysis.findings()).toEqual((await started()).analysis.findings());
  });

  it('end when the server leaves, whatever they are at', async () => {
    const workspace = new Workspace('this program');
    workspace.program = PROGRAM;
    const reading = workspace.setFolders([pathToFileURL(folder).href]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    workspace.dispose();
    await reading;
    expect(workspace.names().length).toBeLessThan(MANY);
  });
});

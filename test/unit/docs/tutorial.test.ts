/** The tutorial and the README, done as they say: files saved, commands run, answers compared with what is shown. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from '../cli/run-cli.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TUTORIAL = readFileSync(path.join(ROOT, 'docs/tutorial.md'), 'utf8');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const OWN = 'my.detect';

/** One step of the list: its prose, and its fenced blocks without their indentation. */
interface TutorialStep {
  readonly title: string;
  readonly prose: string;
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
}

const FENCE = /^ {3}```(\w*)\n([\s\S]*?)^ {3}```$/gm;
const STEPS: readonly TutorialStep[] = TUTORIAL.split(/^(?=\d+\. )/m)
  .slice(1)
  .map((text) => ({
    title: /\*\*(.+?)\*\*/.exec(text)?.[1] ?? '',
    prose: text.replaceAll(FENCE, ''),
    blocks: [...text.matchAll(FENCE)].map(([, language = '', block = '']) => ({
      language,
      text: block.replaceAll(/^ {3}/gm, ''),
    })),
  }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-tutorial-'));
  cpSync(path.join(ROOT, 'samples'), path.join(folder, 'samples'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string): Promise<CliRun> {
  const [npx, patchlab, ...args] = command.trim().split(/\s+/);
  expect([npx, patchlab]).toEqual(['npx', 'patchlab']);
  return runCli(args, { cwd: folder });
}

/** What is shown must be there line by line; `...` stands for any lines. */
function expectShown(out: string, shown: string): void {
  const lines = (text: string): string => text.replaceAll(/[ \t]+$/gm, '').trim();
  const parts = lines(shown).split(/^\.\.\.$/m);
  let rest = `\n${lines(out)}\n`;
  for (const [index, part] of parts.entries()) {
    const wanted = lines(part) === '' ? '' : `\n${part.replaceAll(/^\n+|\n+$/g, '')}\n`;
    const at = rest.indexOf(wanted);
    expect(at < 0 ? `${wanted}\nis not in\n${rest}` : '').toBe('');
    // What begins or ends the block without `...` begins or ends the answer.
    if (index === 0 && wanted !== '') expect(at).toBe(0);
    if (index === parts.length - 1 && wanted !== '') expect(rest.slice(at)).toBe(wanted);
    rest = wanted === '' ? rest : `\n${rest.slice(at + wanted.length)}`;
  }
}

describe('the tutorial', () => {
  it('has ten steps, of which those with a command show its answer', () => {
    expect(STEPS).toHaveLength(10);
    const commands = STEPS.flatMap(({ blocks }) => blocks.filter(({ language }) => language === ''));
    const answers = STEPS.flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'text'));
    expect(commands).toHaveLength(7);
    expect(answers).toHaveLength(commands.length);
  });

  it.each(STEPS.map((step, index) => [index + 1, step.title, step] as const))(
    '%i. %s',
    async (_number, _title, step) => {
      const mistake = /Write `(\w+)` for `(\w+)` in the patch/.exec(step.prose);
      const file = path.join(folder, OWN);
      if (mistake) {
        const [, wrong = '', right = ''] = mistake;
        const text = readFileSync(file, 'utf8');
        const at = text.lastIndexOf(right);
        expect(at).toBeGreaterThan(0);
        writeFileSync(file, text.slice(0, at) + wrong + text.slice(at + right.length));
      }
      let last: CliRun | undefined;
      for (const { language, text } of step.blocks) {
        if (language === 'detect') appendFileSync(file, text);
        else if (language === 'text') expectShown(last?.out ?? '', text);
        else {
          last = await run(text);
          expect(last.code).toBe(/the exit code is 1/.test(step.prose) ? 1 : 0);
        }
      }
      // A step that asks for nothing to be done leads on.
      if (step.blocks.length === 0) expect(step.prose).toMatch(/\]\(\w+\.md\)/);
    },
  );
});

describe('the README', () => {
  const inline = [...README.matchAll(/`(npx patchlab [^`]+)`/g)].map(([, command = '']) => command);
  const fenced = [...README.matchAll(/^(npx patchlab .+)$/gm)].map(([, command = '']) => command);

  it('names verbs that there are', async () => {
    const verbs = new Set([...inline, ...fenced].map((command) => command.split(' ')[2] ?? ''));
    expect(verbs.size).toBeGreaterThan(7);
    for (const verb of verbs) expect([verb, (await runCli([verb, '--help'])).code]).toEqual([verb, 0]);
  });

  it('has commands that run as they stand, where they need no machine', async () => {
    const complete = [...inline, ...fenced].filter((command) => /samples/.test(command) && !/HOST/.test(command));
    expect(complete).toContain('npx patchlab check samples');
    expect(complete.length).toBeGreaterThan(1);
    for (const command of complete) expect([command, (await run(command)).code]).toEqual([command, 0]);
  });

  it('shows a script without an error or warning', async () => {
    const script = /```detect\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
    writeFileSync(path.join(folder, 'readme.detect'), script);
    const { code, out } = await run('npx patchlab check readme.detect');
    expect([code, out]).toEqual([0, expect.stringContaining('0 errors')]);
  });
});

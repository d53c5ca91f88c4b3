/** Tests of content as an editor lists and runs them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunTestsParams, RunTestsReply, TestPlace } from '../../../server/src/protocol/tests.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const sample = (name: string): string => readFileSync(path.join(SAMPLES, name), 'utf8');
const MINE = `test "a wish" {
  machine "machines/*.snapshot.json"
  expect SZ-2024-07 installed
}
test "twice" { given on windows-11  expect sevenzip not installed }
test "twice" { given on windows-11  expect sevenzip installed }
test "gone" { machine "nowhere.json"  expect sevenzip installed }
test "\u202e\u001b[31mred" { given on windows-11  expect sevenzip unknown }
`;

let lsp: LspFixture;
beforeAll(async () => {
  lsp = await LspFixture.start({
    ...Object.fromEntries(['7-zip.detect', 'common.detect', 'windows.detect'].map((name) => [name, sample(name)])),
    'mine.detect': MINE,
    'machines/ws01.snapshot.json': sample('machines/ws01.snapshot.json'),
  });
});
afterAll(() => lsp.stop());

const list = (uri?: string): Promise<readonly TestPlace[]> =>
  lsp.ask('patchlab/tests', uri === undefined ? {} : { uri });
const run = async (...ids: readonly string[]): Promise<RunTestsReply['outcomes']> => {
  const params: RunTestsParams = { tests: ids.map((id) => ({ uri: lsp.uri('mine.detect'), id })) };
  return (await lsp.ask<RunTestsReply>('patchlab/runTests', params)).outcomes;
};

describe('tests over stdio', () => {
  it('are listed with their lines, of one file or of all content', async () => {
    const mine = await list(lsp.uri('mine.detect'));
    expect(mine.map(({ id, line }) => [id, line]).slice(0, 4)).toEqual([
      ['a wish', 0],
      ['twice', 4],
      ['twice #2', 5],
      ['gone', 6],
    ]);
    expect(mine.at(-1)?.title).toBe('\\u202e\\u001b[31mred');
    const all = await list();
    expect(all.map(({ title }) => title)).toContain('an old 7-Zip lacks 24.07');
    expect(all.filter(({ uri }) => uri === lsp.uri('mine.detect'))).toEqual(mine);
    expect(await list(lsp.uri('nowhere.detect'))).toEqual([]);
  });

  it('tell what was expected, what is so, and where the check stands that decided', async () => {
    const [only, ...more] = await run('a wish');
    expect(more).toEqual([]);
    expect(only).toMatchObject({ machine: 'machines/ws01.snapshot.json', status: 'failed', id: 'a wish' });
    const line = sample('7-zip.detect')
      .split('\n')
      .findIndex((text) => text.includes('installed when version >= 24.7'));
    expect(only?.failures).toMatchObject([
      {
        ...{ expected: 'installed', seen: 'missing for sevenzip' },
        place: { uri: lsp.uri('mine.detect'), line: 2, character: 2 },
        because: [
          {
            text: 'version >= 24.7: false; 18.1.0.0 (version of C:\\Program Files\\7-Zip\\7z.exe)',
            place: { uri: lsp.uri('7-zip.detect'), line },
          },
        ],
      },
    ]);
  });

  it('are told apart by their number where two have one title, and those that are gone are left out', async () => {
    const outcomes = await run('twice', 'twice #2', 'twice #3');
    expect(outcomes.map(({ id, status }) => [id, status])).toEqual([
      ['twice', 'passed'],
      ['twice #2', 'failed'],
    ]);
  });

  it('say why they cannot be run', async () => {
    const [only] = await run('gone');
    expect(only).toMatchObject({ machine: 'nowhere.json', status: 'error' });
    expect(only?.failures[0]?.message).toMatch(/PL410.*ENOENT/);
    expect(only?.failures[0]?.place.line).toBe(6);
  });

  it('show nothing that acts', async () => {
    const outcomes = await run('\u202e\u001b[31mred', 'gone');
    expect(outcomes[0]?.status).toBe('failed');
    expect(JSON.stringify(outcomes.map(({ failures }) => failures))).not.toMatch(/\\u001b\[|\u202e/);
  });

  it('run on what stands in the editor, saved or not', async () => {
    const patched = sample('7-zip.detect').replace(
      'installed when version >= 24.7 ',
      'installed when version >= 17.0 ',
    );
    await lsp.open('7-zip.detect', patched.replace('${location}\\7z.dll", 24.7', '${location}\\7z.dll", 17.0'));
    expect((await run('a wish'))[0]?.status).toBe('passed');
  });
});

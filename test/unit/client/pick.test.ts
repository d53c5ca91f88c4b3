import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { pick, pickMany } from '../../../client/src/pick.ts';
import { plainItem } from '../../../client/src/tree-item.ts';

const CLIENT = path.resolve(import.meta.dirname, '../../../client/src');
const HOSTILE = 'ws01 $(trash) \u202egnp.exe\u001b[31m\u2028[x](command:y)';

const showQuickPick = vi.hoisted(() => vi.fn());
vi.mock('vscode', () => ({ window: { showQuickPick } }));

interface Shown {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

beforeEach(() => {
  showQuickPick.mockReset();
});

it('shows no icon, no control character and no turned text in a list, and gives back what was chosen as it was', async () => {
  let shown: readonly Shown[] = [];
  showQuickPick.mockImplementation((rows: readonly Shown[]) => Promise.resolve((shown = rows)[1]));
  const rows = [{ label: 'ws02' }, { label: HOSTILE, description: HOSTILE, detail: HOSTILE, host: HOSTILE }];
  const chosen = await pick(rows, { title: HOSTILE });
  expect(chosen).toBe(rows[1]);
  const plain = 'ws01 $ (trash) \ufffdgnp.exe\ufffd[31m\ufffd[x](command:y)';
  expect(shown[1]).toMatchObject({ label: plain, description: plain, detail: plain });
  expect(showQuickPick.mock.calls[0]?.[1]).toEqual({
    title: 'ws01 $(trash) \ufffdgnp.exe\ufffd[31m\ufffd[x] (command:y)',
  });
});

it('gives back all that were ticked, as they were', async () => {
  showQuickPick.mockImplementation((rows: readonly Shown[]) => Promise.resolve(rows.slice(1)));
  const rows = [{ label: 'a' }, { label: HOSTILE }, { label: 'c', picked: true }];
  expect(await pickMany(rows, { title: 'Which?' })).toEqual(rows.slice(1));
  expect(showQuickPick.mock.calls[0]?.[1]).toEqual({ title: 'Which?', canPickMany: true });
});

it('is undefined when the user leaves', async () => {
  showQuickPick.mockResolvedValue(undefined);
  expect(await pick([{ label: 'a' }], {})).toBeUndefined();
  expect(await pickMany([{ label: 'a' }], {})).toBeUndefined();
});

it('shows a row of a tree with all of its texts as they are', () => {
  const row = plainItem({
    ...{ label: HOSTILE, description: HOSTILE, tooltip: `${HOSTILE}\nsecond` },
    accessibilityInformation: { label: HOSTILE, role: 'treeitem' },
  });
  const plain = 'ws01 $(trash) \ufffdgnp.exe\ufffd[31m\ufffd[x] (command:y)';
  expect(row).toEqual({
    ...{ label: plain, description: plain, tooltip: `${plain}\nsecond` },
    accessibilityInformation: { label: plain, role: 'treeitem' },
  });
});

it('has no list and no tree of the client that goes past them', () => {
  const files = globSync('**/*.ts', { cwd: CLIENT }).map((name) => ({
    ...{ name, text: readFileSync(path.join(CLIENT, name), 'utf8') },
  }));
  const asks = files.filter(({ text }) => /\b(?:show|create)QuickPick\b/.test(text)).map(({ name }) => name);
  expect(asks).toEqual(['pick.ts']);
  const trees = files.filter(({ text }) => text.includes('new TreeItem('));
  expect(trees.length).toBeGreaterThanOrEqual(3);
  expect(trees.filter(({ text }) => !text.includes('plainItem(')).map(({ name }) => name)).toEqual([]);
});

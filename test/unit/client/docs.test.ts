import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

it('docs/editor.md lists exactly the commands of the manifest', () => {
  const manifest = JSON.parse(read('package.json')) as { contributes: { commands: { title: string }[] } };
  const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
  const titles = manifest.contributes.commands.map(({ title }) => `Patchlab: ${nls[title.slice(1, -1)] ?? title}`);
  const listed = [...read('docs/editor.md').matchAll(/^\| (Patchlab: [^|]+) \|/gm)].map(([, title]) => title);
  expect(listed.toSorted()).toEqual(titles.toSorted());
});

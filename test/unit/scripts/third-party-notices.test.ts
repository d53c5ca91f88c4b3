import { expect, it } from 'vitest';
import { bundledPackages, noticesOf, writtenNotices } from '../../../scripts/third-party-notices.ts';

it('ThirdPartyNotices.txt has the licences of what is bundled, no more and no less', async () => {
  const packages = await bundledPackages();
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['chevrotain', 'vscode-languageclient']));
  // `npm run package` writes the file anew.
  expect(writtenNotices()).toBe(noticesOf(packages));
});

it('every bundled package has a licence text to pass on', async () => {
  const packages = await bundledPackages();
  expect(packages.filter(({ texts }) => texts.join('').length < 200)).toEqual([]);
});

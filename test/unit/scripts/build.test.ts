import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUNDLES, SERVER_BUNDLES } from '../../../scripts/build.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What is bundled where: by the bundle's file name, the packages' and our own files in it. */
const contents = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const options of BUNDLES) {
    const { metafile } = await build({ ...options, metafile: true, write: false, sourcemap: false });
    for (const [file, { inputs }] of Object.entries(metafile.outputs)) contents.set(file, Object.keys(inputs));
  }
});

describe('the bundles', () => {
  it('are all in the package, and nothing else of dist is', () => {
    const listed = readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8').matchAll(/^!(dist\/.*)$/gm);
    const withPages = (file: string): string => (file.startsWith('dist/webviews/') ? 'dist/webviews/*' : file);
    const bundles = new Set([...contents.keys()].map(withPages));
    expect([...listed].map(([, file]) => file).sort()).toEqual([...bundles].sort());
  });

  it('hold nothing of others in what is loaded when the extension is activated', () => {
    const others = (bundle: string): boolean =>
      (contents.get(bundle) ?? []).some((file) => file.includes('node_modules/'));
    expect(others('dist/extension.js')).toBe(false);
    expect(others('dist/language-client.js')).toBe(true);
  });

  it('hold of smb2 the table of statuses alone, apart from what every start loads', () => {
    const ofSmb2 = [...contents].flatMap(([bundle, files]) =>
      files.filter((file) => file.startsWith('node_modules/smb2/')).map((file) => [bundle, file]),
    );
    expect(ofSmb2).toEqual([['dist/nt-status.js', 'node_modules/smb2/lib/tools/ms_erref.js']]);
  });

  it('refuse any other module of smb2', async () => {
    const plugins = SERVER_BUNDLES.flatMap((options) => options.plugins ?? []);
    const stdin = { contents: `import 'smb2/lib/smb2.js'`, resolveDir: path.join(ROOT, 'server') };
    const refused = build({ stdin, plugins, bundle: true, write: false, logLevel: 'silent' });
    await expect(refused).rejects.toThrow('of smb2 only');
  });
});

/** Bundles the extension's client and the server with its command line into dist/, one CommonJS file each. */
import { build, type BuildOptions } from 'esbuild';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const shared: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  sourcemap: 'linked',
  sourcesContent: false,
  minify: !process.argv.includes('--debug'),
  legalComments: 'none',
  logLevel: 'warning',
};

/** The bundles: the extension's client, and the command line with the language server. */
export const BUNDLES: readonly BuildOptions[] = [
  { ...shared, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...shared, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/patchlab.js' },
];

export async function buildAll(): Promise<void> {
  await Promise.all(BUNDLES.map((options) => build(options)));
}

if (import.meta.main) await buildAll();

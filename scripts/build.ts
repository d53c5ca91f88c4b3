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

export async function buildAll(): Promise<void> {
  await Promise.all([
    build({ ...shared, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] }),
    build({ ...shared, entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/patchlab.js' }),
  ]);
}

if (import.meta.main) await buildAll();

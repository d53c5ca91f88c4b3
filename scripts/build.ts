/** Bundles the extension's client and the server with its command line into dist/: CommonJS files, as few as may be. */
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';
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

const STATUS_TABLE = 'smb2/lib/tools/ms_erref.js';

/** Half a megabyte that most runs never need: a bundle of its own beside the command line, loaded with the first connection. */
const statusTableApart: Plugin = {
  name: 'status-table-apart',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^smb2\// }, ({ kind, path: wanted }) => {
      if (kind === 'entry-point') return undefined;
      if (wanted === STATUS_TABLE && kind === 'dynamic-import') return { path: './nt-status.js', external: true };
      return { errors: [{ text: `of smb2 only ${STATUS_TABLE} is used, and loaded when it is needed` }] };
    });
  },
};

/** Most of what the client is made of is the library that speaks with the server: the extension is active before it is loaded. */
const languageClientApart: Plugin = {
  name: 'language-client-apart',
  setup: (plugin) => {
    plugin.onResolve({ filter: /\/start\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './language-client.js', external: true } : undefined,
    );
    plugin.onResolve({ filter: /^vscode-languageclient/ }, () => ({
      errors: [{ text: 'the client of the language server is loaded when it is needed: import types of it alone' }],
    }));
  },
};

/** The bundles of the server: the command line with the language server, and what it loads later. */
export const SERVER_BUNDLES: readonly BuildOptions[] = [
  { ...shared, entryPoints: { patchlab: 'server/src/cli/main.ts' }, outdir: 'dist', plugins: [statusTableApart] },
  { ...shared, entryPoints: { 'nt-status': STATUS_TABLE }, outdir: 'dist', sourcemap: false },
];

/** All bundles: the server's and the extension's client. */
export const BUNDLES: readonly BuildOptions[] = [
  {
    ...shared,
    entryPoints: ['client/src/extension.ts'],
    ...{ outfile: 'dist/extension.js', external: ['vscode'], plugins: [languageClientApart] },
  },
  {
    ...shared,
    entryPoints: { 'language-client': 'client/src/features/language/start.ts' },
    ...{ outdir: 'dist', external: ['vscode'] },
  },
  ...SERVER_BUNDLES,
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome130',
    entryPoints: Object.fromEntries(webviews().map((name) => [name, `client/src/webviews/${name}/main.ts`])),
    outdir: 'dist/webviews',
    sourcemap: false,
  },
];

/** The pages of the client that have a script of their own, by their folders. */
function webviews(): string[] {
  const found = readdirSync(path.join(ROOT, 'client/src/webviews'), { withFileTypes: true });
  const names = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.filter((name) => existsSync(path.join(ROOT, 'client/src/webviews', name, 'main.ts')));
}

export async function buildAll(): Promise<void> {
  rmSync(path.join(ROOT, 'dist/webviews'), { recursive: true, force: true });
  await Promise.all(BUNDLES.map((options) => build(options)));
}

if (import.meta.main) await buildAll();

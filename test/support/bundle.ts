/** The command line with the language server, bundled as it is shipped, from the sources as they are now. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { SERVER_BUNDLES } from '../../scripts/build.ts';

export interface Bundle {
  readonly file: string;
  remove(): void;
}

export async function bundleCommandLine(): Promise<Bundle> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-bundle-'));
  const file = path.join(folder, 'patchlab.js');
  await Promise.all(SERVER_BUNDLES.map((options) => build({ ...options, outdir: folder, sourcemap: false })));
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

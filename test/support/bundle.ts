/** The command line with the language server, bundled as it is shipped, from the sources as they are now. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLES } from '../../scripts/build.ts';

export interface Bundle {
  readonly file: string;
  remove(): void;
}

export async function bundleCommandLine(): Promise<Bundle> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-bundle-'));
  const file = path.join(folder, 'patchlab.js');
  const options = BUNDLES.find(({ outfile }) => outfile?.endsWith('patchlab.js'));
  if (!options) throw new Error('scripts/build.ts makes no patchlab.js');
  await build({ ...options, outfile: file, sourcemap: false });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

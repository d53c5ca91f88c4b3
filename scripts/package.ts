/** Makes patchlab-VERSION.vsix: bundles, notices, checks of what vsce does not check, and the size budget. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { buildAll } from './build.ts';
import { BUNDLE_FILE, bundleOfSources } from './l10n.ts';
import { bundledPackages, noticesOf, NOTICES_FILE, writtenNotices } from './third-party-notices.ts';

const ROOT = path.dirname(import.meta.dirname);
const LARGEST = 1024 * 1024;

/** What would only show when the package is published or runs. */
function checkManifest(manifest: Record<string, unknown>): void {
  const name = /^[a-z0-9][a-z0-9-]*$/i;
  if (typeof manifest.publisher !== 'string' || !name.test(manifest.publisher)) {
    throw new Error('package.json needs a publisher');
  }
  if ('enabledApiProposals' in manifest)
    throw new Error('package.json asks for API proposals: no editor would load it');
  if (typeof manifest.version !== 'string') throw new Error('package.json needs a version');
}

/** Builds the package and gives its path. */
export async function makePackage(): Promise<string> {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  checkManifest(manifest);
  await buildAll();
  const notices = noticesOf(await bundledPackages());
  if (notices !== writtenNotices()) {
    writeFileSync(NOTICES_FILE, notices);
    console.log('ThirdPartyNotices.txt was brought up to date: commit it.');
  }
  const texts = bundleOfSources();
  if (texts !== readFileSync(BUNDLE_FILE, 'utf8')) {
    writeFileSync(BUNDLE_FILE, texts);
    console.log('l10n/bundle.l10n.json was brought up to date: commit it.');
  }
  const packagePath = path.join(ROOT, `patchlab-${String(manifest.version)}.vsix`);
  rmSync(packagePath, { force: true });
  // The bundles are built above, and nothing of node_modules goes into the package.
  // Links of the README stay as they are: there is no public repository that they could lead to.
  const without = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: ROOT, packagePath, ...without });
  const { size } = statSync(packagePath);
  if (size > LARGEST) throw new Error(`the package has ${size} bytes, more than ${LARGEST}`);
  console.log(`${path.relative(ROOT, packagePath)}: ${(size / 1024).toFixed(0)} KB`);
  return packagePath;
}

if (import.meta.main) await makePackage();

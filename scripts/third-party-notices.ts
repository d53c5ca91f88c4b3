/** Whose code is really in the bundles, by esbuild's own account, and its licences: what ThirdPartyNotices.txt says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLES } from './build.ts';

const ROOT = path.dirname(import.meta.dirname);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The texts that its licence wants to be passed on. */
  readonly texts: readonly string[];
}

/** The packages of which at least one byte is in a bundle, by name. */
export async function bundledPackages(): Promise<readonly BundledPackage[]> {
  const folders = new Set<string>();
  for (const options of BUNDLES) {
    const { metafile } = await build({ ...options, metafile: true, write: false, sourcemap: false });
    for (const { inputs } of Object.values(metafile.outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = bytesInOutput > 0 ? packageFolder(file) : undefined;
        if (folder) folders.add(folder);
      }
    }
  }
  return [...folders].map(describe).sort(byNameAndVersion);
}

function byNameAndVersion(a: BundledPackage, b: BundledPackage): number {
  return a.name === b.name ? a.version.localeCompare(b.version) : a.name < b.name ? -1 : 1;
}

/** `node_modules/@scope/name` of the innermost package that a file belongs to. */
function packageFolder(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function describe(folder: string): BundledPackage {
  const full = path.join(ROOT, folder);
  const manifest = JSON.parse(readFileSync(path.join(full, 'package.json'), 'utf8')) as Record<string, unknown>;
  const texts = readdirSync(full)
    .filter((name) => LICENCE_FILE.test(name))
    .sort()
    .map((name) => readText(path.join(full, name)));
  return {
    name: String(manifest.name),
    version: String(manifest.version),
    licence: typeof manifest.license === 'string' ? manifest.license : 'see below',
    texts: texts.length > 0 ? texts : spelledOut(licenceInReadme(full), manifest),
  };
}

/** Some packages have their licence in the readme alone, under a heading of its own. */
function licenceInReadme(folder: string): readonly string[] {
  const readme = path.join(folder, 'README.md');
  if (!existsSync(readme)) return [];
  const section = /^#+ *licen[cs]e *\n([\s\S]+?)(?=^#|$(?![\s\S]))/im.exec(readText(readme))?.[1];
  return section === undefined ? [] : [section.trim().replaceAll('&lt;', '<').replaceAll('&gt;', '>')];
}

/** Where a readme only names the MIT licence, its text is passed on with the author that the manifest names. */
function spelledOut(texts: readonly string[], manifest: { readonly author?: unknown }): readonly string[] {
  const { author } = manifest;
  if (texts.join() !== 'MIT' || typeof author !== 'string') return texts;
  return [`MIT License\n\nCopyright (c) ${author}\n\n${MIT}`];
}

/** https://spdx.org/licenses/MIT.html */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

function readText(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r\n/g, '\n').trim();
}

/** The text of ThirdPartyNotices.txt. */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const rule = '-'.repeat(78);
  const entries = packages.map(({ name, version, licence, texts }) => {
    if (texts.length === 0) throw new Error(`${name} has no licence file: write its licence down by hand`);
    return [rule, `${name} ${version} (${licence})`, rule, '', texts.join('\n\n'), ''].join('\n');
  });
  const head = 'Patchlab contains code of others, under the licences below.\n';
  return [head, ...entries].join('\n');
}

export const NOTICES_FILE = path.join(ROOT, 'ThirdPartyNotices.txt');

/** What stands in the file now. */
export function writtenNotices(): string {
  return existsSync(NOTICES_FILE) ? readFileSync(NOTICES_FILE, 'utf8') : '';
}

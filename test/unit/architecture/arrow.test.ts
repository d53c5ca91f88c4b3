import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Which folders of server/src a folder may import from, besides itself. The arrow of docs/architecture.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  patchxml: ['syntax'],
  model: ['syntax', 'patchxml'],
  // The lint compares values as evaluation does, so that the two cannot drift apart, and knows nothing else of it.
  lint: [
    ...['syntax', 'patchxml', 'model', 'evaluate/verdict.ts', 'evaluate/values.ts', 'evaluate/versions.ts'],
    ...['evaluate/compare.ts', 'evaluate/patterns.ts', 'evaluate/reaches.ts', 'evaluate/regex.ts', 'evaluate/text.ts'],
  ],
  evaluate: ['model'],
  wire: [],
  // The machine knows the words of observations and what is never read, and nothing else of the content model.
  machine: ['wire', 'model/observation.ts', 'model/refusals.ts'],
  scan: ['syntax', 'patchxml', 'model', 'lint', 'evaluate', 'machine', 'wire'],
  results: ['model', 'evaluate', 'scan'],
  convert: ['syntax', 'patchxml', 'model'],
  lsp: ['syntax', 'patchxml', 'model', 'lint', 'evaluate', 'machine', 'scan', 'results', 'convert', 'protocol'],
  cli: ['syntax', 'patchxml', 'model', 'lint', 'evaluate', 'machine', 'scan', 'results', 'convert', 'lsp'],
  protocol: [],
};

const PURE = ['syntax', 'patchxml', 'model', 'lint', 'evaluate'];
const FORBIDDEN_IN_PURE = /^(vscode|node:|fs$|net$|smb2)/;

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gm);
  return [...found].map(([, target = '']) => ({ file, target }));
}

/** The place an import leads to, from server/src: `model/source.ts`; undefined for packages. */
function placeInServer({ file, target }: Import): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return path.relative('server/src', path.join(path.dirname(file), target)).replaceAll(path.sep, '/');
}

const firstPart = (place: string): string => place.split('/')[0] ?? '';
const serverFiles = sources('server/src');
const clientFiles = sources('client/src');

describe('the one arrow', () => {
  it('covers every folder of the server', () => {
    const folders = new Set(serverFiles.map((file) => firstPart(path.relative('server/src', file))));
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('is followed by every import between the folders of the server', () => {
    const wrong = serverFiles.flatMap(importsOf).filter((one) => {
      const place = placeInServer(one);
      if (place === undefined) return false;
      const from = firstPart(path.relative('server/src', one.file));
      const allowed = MAY_IMPORT[from] ?? [];
      return firstPart(place) !== from && !allowed.includes(firstPart(place)) && !allowed.includes(place);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves I/O, the editor and its protocol out of the pure folders', () => {
    const wrong = serverFiles
      .filter((file) => PURE.includes(firstPart(path.relative('server/src', file))))
      .flatMap(importsOf)
      .filter(({ target }) => FORBIDDEN_IN_PURE.test(target));
    expect(wrong).toEqual([]);
  });

  it('lets the client see nothing of the server but the protocol', () => {
    const wrong = clientFiles
      .flatMap(importsOf)
      .filter(({ target }) => target.includes('server/') && !target.includes('server/src/protocol/'));
    expect(wrong).toEqual([]);
    expect(clientFiles.flatMap(importsOf).some(({ target }) => target.includes('server/src/protocol/'))).toBe(true);
  });
});

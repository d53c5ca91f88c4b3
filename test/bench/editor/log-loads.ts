/** Loaded by the extension's programs before all else: notes each file of the extension that is loaded, and what of Node it loads by itself. */
import { appendFileSync, statSync } from 'node:fs';
import Module from 'node:module';

type Load = (request: string, parent: { readonly filename?: string } | undefined, isMain: boolean) => unknown;

const loader = Module as unknown as { _load: Load; _resolveFilename: Load };
const log = process.env.LOADS_LOG;
const load = loader._load;
const isOurs = (file: unknown): file is string =>
  typeof file === 'string' && /[\\/]extensions[\\/]patchlab\.[^\\/]*[\\/]dist[\\/]/.test(file);

if (log !== undefined) {
  const kind = process.env.LOADS_OF;
  loader._load = function (this: unknown, request, parent, isMain) {
    const file = resolved(request, parent, isMain);
    if (isOurs(file)) {
      appendFileSync(log, `${kind}\t${file.replace(/^.*[\\/]dist[\\/]/, 'dist/')}\t${statSync(file).size}\n`);
    } else if (isOurs(parent?.filename)) appendFileSync(log, `${kind}\t${request}\t0\n`);
    return load.call(this, request, parent, isMain);
  };
}

function resolved(...asked: Parameters<Load>): unknown {
  try {
    return loader._resolveFilename(...asked);
  } catch {
    return asked[0];
  }
}

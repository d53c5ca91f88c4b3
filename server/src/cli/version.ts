/** Patchlab's version, from its manifest: the bundler writes it into the bundle. */
import manifest from '@patchlab/server/package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

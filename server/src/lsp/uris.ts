/** URIs of the editor and names of content files: a path for a file on disk, the URI itself for anything else. */
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The file's name in the content model. A `file:` URI with a host (a UNC path) stays a URI: opening it would log on to
 * that host, so it is never turned into a path.
 */
export function nameOfUri(uri: string): string {
  return pathOfUri(uri) ?? uri;
}

/** The path on this machine; `undefined` for what is not a plain local file. */
export function pathOfUri(uri: string): string | undefined {
  try {
    const url = new URL(uri);
    return url.protocol === 'file:' && url.host === '' ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}

/** The URI of a file that the editor has not named itself. */
export function uriOfName(name: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(name) ? name : pathToFileURL(name).href;
}

/** What a PE file says of its version, in two small reads where its resources are laid out as linkers do. */
import { readImage, type PeArchitecture } from './image.ts';
import { PeBytes, type PeReading } from './reading.ts';
import { readVersionResource } from './resources.ts';
import { readVersionInfo, type VersionInfo } from './version-info.ts';

/** Bytes of the first read: headers and section table fit. */
export const HEAD_LENGTH = 4096;

export interface PeVersion extends VersionInfo {
  readonly arch?: PeArchitecture;
}

/** `head` is the file's first HEAD_LENGTH bytes, fewer where it is shorter. A file that is no image says nothing. */
export function* readPeVersion(size: number, head: Buffer): PeReading<PeVersion> {
  const bytes = new PeBytes(size, head);
  const image = yield* readImage(bytes);
  if (!image) return {};
  const resource = yield* readVersionResource(bytes, image);
  return { ...(resource ? readVersionInfo(resource) : {}), ...(image.arch ? { arch: image.arch } : {}) };
}

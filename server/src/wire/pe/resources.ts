/** Finding the version resource in a PE image's resource directory: three levels, type, name and language. */
import type { PeImage } from './image.ts';
import { PeDamaged, type PeBytes, type PeReading } from './reading.ts';

const RT_VERSION = 16;
const SUBDIRECTORY = 0x80000000;
const MAX_ENTRIES = 4096;
const MAX_VERSION_RESOURCE = 24 * 1024;
/** A resource section up to here is fetched whole; of a larger one the directory, and the end, where versions lie. */
const SMALL_SECTION = 24 * 1024;
const HEAD = 8 * 1024;
const TAIL = 16 * 1024;

/** The bytes of VS_VERSIONINFO, or undefined where the image has none. */
export function* readVersionResource(bytes: PeBytes, image: PeImage): PeReading<Buffer | undefined> {
  if (!image.resources) return undefined;
  const { offset: base, length } = image.resources;
  yield* bytes.fetch(firstRanges(base, Math.max(16, Math.min(length, bytes.size - base))));
  const types = yield* entriesAt(bytes, base);
  const versions = types.find((entry) => entry.id === RT_VERSION);
  if (!versions) return undefined;
  const [name] = yield* entriesAt(bytes, base + subdirectory(versions));
  if (!name) return undefined;
  const language = preferred(yield* entriesAt(bytes, base + subdirectory(name)));
  if (!language) return undefined;
  if (language.target >= SUBDIRECTORY) throw new PeDamaged('its resources have too many levels');
  const data = yield* bytes.at(base + language.target, 16);
  const size = data.readUInt32LE(4);
  if (size > MAX_VERSION_RESOURCE) throw new PeDamaged(`its version resource claims ${size} bytes`);
  return yield* bytes.at(image.toOffset(data.readUInt32LE(0)), size);
}

function firstRanges(base: number, length: number): readonly { offset: number; length: number }[] {
  if (length <= SMALL_SECTION) return [{ offset: base, length }];
  return [
    { offset: base, length: HEAD },
    { offset: base + length - TAIL, length: TAIL },
  ];
}

interface Entry {
  /** A number, or for a named entry the place of its name with the highest bit set. */
  readonly id: number;
  readonly target: number;
}

function* entriesAt(bytes: PeBytes, at: number): PeReading<readonly Entry[]> {
  const head = yield* bytes.at(at, 16);
  const count = head.readUInt16LE(12) + head.readUInt16LE(14);
  if (count > MAX_ENTRIES) throw new PeDamaged(`a resource directory claims ${count} entries`);
  const table = yield* bytes.at(at + 16, count * 8);
  return Array.from({ length: count }, (_, index) => ({
    id: table.readUInt32LE(index * 8),
    target: table.readUInt32LE(index * 8 + 4),
  }));
}

function subdirectory(entry: Entry): number {
  if (entry.target < SUBDIRECTORY) throw new PeDamaged('its resources have too few levels');
  return entry.target - SUBDIRECTORY;
}

/**
 * Language neutral, then English (US), then whatever is first: the order in which Windows loads resources (Microsoft Knowledge
 * Base Q169483) for a program whose own language is none of them. So the answer is the same on every machine.
 */
function preferred(languages: readonly Entry[]): Entry | undefined {
  return languages.find((entry) => entry.id === 0) ?? languages.find((entry) => entry.id === 0x0409) ?? languages[0];
}

/** What can be stated of a machine, instead of being observed. Paths are physical, as in requests. */
import type { FileVersion, Hive, Observation, RegistryValue, ServiceInfo } from '../../model/observation.ts';

export type Presence = 'present' | 'absent' | 'unreadable';

export type Statement =
  | { readonly kind: 'key'; readonly hive: Hive; readonly path: string; readonly is: Presence }
  | {
      readonly kind: 'value';
      readonly hive: Hive;
      readonly path: string;
      readonly name: string;
      readonly is: Observation<RegistryValue>;
    }
  /** A file or folder as a whole. */
  | { readonly kind: 'file'; readonly path: string; readonly folder: boolean; readonly is: Presence }
  | { readonly kind: 'size'; readonly path: string; readonly bytes: number }
  /** ISO 8601, UTC. */
  | { readonly kind: 'modified'; readonly path: string; readonly folder: boolean; readonly time: string }
  | {
      readonly kind: 'version';
      readonly path: string;
      readonly member: keyof FileVersion;
      readonly is: Observation<string>;
    }
  | { readonly kind: 'text' | 'sha256'; readonly path: string; readonly is: Observation<string> }
  | { readonly kind: 'service'; readonly name: string; readonly is: Presence }
  | {
      readonly kind: 'service-member';
      readonly name: string;
      readonly member: Exclude<keyof ServiceInfo, 'name'>;
      readonly is: Observation<string>;
    };

/** What a reading gives that a test has made fail. */
export const GIVEN_UNKNOWN: Observation<never> = { state: 'unreadable', reason: 'the test says that it is unknown' };

/** The parent of a key or path, and the last part; undefined at the top. */
export function split(path: string): { readonly parent: string; readonly name: string } | undefined {
  const cut = path.lastIndexOf('\\');
  return cut < 0 ? undefined : { parent: path.slice(0, cut), name: path.slice(cut + 1) };
}

/** What is stated of a key or path, or of the nearest one above it of which anything is stated. */
export function fateOf(path: string, statedOf: (path: string) => Presence | undefined): Presence | undefined {
  for (let at: string | undefined = path; at !== undefined; at = split(at)?.parent) {
    const is = statedOf(at);
    if (is !== undefined) return is;
  }
  return undefined;
}

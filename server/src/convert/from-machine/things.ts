/** Things of a machine that content can be made of, as somebody found them there. */
import type { FileVersion, RegistryValue, ServiceInfo } from '../../model/observation.ts';
import type { KnownFolder } from './literals.ts';

/** The machine, as far as what is written depends on it. */
export interface Surroundings {
  readonly folders: readonly KnownFolder[];
}

/** A key by the path that content calls it by, in a view where the two views differ. */
export interface KeyPlace {
  readonly hive: string;
  readonly path: string;
  readonly view?: '32' | '64';
}

export type FileProperty =
  'version' | 'product-version' | 'size' | 'modified' | 'arch' | 'company' | 'product' | 'original-name' | 'language';
export type ServiceProperty = 'state' | 'start' | 'account' | 'path' | 'display-name';

export type Thing =
  | ({ readonly kind: 'key' } & KeyPlace)
  | ({ readonly kind: 'value'; readonly name: string; readonly value?: RegistryValue } & KeyPlace)
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly size?: number;
      readonly modified?: string;
      readonly version?: FileVersion;
      readonly property?: FileProperty;
    }
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly info?: ServiceInfo;
      readonly property?: ServiceProperty;
    }
  | { readonly kind: 'hotfix'; readonly kb: string };

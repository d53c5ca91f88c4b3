/** Looking around a machine: what is in it, found when someone looks, and content made of what was found. */
import type { ScanParams } from './scan.ts';

/** A registry view: `64` and `32` on 64-bit Windows, none where there is only one. */
export type ExplorerView = '32' | '64';

/** A thing of the machine, as it can be asked about again. Names are the machine's own, whatever characters they have. */
export type ExplorerNode =
  | { readonly kind: 'registry' | 'files' | 'services' | 'programs' | 'hotfixes' }
  | { readonly kind: 'view'; readonly view: ExplorerView }
  | { readonly kind: 'key'; readonly view?: ExplorerView; readonly hive: 'HKLM' | 'HKU'; readonly path: string }
  | {
      readonly kind: 'value';
      readonly view?: ExplorerView;
      readonly hive: 'HKLM' | 'HKU';
      readonly path: string;
      readonly name: string;
    }
  | { readonly kind: 'folder' | 'file'; readonly path: string }
  | { readonly kind: 'file-property'; readonly path: string; readonly property: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'service-property'; readonly name: string; readonly property: string }
  | { readonly kind: 'program'; readonly view?: ExplorerView; readonly hive: 'HKLM' | 'HKU'; readonly path: string }
  | { readonly kind: 'hotfix'; readonly kb: string };

/** A node as it is shown; every text but the copied ones is inert. */
export interface ExplorerItem {
  readonly node: ExplorerNode;
  readonly label: string;
  readonly description?: string;
  /** Lines that a person who rests on it reads. */
  readonly details?: readonly string[];
  readonly expandable: boolean;
  /** Where it is, and what it is, for the clipboard: on one line, without control characters. */
  readonly copyPath?: string;
  readonly copyValue?: string;
  /** It could not be read, or never is. */
  readonly unreadable?: true;
}

/** Why something could not be read: a coded error of the scan where there is one. */
export interface ExplorerFailure {
  readonly code?: string;
  readonly meaning: string;
  readonly raw?: string;
  readonly remedy?: string;
  readonly validate?: string;
}

/** A place in the list of what is below a node. */
export interface ExplorerCursor {
  readonly list: 'values' | 'rest';
  readonly from: number;
}

export interface ExplorerPage {
  readonly items: readonly ExplorerItem[];
  /** There is more. */
  readonly next?: ExplorerCursor;
  /** What a person should know of the list: a recording has only what was asked for. */
  readonly note?: string;
}

/** What was asked for; or why not; or that the session has ended meanwhile, which the client opens again. */
export type ExplorerReply<T> =
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: ExplorerFailure }
  | { readonly state: 'closed' };

export interface ExplorerOpenParams {
  readonly target: ScanParams['target'];
}

export interface ExplorerSession {
  readonly session: number;
  /** As the machine calls itself. */
  readonly machine: string;
  /** `Windows 10 22H2 (10.0.19045.3570), x64`. */
  readonly windows: string;
  readonly kind: 'live' | 'snapshot';
}

/** Opens a session; the one before is closed. Failed with step 2 means that the credential was refused, or not used. */
export const EXPLORER_OPEN = 'patchlab/explorerOpen';
export interface ExplorerOpenReply {
  readonly reply: ExplorerReply<ExplorerSession>;
  /** The step of the scan that failed. */
  readonly failedStep?: number;
}

/** Ends the session that is open, if any. */
export const EXPLORER_CLOSE = 'patchlab/explorerClose';

export interface ExplorerChildrenParams {
  readonly session: number;
  readonly node: ExplorerNode;
  readonly cursor?: ExplorerCursor;
}
/** Gives an ExplorerReply<ExplorerPage>. */
export const EXPLORER_CHILDREN = 'patchlab/explorerChildren';

export interface ExplorerSearchParams {
  readonly session: number;
  readonly node: ExplorerNode;
  readonly text: string;
  /** Ties progress to this search. */
  readonly token: string;
}
export interface ExplorerSearchProgress {
  readonly token: string;
  readonly looked: number;
  readonly found: number;
}
export interface ExplorerFound {
  readonly items: readonly ExplorerItem[];
  /** Why it ended before everything was looked at. */
  readonly stopped?: 'found' | 'looked' | 'time';
  readonly looked: number;
  /** How many places could not be read. */
  readonly unreadable: number;
}
/** Gives an ExplorerReply<ExplorerFound>. */
export const EXPLORER_SEARCH = 'patchlab/explorerSearch';
export const EXPLORER_SEARCH_PROGRESS = 'patchlab/explorerSearchProgress';

export interface ExplorerInsertParams {
  readonly session: number;
  readonly node: ExplorerNode;
  /** Where the cursor is; without it a whole declaration is given. Line and character count from 0. */
  readonly at?: { readonly uri: string; readonly line: number; readonly character: number };
}
/** Content for the place; or why there is none. */
export type ExplorerContent =
  | {
      readonly kind: 'edit';
      readonly text: string;
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
      /** The document's version that the places are of. */
      readonly version: number;
    }
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: string };
/** *Insert as check*: gives an ExplorerReply<ExplorerContent>. */
export const EXPLORER_INSERT = 'patchlab/explorerInsert';
/** *Create product from this uninstall entry*: the same. */
export const EXPLORER_PRODUCT = 'patchlab/explorerProduct';

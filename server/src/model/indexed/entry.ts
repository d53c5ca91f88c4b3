/** What an index holds of each file. */
import type { FileFacts } from '../facts/facts.ts';
import type { FileHead } from '../facts/head.ts';
import type { LinkedFile } from '../link-file.ts';
import type { LoweredFile } from '../lower/file.ts';

/** What is kept of a file whose text is not. */
export interface ClosedFile {
  readonly head: FileHead;
  readonly facts: () => FileFacts;
  /** Whether a text is the one that it was made of. */
  readonly isText: (text: string) => boolean;
}

/** A file of which only the names have been looked at so far: the head says nothing but them. */
export interface NamedFile extends Omit<ClosedFile, 'facts'> {
  /** Of the text that it was made of. */
  readonly fingerprint: string;
}

/** One file. While it is worked on its text is there, and counts. */
export interface Entry {
  readonly file: string;
  head: FileHead;
  text?: string;
  lowered?: LoweredFile | undefined;
  closed?: ClosedFile | NamedFile | undefined;
  /** Not there before anybody asked what linking says of it. */
  linked?: LinkedFile | undefined;
}

/** Whether only the names of a file are known. */
export const isNamed = ({ closed }: Entry): boolean => closed !== undefined && !('facts' in closed);

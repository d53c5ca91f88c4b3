/** A file on disk of which only the names have been looked at: all else is made when something asks for it, or in its turn. */
import type { FileHead } from '../../model/facts/head.ts';
import { namedHead } from '../../model/facts/named.ts';
import type { NamedFile } from '../../model/indexed/entry.ts';
import { fingerprint } from './summary.ts';

export class Named implements NamedFile {
  readonly file: string;
  readonly head: FileHead;
  /** Of the text that it was made of. */
  readonly fingerprint: string;

  constructor(file: string, text: string) {
    this.file = file;
    // Written and read back: a name that was cut from the text would hold all of the text in memory.
    this.head = JSON.parse(JSON.stringify(namedHead(text))) as FileHead;
    this.fingerprint = fingerprint(text);
  }

  isText(text: string): boolean {
    return fingerprint(text) === this.fingerprint;
  }
}

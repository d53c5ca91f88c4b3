/** What the scripted server has while it tells the truth: enough for a scan to come to its end. */

/** Values of a key: text, number or bytes. */
export type LiarKey = Readonly<Record<string, string | number | Buffer>>;

export interface LiarImage {
  /** By path below HKLM, in lower case. */
  readonly registry: ReadonlyMap<string, LiarKey>;
  /** By path below C$, in lower case. */
  readonly files: ReadonlyMap<string, Buffer>;
}

const NT = 'software\\microsoft\\windows nt\\currentversion';
const CONTROL = 'system\\currentcontrolset\\control';

/** A Windows 10 with one program. */
export function usualImage(more: Partial<LiarImage> = {}): LiarImage {
  return {
    registry: new Map<string, LiarKey>([
      [
        NT,
        {
          CurrentVersion: '6.3',
          CurrentMajorVersionNumber: 10,
          CurrentMinorVersionNumber: 0,
          CurrentBuildNumber: '19045',
          UBR: 3570,
          EditionID: 'Enterprise',
          SystemRoot: 'C:\\Windows',
        },
      ],
      [`${CONTROL}\\productoptions`, { ProductType: 'WinNT' }],
      [`${CONTROL}\\session manager\\environment`, { PROCESSOR_ARCHITECTURE: 'AMD64' }],
      [`${CONTROL}\\computername\\computername`, { ComputerName: 'LIAR' }],
      ['software\\probe', { Text: 'as it is', Number: 7 }],
      ['software\\probe\\child', { Name: 'child' }],
      ...(more.registry ?? []),
    ]),
    files: new Map<string, Buffer>([
      ['probe\\probe.txt', Buffer.from('as it is')],
      ['probe\\folder\\inner.txt', Buffer.from('inner')],
      ...(more.files ?? []),
    ]),
  };
}

/** The list of AV_PAIRs in an NTLM challenge (MS-NLMP 2.2.2.1): what the target says it is called. */
import { ByteView, u16le } from '../bytes.ts';

export const AV = {
  END: 0,
  COMPUTER: 1,
  DOMAIN: 2,
  DNS_COMPUTER: 3,
  DNS_DOMAIN: 4,
  FLAGS: 6,
  TIME: 7,
  TARGET: 9,
  BINDINGS: 10,
} as const;

/** The names that a target gives in its logon challenge. They are claims: step 4 holds them against the name asked for. */
export interface TargetNames {
  /** The challenge's TargetName: a domain, or the machine itself. */
  readonly target: string;
  readonly computer: string | null;
  readonly domain: string | null;
  readonly dnsComputer: string | null;
  readonly dnsDomain: string | null;
}

export type AvPairs = ReadonlyMap<number, Buffer>;

export function readAvPairs(bytes: Buffer): AvPairs {
  const view = new ByteView(bytes, 'the target information');
  const pairs = new Map<number, Buffer>();
  for (let at = 0; view.u16(at) !== AV.END;) {
    const length = view.u16(at + 2);
    pairs.set(view.u16(at), view.slice(at + 4, length));
    at += 4 + length;
  }
  return pairs;
}

export function writeAvPairs(pairs: AvPairs): Buffer {
  const parts = [...pairs].flatMap(([id, value]) => [u16le(id), u16le(value.length), value]);
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

export function targetNames(target: string, pairs: AvPairs): TargetNames {
  const text = (id: number) => pairs.get(id)?.toString('utf16le') ?? null;
  return {
    target,
    computer: text(AV.COMPUTER),
    domain: text(AV.DOMAIN),
    dnsComputer: text(AV.DNS_COMPUTER),
    dnsDomain: text(AV.DNS_DOMAIN),
  };
}

/** A part of a key's subkeys or values, for keys of any size. */
import type { Observation, RegistryValue } from '../../model/observation.ts';
import { win32Error } from '../../wire/failure.ts';
import type { Answer, NamedValue } from '../../wire/dcerpc/winreg.ts';
import { enumKey, enumValue, queryInfoKey } from '../../wire/dcerpc/winreg.ts';
import { withoutSecret, type Listed, type ListedValue, type ListRange } from '../listing.ts';
import { enumerate, type KeyReading } from './registry-enumeration.ts';
import { ERROR } from './registry-pipe.ts';
import type { RegistryRequest } from './registry-reads.ts';
import { decodeValue } from './registry-value.ts';
import { ABSENT, present, reading, refused } from './unreadable.ts';

/** Bytes of a value that are read to be looked at; with so many values a part, what all of them weigh is bounded. */
const MOST_SHOWN = 16 << 10;
const MOST_VALUES = 500;
const MOST_SUBKEYS = 1000;

/** A part of what is below a key. Never throws a failure of the wire. */
export async function listRegistry(at: KeyReading, request: RegistryRequest, range: ListRange): Promise<Observation> {
  return await reading(async (): Promise<Observation> => {
    const key = await at.pipe.key(at.key, at.call);
    if (!Buffer.isBuffer(key)) return key;
    const counts = await queryInfoKey(at.pipe.rpc, key, at.call);
    if (counts.code === ERROR.KEY_DELETED) return ABSENT;
    if (counts.code !== 0) throw win32Error(counts.code, 'the key could not be read');
    return request.kind === 'values'
      ? await values(at, range, counts.value.values)
      : await subkeys(at, range, counts.value.subkeys);
  });
}

async function subkeys(at: KeyReading, range: ListRange, all: number): Promise<Observation<Listed<string>>> {
  return await part(at, { ...range, all, most: MOST_SUBKEYS }, enumKey);
}

async function values(at: KeyReading, range: ListRange, all: number): Promise<Observation<Listed<ListedValue>>> {
  const long = new Set<NamedValue>();
  const found = await part(at, { ...range, all, most: MOST_VALUES }, async (pipe, place, call) => {
    const answer = await enumValue(pipe, { ...place, room: MOST_SHOWN }, call);
    if (answer.code !== ERROR.MORE_DATA) return answer;
    long.add(answer.value);
    return { ...answer, code: 0 };
  });
  if (found.state !== 'present') return found;
  const items = found.value.items.map((one): ListedValue => {
    const value: Observation<RegistryValue> = long.has(one)
      ? refused(`it has ${one.size} bytes; at most ${MOST_SHOWN} are shown`)
      : decodeValue(one.type, one.data);
    return withoutSecret(at.key, { name: one.name, value });
  });
  return present({ ...found.value, items });
}

interface Part extends ListRange {
  readonly all: number;
  readonly most: number;
}

type One<T> = (
  pipe: KeyReading['pipe']['rpc'],
  at: { key: Buffer; index: number },
  call: KeyReading['call'],
) => Promise<Answer<T>>;

async function part<T>(at: KeyReading, { from, all, ...of }: Part, one: One<T>): Promise<Observation<Listed<T>>> {
  const count = Math.max(0, Math.min(of.count, of.most, all - from));
  if (count === 0) return present({ items: [], complete: true });
  const items = await enumerate(at, {
    count,
    max: count,
    one: (pipe, { key, index }, call) => one(pipe.rpc, { key, index: from + index }, call),
  });
  if (items === ERROR.KEY_DELETED) return ABSENT;
  if (typeof items === 'number') throw win32Error(items, 'the key could not be listed');
  const next = from + items.length;
  return present({ items, complete: true, ...(items.length === count && next < all && { next }) });
}

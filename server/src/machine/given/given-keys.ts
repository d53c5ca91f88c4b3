/** Stated keys and values: what they say to a request, over what is observed beneath. */
import type { Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import { fateOf, GIVEN_UNKNOWN, split, type Presence, type Statement } from './statement.ts';

interface StatedKey {
  is?: Presence;
  readonly children: Map<string, string>;
  readonly values: Map<string, { readonly name: string; is: Observation<RegistryValue> }>;
}

const ABSENT: Observation<never> = { state: 'absent' };

export class GivenKeys {
  readonly #keys = new Map<string, StatedKey>();

  add(statement: Extract<Statement, { kind: 'key' | 'value' }>): void {
    const path = `${statement.hive}\\${statement.path}`;
    if (statement.kind === 'key') {
      if (statement.is === 'present') this.#make(path);
      else this.#at(path).is = statement.is;
      return;
    }
    const { name, is } = statement;
    this.#make(path);
    const { values } = this.#at(path);
    const known = values.get(name.toLowerCase());
    values.set(name.toLowerCase(), { name, is: known ? joined(known.is, is) : is });
  }

  /** The answer to a request, given what is observed beneath. */
  answer(request: Extract<ObservationRequest, { hive: unknown }>, beneath: Observation): Observation {
    const path = `${request.hive}\\${request.path}`.replace(/\\+$/, '').toLowerCase();
    const above = fateOf(path, (at) => this.#keys.get(at)?.is);
    if (above === 'unreadable') return GIVEN_UNKNOWN;
    const key = this.#keys.get(path);
    const base = above === 'absent' ? ABSENT : beneath;
    switch (request.kind) {
      case 'key':
        return key?.is === 'present' ? { state: 'present', value: true } : base;
      case 'value':
        return key?.values.get(request.name.toLowerCase())?.is ?? base;
      case 'subkeys':
        return key ? this.#subkeys(key, path, base) : base;
      case 'values':
        return key ? valuesOf(key, base) : base;
    }
  }

  #subkeys(key: StatedKey, path: string, base: Observation): Observation {
    if (base.state === 'unreadable') return base;
    const seen = base.state === 'present' ? (base.value as readonly string[]) : [];
    if (base.state === 'absent' && key.is !== 'present') return base;
    const known = new Set(seen.map((name) => name.toLowerCase()));
    const more = [...key.children].filter(([id]) => !known.has(id)).map(([, name]) => name);
    const there = (name: string): boolean => this.#keys.get(`${path}\\${name.toLowerCase()}`)?.is !== 'absent';
    return { state: 'present', value: [...seen, ...more].filter(there) };
  }

  #at(path: string): StatedKey {
    const id = path.toLowerCase();
    const made = this.#keys.get(id) ?? { children: new Map<string, string>(), values: new Map() };
    this.#keys.set(id, made);
    return made;
  }

  /** What is stated to be there is listed above, up to the hive. */
  #make(path: string): void {
    this.#at(path).is = 'present';
    for (let at = split(path); at; at = split(at.parent)) {
      const parent = this.#at(at.parent);
      parent.children.set(at.name.toLowerCase(), at.name);
      parent.is ??= 'present';
    }
  }
}

/** Entries of a list are stated one by one. */
function joined(one: Observation<RegistryValue>, other: Observation<RegistryValue>): Observation<RegistryValue> {
  if (one.state !== 'present' || other.state !== 'present') return other;
  if (one.value.type !== 'REG_MULTI_SZ' || other.value.type !== 'REG_MULTI_SZ') return other;
  return { state: 'present', value: { type: 'REG_MULTI_SZ', data: [...one.value.data, ...other.value.data] } };
}

function valuesOf({ is, values }: StatedKey, base: Observation): Observation {
  if (base.state === 'unreadable' || (base.state === 'absent' && is !== 'present')) return base;
  const seen = base.state === 'present' ? (base.value as Readonly<Record<string, RegistryValue>>) : {};
  const kept = Object.entries(seen).filter(([name]) => !values.has(name.toLowerCase()));
  for (const { name, is: stated } of values.values()) {
    // One that is there and unknown leaves open what all of them are.
    if (stated.state === 'unreadable') return stated;
    if (stated.state === 'present') kept.push([name, stated.value]);
  }
  return { state: 'present', value: Object.fromEntries(kept) };
}

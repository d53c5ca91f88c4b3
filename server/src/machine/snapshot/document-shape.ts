/** The shape of a snapshot document. */
import { SNAPSHOT_SCHEMA } from './format.ts';
import {
  byMember,
  either,
  list,
  nothing,
  object,
  oneOf,
  record,
  text,
  textLike,
  truth,
  whole,
  type Shape,
} from './shape.ts';

const unreadable = object({ unreadable: text }, { raw: text });
const redacted = object({ redacted: text });
const recorded = (shape: Shape): Shape => either(nothing, unreadable, shape);

const typed = (data: Shape): Shape => object({ type: text, data });
const dword = typed(textLike('digits', /^\d{1,10}$/));
const binary = typed(textLike('hexadecimal', /^([0-9a-f]{2})*$/));

const value = byMember('type', {
  REG_SZ: typed(text),
  REG_EXPAND_SZ: typed(text),
  REG_LINK: typed(text),
  REG_DWORD: dword,
  REG_DWORD_BIG_ENDIAN: dword,
  REG_QWORD: typed(textLike('digits', /^\d{1,20}$/)),
  REG_MULTI_SZ: typed(list(text)),
  REG_NONE: binary,
  REG_BINARY: binary,
  REG_RESOURCE_LIST: binary,
});

const key = object(
  {},
  {
    exists: either(truth, unreadable),
    subkeys: either(list(text), unreadable),
    values: record(either(nothing, unreadable, redacted, value)),
    complete: either(truth, unreadable),
  },
);

const date = textLike('a date and time, as 2026-01-13T08:00:00Z', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
const info = { folder: truth, size: whole(0, Number.MAX_SAFE_INTEGER), modified: date };

const version = object(
  {},
  {
    fileVersion: text,
    fixedProductVersion: text,
    productVersion: text,
    company: text,
    product: text,
    originalName: text,
    language: text,
    arch: oneOf('x86', 'x64', 'arm', 'arm64'),
  },
);

const file = object(
  {},
  {
    stat: recorded(object(info)),
    version: recorded(version),
    text: either(nothing, unreadable, redacted, text),
    sha256: recorded(textLike('64 hexadecimal digits', /^[0-9a-f]{64}$/)),
    entries: recorded(list(object({ name: text, ...info }, { link: truth }))),
  },
);

const service = object({
  name: text,
  displayName: text,
  state: oneOf('stopped', 'start-pending', 'stop-pending', 'running', 'continue-pending', 'pause-pending', 'paused'),
  start: recorded(oneOf('boot', 'system', 'automatic', 'manual', 'disabled')),
  account: recorded(text),
  path: recorded(text),
});

/** A snapshot document. */
export const documentShape: Shape = object(
  {
    schema: oneOf(SNAPSHOT_SCHEMA),
    recorded: date,
    machine: object({
      name: either(nothing, text),
      address: either(nothing, text),
      port: either(nothing, whole(1, 65535)),
    }),
    redacted: list(object({ what: text, why: text })),
    registry: record(key, textLike('a key that begins with HKLM, HKU, HKCR or HKCC', /^(HKLM|HKU|HKCR|HKCC)(\\|$)/i)),
    services: record(recorded(service)),
    files: record(file, textLike('a full path, as C:\\Windows', /^[a-z]:(\\|$)/i)),
  },
  { serviceNames: recorded(list(text)) },
);

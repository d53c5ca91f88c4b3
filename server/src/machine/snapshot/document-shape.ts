/** The shape of a snapshot document. */
import { SNAPSHOT_SCHEMA } from './format.ts';
import { either, list, nothing, object, oneOf, record, text, textLike, truth, whole, type Shape } from './shape.ts';

const unreadable = object({ unreadable: text }, { raw: text });
const redacted = object({ redacted: text });
const recorded = (shape: Shape): Shape => either(nothing, unreadable, shape);

const value = either(
  object({ type: oneOf('REG_SZ', 'REG_EXPAND_SZ', 'REG_LINK'), data: text }),
  object({ type: oneOf('REG_DWORD', 'REG_DWORD_BIG_ENDIAN'), data: textLike('digits', /^\d{1,10}$/) }),
  object({ type: oneOf('REG_QWORD'), data: textLike('digits', /^\d{1,20}$/) }),
  object({ type: oneOf('REG_MULTI_SZ'), data: list(text) }),
  object({
    type: oneOf('REG_NONE', 'REG_BINARY', 'REG_RESOURCE_LIST'),
    data: textLike('hexadecimal', /^([0-9a-f]{2})*$/),
  }),
);

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
    entries: recorded(list(object({ name: text, ...info }))),
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

/** From what a test states in the language to what its machine answers: views, folders and insertions are resolved here. */
import type { Context } from '../../evaluate/context.ts';
import { packGuid } from '../../evaluate/guids.ts';
import { keysInViews } from '../../evaluate/keys.ts';
import { literalOf } from '../../evaluate/patterns.ts';
import { viewsOf, type PhysicalKey } from '../../evaluate/registry.ts';
import { keyPattern, onePath, plainText } from '../../evaluate/templates.ts';
import { PROFILE_LIST } from '../../evaluate/users.ts';
import type { Read } from '../../evaluate/values.ts';
import { GIVEN_UNKNOWN, type Presence, type Statement } from '../../machine/given/statement.ts';
import type { Stated, StatedThing } from '../../model/content-test.ts';
import type { FileProperty, MsiId, Template, View } from '../../model/content.ts';
import type { FileVersion, Observation, RegistryValue } from '../../model/observation.ts';

/** The statements of one `given`, or why it cannot be stated. */
export type Made = { readonly statements: readonly Statement[] } | { readonly why: string };

/** Whose hive is meant where a test states something under HKCU: the machine has this user besides its own. */
const USER = 'S-1-5-21-1000000001-1000000002-1000000003-1001';

/** What one `given` makes the machine answer. */
export function statementsOf(context: Context, { subject, is }: StatedThing): Made {
  switch (subject.kind) {
    case 'thing-key':
      return inKeys(context, subject, (key) => withPresence(is, (presence) => [{ kind: 'key', ...key, is: presence }]));
    case 'value':
      return withText(context, subject.name, (name) =>
        inKeys(context, subject, (key) =>
          withValue(context, is, (value) => [{ kind: 'value', ...key, name, is: value }]),
        ),
      );
    case 'thing-file':
    case 'thing-folder':
      return inPaths(context, subject, (path) =>
        withPresence(is, (presence) => [{ kind: 'file', path, folder: subject.kind === 'thing-folder', is: presence }]),
      );
    case 'file':
      return inPaths(context, subject, (path) => ofFile(context, path, { property: subject.property, is }));
    case 'folder':
      return inPaths(context, subject, (path) => changed(context, { path, folder: true }, is));
    case 'thing-service':
      return withText(context, subject.name, (name) =>
        is.kind === 'word'
          ? made({ kind: 'service-member', name, member: 'state', is: { state: 'present', value: is.text } })
          : withPresence(is, (presence) => [{ kind: 'service', name, is: presence }]),
      );
    case 'service': {
      const member = subject.property === 'display-name' ? 'displayName' : subject.property;
      return withText(context, subject.name, (name) =>
        withSaid(context, is, (said) => [{ kind: 'service-member', name, member, is: said }]),
      );
    }
    case 'thing-msi':
      return is.kind === 'absent'
        ? { why: 'that a package is not installed cannot be stated: state the keys that are absent' }
        : msi(context, subject.msi, (path) =>
            withPresence(is, (presence) => [{ kind: 'key', hive: 'HKLM', path, is: presence }]),
          );
    case 'msi':
      return msi(context, subject.msi, (path) =>
        withValue(context, is, (value) => [
          { kind: 'value', hive: 'HKLM', path, name: MSI_VALUES[subject.property], is: value },
        ]),
      );
    case 'thing-hotfix':
      return is.kind === 'installed' ? hotfix(subject.kb) : { why: 'of a hotfix only `is installed` can be stated' };
    default:
      return { why: 'this is nothing that is observed on a machine' };
  }
}

const made = (...statements: readonly Statement[]): Made => ({ statements });

function all(parts: readonly Made[]): Made {
  const wrong = parts.find((part) => 'why' in part);
  return wrong ?? { statements: parts.flatMap((part) => ('statements' in part ? part.statements : [])) };
}

function whenRead<T>(read: Read<T>, make: (value: T) => Made): Made {
  if (read.state === 'present') return make(read.value);
  return { why: read.state === 'unreadable' ? read.reason : 'it names nothing on this machine' };
}

const withText = (context: Context, template: Template, make: (text: string) => Made): Made =>
  whenRead(plainText(context, undefined, template), make);

// ---------- what it is

function withPresence(is: Stated, make: (presence: Presence) => readonly Statement[]): Made {
  switch (is.kind) {
    case 'exists':
    case 'installed':
      return made(...make('present'));
    case 'absent':
      return made(...make('absent'));
    case 'unknown':
      return made(...make('unreadable'));
    default:
      return { why: 'say which property of it has this value' };
  }
}

function withValue(
  context: Context,
  is: Stated,
  make: (value: Observation<RegistryValue>) => readonly Statement[],
): Made {
  const text = (value: string): Made => made(...make({ state: 'present', value: { type: 'REG_SZ', data: value } }));
  switch (is.kind) {
    case 'absent':
      return made(...make({ state: 'absent' }));
    case 'unknown':
      return made(...make(GIVEN_UNKNOWN));
    case 'exists':
    case 'installed':
      return text('');
    case 'word':
      return text(is.text);
    case 'text':
      return withText(context, is.template, text);
    case 'entry':
      return withText(context, is.template, (entry) =>
        made(...make({ state: 'present', value: { type: 'REG_MULTI_SZ', data: [entry] } })),
      );
    case 'number': {
      const type = BigInt(is.digits) > 0xffff_ffffn ? 'REG_QWORD' : 'REG_DWORD';
      return made(...make({ state: 'present', value: { type, data: is.digits } }));
    }
  }
}

/** A text that something says of itself. */
function withSaid(context: Context, is: Stated, make: (said: Observation<string>) => readonly Statement[]): Made {
  const text = (value: string): Made => made(...make({ state: 'present', value }));
  switch (is.kind) {
    case 'absent':
      return made(...make({ state: 'absent' }));
    case 'unknown':
      return made(...make(GIVEN_UNKNOWN));
    case 'word':
      return text(is.text);
    case 'number':
      return text(is.digits);
    case 'text':
      return withText(context, is.template, text);
    default:
      return { why: 'say with `=` what it is' };
  }
}

// ---------- registry

function inKeys(
  context: Context,
  { key, view }: { readonly key: Template; readonly view?: View },
  make: (key: PhysicalKey) => Made,
): Made {
  return whenRead(keyPattern(context, undefined, key), ({ hive, parts, found }) => {
    const path = parts.map((part) => literalOf(part) ?? '').join('\\');
    const own = hive === 'HKCU';
    const keys = keysInViews(
      context,
      own ? { hive: 'HKU', path: `${USER}\\${path}` } : { hive, path },
      viewsOf(context, view, found),
    );
    if (keys.length === 0) return { why: 'this Windows has no 64-bit view' };
    return all([...keys.map(make), ...(own ? [made(...user())] : [])]);
  });
}

function user(): readonly Statement[] {
  const path = `${PROFILE_LIST}\\${USER}`;
  const home = { state: 'present', value: { type: 'REG_EXPAND_SZ', data: 'C:\\Users\\test' } } as const;
  return [{ kind: 'value', hive: 'HKLM', path, name: 'ProfileImagePath', is: home }];
}

const INSTALLER = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer';
const MSI_VALUES = { version: 'DisplayVersion', name: 'DisplayName', location: 'InstallLocation' } as const;

/** Installed for the machine; one that is named by its upgrade code has a product code of its own. */
function msi(context: Context, { by, id }: MsiId, make: (path: string) => Made): Made {
  return withText(context, id, (guid) => {
    const packed = packGuid(guid);
    if (packed === undefined) return { why: `\`${guid.slice(0, 60)}\` is no GUID` };
    const product = make(`${INSTALLER}\\UserData\\S-1-5-18\\Products\\${packed}\\InstallProperties`);
    if (by === 'product-code') return product;
    const path = `${INSTALLER}\\UpgradeCodes\\${packed}`;
    const named = { state: 'present', value: { type: 'REG_SZ', data: '' } } as const;
    return all([made({ kind: 'value', hive: 'HKLM', path, name: packed, is: named }), product]);
  });
}

/** As Component Based Servicing keeps it: `CurrentState` 0x70 is installed. */
function hotfix(kb: string): Made {
  const name = `Package_for_${kb.toUpperCase()}~31bf3856ad364e35~amd64~~0.0.0.0`;
  const path = `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\${name}`;
  const state = { state: 'present', value: { type: 'REG_DWORD', data: '112' } } as const;
  return made({ kind: 'value', hive: 'HKLM', path, name: 'CurrentState', is: state });
}

// ---------- files

function inPaths(
  context: Context,
  { path, view }: { readonly path: Template; readonly view?: View },
  make: (path: string) => Made,
): Made {
  const views = view === undefined ? [undefined] : viewsOf(context, view);
  return all(views.map((one) => whenRead(onePath(context, undefined, { template: path, view: one }), make)));
}

const VERSION_MEMBERS = {
  version: 'fileVersion',
  'product-version': 'productVersion',
  company: 'company',
  product: 'product',
  'original-name': 'originalName',
  language: 'language',
  arch: 'arch',
} as const satisfies Partial<Record<FileProperty, keyof FileVersion>>;

function ofFile(
  context: Context,
  path: string,
  { property, is }: { readonly property: FileProperty; readonly is: Stated },
): Made {
  switch (property) {
    case 'size':
      return is.kind === 'number'
        ? made({ kind: 'size', path, bytes: Number(is.digits) })
        : { why: 'say its size with `=`, such as `size = 10KB`' };
    case 'modified':
      return changed(context, { path, folder: false }, is);
    case 'text':
    case 'sha256':
      return withSaid(context, is, (said) => [{ kind: property, path, is: said }]);
    default: {
      const member = VERSION_MEMBERS[property];
      return withSaid(context, is, (said) => [{ kind: 'version', path, member, is: said }]);
    }
  }
}

function changed(context: Context, of: { readonly path: string; readonly folder: boolean }, is: Stated): Made {
  const at = (text: string): Made => {
    const time = new Date(text);
    return Number.isNaN(time.getTime())
      ? { why: `\`${text.slice(0, 60)}\` is no date` }
      : made({ kind: 'modified', ...of, time: time.toISOString() });
  };
  if (is.kind === 'word') return at(is.text);
  return is.kind === 'text' ? withText(context, is.template, at) : { why: 'say with `=` when, such as 2026-01-13' };
}

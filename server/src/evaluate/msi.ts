/**
 * Windows Installer products: `Installer\UserData\SID\Products\PACKED\InstallProperties`, for the machine under S-1-5-18 and
 * for users under their SIDs (readable without their hives); upgrade codes under `Installer\UpgradeCodes\PACKED`, whose value
 * names are packed product codes. These keys exist once, outside the 32-bit view.
 */
import type { MsiId, MsiProperty } from '../model/content.ts';
import { observe, type Context, type Names } from './context.ts';
import { packGuid } from './guids.ts';
import { plainText } from './templates.ts';
import { ABSENT, fromRegistry, mapRead, present, unreadable, type Read } from './values.ts';

const INSTALLER = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer';
const MACHINE = 'S-1-5-18';
const VALUES: Readonly<Record<MsiProperty, string>> = {
  version: 'DisplayVersion',
  name: 'DisplayName',
  location: 'InstallLocation',
};

/** The key of an installed product's properties; absent where no user and not the machine has it. */
export function msiKey(context: Context, names: Names | undefined, msi: MsiId): Read<string> {
  return mapRead(plainText(context, names, msi.id), (id): Read<string> => {
    const packed = packGuid(id);
    if (packed === undefined) return unreadable(`\`${id.slice(0, 60)}\` is no GUID`);
    return msi.by === 'product-code' ? installedUnder(context, packed) : byUpgradeCode(context, packed);
  });
}

/** A property of an installed product. */
export function msiProperty(
  context: Context,
  names: Names | undefined,
  of: { readonly msi: MsiId; readonly property: MsiProperty },
): Read {
  return mapRead(msiKey(context, names, of.msi), (path) =>
    mapRead(observe<'value'>(context, { kind: 'value', hive: 'HKLM', path, name: VALUES[of.property] }), (data) => {
      const value = fromRegistry(data);
      return present(
        of.property === 'version' && value.kind === 'text' ? { ...value, soft: 'version' as const } : value,
      );
    }),
  );
}

function byUpgradeCode(context: Context, packed: string): Read<string> {
  const path = `${INSTALLER}\\UpgradeCodes\\${packed}`;
  return mapRead(observe<'values'>(context, { kind: 'values', hive: 'HKLM', path }), (values) =>
    firstPresent(
      Object.keys(values).filter((name) => /^[0-9a-f]{32}$/i.test(name)),
      (code) => installedUnder(context, code.toUpperCase()),
    ),
  );
}

function installedUnder(context: Context, packed: string): Read<string> {
  const machine = propertiesKey(context, MACHINE, packed);
  if (machine.state !== 'absent') return machine;
  const path = `${INSTALLER}\\UserData`;
  return mapRead(observe<'subkeys'>(context, { kind: 'subkeys', hive: 'HKLM', path }), (sids) =>
    firstPresent(
      sids.filter((sid) => sid.toUpperCase() !== MACHINE),
      (sid) => propertiesKey(context, sid, packed),
    ),
  );
}

function propertiesKey(context: Context, sid: string, packed: string): Read<string> {
  const path = `${INSTALLER}\\UserData\\${sid}\\Products\\${packed}\\InstallProperties`;
  return mapRead(observe<'key'>(context, { kind: 'key', hive: 'HKLM', path }), () => present(path));
}

/** The first that is present; one that could not be read might be it, unless all before it are absent and so on. */
export function firstPresent<T, U>(items: readonly T[], read: (item: T) => Read<U>): Read<U> {
  let open: Read<U> | undefined;
  for (const item of items) {
    const found = read(item);
    if (found.state === 'present' && open === undefined) return found;
    if (found.state !== 'absent') open ??= found;
  }
  return open ?? ABSENT;
}

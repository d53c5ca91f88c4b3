/** `windows` and its members: what step 4 found out, as values. */
import type { OperatingSystem } from './verdict.ts';
import { is64Bit } from './folders.ts';
import { numberValue, present, textValue, unreadable, type Read } from './values.ts';
import { parseVersion } from './versions.ts';

/** The value of `windows.MEMBER`; `windows` alone is its version. */
export function windowsFact(os: OperatingSystem, member: string | undefined): Read {
  switch (member?.toLowerCase()) {
    case undefined:
    case 'version':
      return versionFact(os.version);
    case 'build':
      return present(numberValue(os.build));
    case 'revision':
      return os.ubr === null ? present(numberValue(0)) : present(numberValue(os.ubr));
    case 'release':
      return textFact('release', os.release);
    case 'service-pack':
      return present(numberValue(os.servicePack));
    case 'edition':
      return textFact('edition', os.edition);
    case 'role':
      return present(textValue(os.role));
    case 'arch':
      return present(textValue(os.architecture));
    case 'bits':
      return present(numberValue(is64Bit(os) ? 64 : 32));
    case 'language':
      return textFact('language', os.language);
    case 'installation':
      return textFact('installation', os.installation);
    default:
      return unreadable(`windows has no \`${member ?? ''}\``);
  }
}

function versionFact(text: string): Read {
  const version = parseVersion(text);
  return version === undefined ? unreadable(`\`${text}\` is no version`) : present({ kind: 'version', version });
}

function textFact(name: string, text: string | null): Read {
  return text === null ? unreadable(`the machine does not tell its ${name}`) : present(textValue(text));
}

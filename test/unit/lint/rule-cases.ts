/** For each lint rule a text that it speaks up about, and one that it does not. */
export interface RuleCase {
  readonly bad: string;
  readonly good: string;
  /** What the fix makes of `bad`, where the rule has one: no finding of the rule is left. */
  readonly fixed?: true;
}

const product = (body: string): string => `product acme "Acme" {\n  ${body}\n}\n`;

export const RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'contradictory-on': {
    bad: product('on windows-7\n  on windows-8'),
    good: product('on windows-7, windows-8\n  on windows >= 6.1'),
  },
  'empty-range': {
    bad: `${product('let version = "1" as version')}patch A-1 fixes acme >= 15.0 < 14.0 { installed when version >= 2 }\n`,
    good: `${product('let version = "1" as version')}patch A-1 fixes acme >= 14.0 < 15.0 { installed when version >= 2 }\n`,
  },
  wow6432node: {
    bad: product('installed when key "HKLM\\SOFTWARE\\Wow6432Node\\Acme" value "Path" exists'),
    good: product('installed when key "HKLM\\SOFTWARE\\Acme" view 32 value "Path" exists'),
    fixed: true,
  },
  'absolute-path': {
    bad: product('installed when file "C:\\Program Files\\Acme\\acme.exe" exists'),
    good: product('installed when file "%ProgramData%\\Acme\\acme.exe" exists'),
    fixed: true,
  },
  'long-hive': {
    bad: product('installed when key "HKEY_LOCAL_MACHINE\\SOFTWARE\\Acme" exists'),
    good: product('installed when key "HKLM\\SOFTWARE\\Acme" exists'),
    fixed: true,
  },
  'absent-not-equal': {
    bad: product('installed when key "HKLM\\SOFTWARE\\Acme" value "Mode" != "off"'),
    good: product('installed when key "HKLM\\SOFTWARE\\Acme" value "Mode" != "off" if present'),
  },
  'no-one-per': {
    bad: product('each k in keys "HKLM\\SOFTWARE\\Acme" view both\n  let location = k value "Path"'),
    good: product('each k in keys "HKLM\\SOFTWARE\\Acme" view 32\n  let location = k value "Path"'),
    fixed: true,
  },
  'stale-entry': {
    bad: product('each app in programs where app.name = "Acme"'),
    good: product(
      'each app in programs where app.name = "Acme"\n  installed when file "${app.location}\\acme.exe" exists',
    ),
  },
  'unused-capture': {
    bad: product(
      'each k in keys "HKLM\\SOFTWARE\\Acme\\*" where k.name matches /^(?<release>\\d+)/\n  let version = k value "Version"',
    ),
    good: product(
      'each k in keys "HKLM\\SOFTWARE\\Acme\\*" where k.name matches /^(?<release>\\d+)/\n  let version = release',
    ),
  },
  'patch-without-check': {
    bad: 'patch A-1 fixes windows\n',
    good: 'patch A-1 fixes windows { note "the advisory names no file" }\n',
  },
  'contradictory-condition': {
    bad: `${product('let version = "1" as version')}patch A-1 fixes acme { installed when version >= 5 and version < 3 }\n`,
    good: `${product('let version = "1" as version')}patch A-1 fixes acme { installed when version >= 3 and version < 5 }\n`,
  },
  'always-true': {
    bad: 'patch A-1 fixes windows { missing when on windows-7 or not on windows-7 }\n',
    good: 'patch A-1 fixes windows { missing always "a trigger" }\n',
  },
  'unreachable-branch': {
    bad: 'patch A-1 fixes windows-10 { installed when any { file "%windir%\\a.dll" exists  on windows-7 } }\n',
    good: 'patch A-1 fixes windows-10, windows-7 { installed when any { file "%windir%\\a.dll" exists  on windows-7 } }\n',
  },
  'unreachable-else': {
    bad: product('let channel = "esr" when windows.build >= 9200 else "old" when windows.build < 9200 else "none"'),
    good: product('let channel = "esr" when windows.build >= 9200 else "old" when windows.build < 7600 else "none"'),
  },
  'subsumed-check': {
    bad: 'check a { file "%windir%\\a.dll" exists  file "%windir%\\a.dll" version >= 5  file "%windir%\\a.dll" version > 4.2 }\n',
    good: 'check a { file "%windir%\\a.dll" exists  file "%windir%\\a.dll" version >= 5 }\n',
  },
  'fixes-decides': {
    bad: `${product('let version = "1" as version')}patch A-1 fixes acme < 5 { missing when version < 5 }\n`,
    good: `${product('let version = "1" as version')}patch A-1 fixes acme >= 4 { missing when version < 5 }\n`,
  },
  'version-literal': {
    bad: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\acme.exe" version }\npatch A-1 fixes acme { installed when version >= 24.07 }\n',
    good: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\acme.exe" version }\npatch A-1 fixes acme { installed when version >= 24.7 }\n',
    fixed: true,
  },
  'supersedence-gap': {
    bad: 'patch KB5000001 fixes windows-10-1809, server-2019 { installed when hotfix KB5000001 is installed }\npatch KB5000002 fixes windows-10-1809 {\n  supersedes KB5000001\n  installed when hotfix KB5000002 is installed\n}\n',
    good: 'patch KB5000001 fixes windows-10-1809, server-2019 { installed when hotfix KB5000001 is installed }\npatch KB5000002 fixes windows-10-1809, server-2019 {\n  supersedes KB5000001\n  installed when hotfix KB5000002 is installed\n}\n',
  },
  'superseded-by-older': {
    bad: 'patch KB5000001 fixes windows-11 {\n  released 2025-01-14\n  installed when hotfix KB5000001 is installed\n}\npatch KB5000002 fixes windows-11 {\n  released 2024-12-10\n  supersedes KB5000001\n  installed when hotfix KB5000002 is installed\n}\n',
    good: 'patch KB5000001 fixes windows-11 {\n  released 2024-12-10\n  installed when hotfix KB5000001 is installed\n}\npatch KB5000002 fixes windows-11 {\n  released 2025-01-14\n  supersedes KB5000001\n  installed when hotfix KB5000002 is installed\n}\n',
  },
  'type-mismatch': {
    bad: 'check a { file "%System32%\\acme.dll" size >= 5.0.1 }\n',
    good: 'check a { file "%System32%\\acme.dll" version >= 5.0.1 }\n',
  },
  'default-view': {
    bad: 'check a { key "HKLM\\SOFTWARE\\Acme" value "Mode" = 1 }\n',
    good: 'check a { key "HKLM\\SOFTWARE\\Acme" view both value "Mode" = 1 }\n',
  },
  'malformed-guid': {
    bad: 'check a { key "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{23170F69-40C1-2701-1900-00001000000}" view both exists }\n',
    good: 'check a { key "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{23170F69-40C1-2701-1900-000001000000}" view both exists }\n',
  },
  'malformed-sid': {
    bad: 'check a { key "HKU\\S-1-5-18x\\Software\\Acme" exists }\n',
    good: 'check a { key "HKU\\S-1-5-18\\Software\\Acme" exists }\n',
  },
  'malformed-kb': {
    bad: 'patch KB-5031356 fixes windows-10 { installed when hotfix KB5031356 is installed }\n',
    good: 'patch KB5031356 fixes windows-10 { installed when hotfix KB5031356 is installed }\n',
  },
  'doubled-separator': {
    bad: 'check a { file "%ProgramFiles%\\\\Acme\\\\acme.exe" exists }\n',
    good: 'check a { file "%ProgramFiles%\\Acme\\acme.exe" exists }\n',
    fixed: true,
  },
  'missing-separator': {
    bad: 'check a { file "%ProgramFiles%Acme\\acme.exe" exists }\n',
    good: 'check a { file "%ProgramFiles%\\Acme\\acme.exe" exists }\n',
    fixed: true,
  },
  'unknown-folder': {
    bad: 'product acme "Acme" {\n  let location = "%ProgramFils%\\Acme"\n  let version = file "${location}\\acme.exe" version\n}\n',
    good: 'product acme "Acme" {\n  let location = "%ACME_HOME%\\Acme"\n  let version = file "${location}\\acme.exe" version\n}\n',
    fixed: true,
  },
  'reversed-dates': {
    bad: 'patch A-1 fixes windows {\n  released 2024-05-01\n  revised 2024-04-01\n  note "why"\n}\n',
    good: 'patch A-1 fixes windows {\n  released 2024-04-01\n  revised 2024-05-01\n  note "why"\n}\n',
  },
  'future-date': {
    bad: 'patch A-1 fixes windows {\n  released 2999-05-01\n  note "why"\n}\n',
    good: 'patch A-1 fixes windows {\n  released 2024-05-01\n  note "why"\n}\n',
  },
  'reaches-order': {
    bad: 'check a { file "%System32%\\acme.dll" version reaches { 4.0.2  3.0.7 } }\n',
    good: 'check a { file "%System32%\\acme.dll" version reaches { 3.0.7  4.0.2 } }\n',
  },
  'text-order': {
    bad: 'check a { key "HKLM\\SOFTWARE\\Acme" view both value "Release" >= "9.0" }\n',
    good: 'check a { key "HKLM\\SOFTWARE\\Acme" view both value "Release" >= 9.0 }\n',
    fixed: true,
  },
  'stray-blank': {
    bad: 'check a { key "HKLM\\SOFTWARE\\Acme " view both exists }\n',
    good: 'check a { key "HKLM\\SOFTWARE\\Acme" view both exists }\n',
    fixed: true,
  },
  'first-user': {
    bad: 'check a { key "HKCU\\Software\\Acme" value "Mode" = 1 }\n',
    good: 'check a { any k in keys "HKCU\\Software\\Acme" { k value "Mode" = 1 } }\n',
  },
  'unused-name': {
    bad: 'product acme "Acme" {\n  let root = key "HKLM\\SOFTWARE\\Acme" view both value "Root"\n  let version = file "%ProgramFiles%\\Acme\\acme.exe" version\n}\n',
    good: 'product acme "Acme" {\n  let root = key "HKLM\\SOFTWARE\\Acme" view both value "Root"\n  let version = file "${root}\\acme.exe" version\n}\n',
  },
  'range-without-version': {
    bad: 'product acme "Acme" { let location = "%ProgramFiles%\\Acme" }\npatch A-1 fixes acme < 5.0 { note "why" }\n',
    good: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\acme.exe" version }\npatch A-1 fixes acme < 5.0 { note "why" }\n',
  },
  'threshold-title': {
    bad: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\acme.exe" version }\npatch A-1 "Acme 5.4" fixes acme { installed when version >= 5.3 }\n',
    good: 'product acme "Acme" { let version = file "%ProgramFiles%\\Acme\\acme.exe" version }\npatch A-1 "Acme 5.4" fixes acme { installed when version >= 5.4 }\n',
  },
};

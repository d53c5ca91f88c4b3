/** Whole declarations and statements to begin with. A `\$` is a dollar of the script itself. */
import type { ReservedWord } from '../../syntax/tokens.ts';

export interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
  /** It can stand where this word can. */
  readonly where: ReservedWord;
}

const DECLARATIONS: readonly Snippet[] = [
  {
    label: 'product ...',
    detail: 'a product found by its Uninstall entry',
    where: 'product',
    text: [
      'product ${1:vendor.name} "${2:Name}" {',
      '  vendor "${3:Vendor}"',
      '  each app in programs where app.name starts with "${2:Name}"',
      '  let location = app.location',
      '  let version  = file "\\${location}\\\\${4:program.exe}" version else app.version',
      '  installed when file "\\${location}\\\\${4:program.exe}" exists',
      '  one per location',
      '}',
      '',
    ].join('\n'),
  },
  {
    label: 'patch ...',
    detail: 'a patch that is there from a version on',
    where: 'patch',
    text: [
      'patch ${1:ID} "${2:Title}" fixes ${3:vendor.name} {',
      '  severity ${4|critical,important,moderate,low,unrated|}',
      '  released ${5:2026-01-13}',
      '  installed when version >= ${6:1.0}',
      '}',
      '',
    ].join('\n'),
  },
  {
    label: 'bulletin ...',
    detail: 'patches that share what is said of them',
    where: 'bulletin',
    text: [
      'bulletin ${1:ID} "${2:Title}" {',
      '  severity ${3|critical,important,moderate,low,unrated|}',
      '  released ${4:2026-01-13}',
      '  patch ${5:KB5000000} fixes ${6:windows-10-22h2} { installed when windows.version >= ${7:10.0.19045.1} }',
      '}',
      '',
    ].join('\n'),
  },
  {
    label: 'check ...',
    detail: 'a condition with parameters, used by its name',
    where: 'check',
    text: ['check ${1:name}(${2:path}) {', '  file "\\${${2:path}}" exists$0', '}', ''].join('\n'),
  },
  {
    label: 'test ...',
    detail: 'what must come out on a machine',
    where: 'test',
    text: [
      'test "${1:what it shows}" {',
      '  machine "${2:machine.snapshot.json}"',
      '  expect ${3:ID} ${4:missing}',
      '}',
      '',
    ].join('\n'),
  },
];

const STATEMENTS: readonly Snippet[] = [
  {
    label: 'each ... in programs',
    detail: 'an Uninstall entry after another',
    where: 'each',
    text: 'each ${1:app} in programs where ${1:app}.name starts with "${2:Name}"',
  },
  {
    label: 'each ... in keys',
    detail: 'a registry key after another',
    where: 'each',
    text: 'each ${1:k} in keys "HKLM\\\\SOFTWARE\\\\${2:Vendor}\\\\*" view both',
  },
  {
    // Where `each` may stand, and not in a patch, which looks nothing up.
    label: 'let ... in programs',
    detail: 'an Uninstall entry looked up for what was found',
    where: 'each',
    text: 'let ${1:entry} in programs where ${1:entry}.name starts with "${2:Name}"',
  },
  {
    label: 'let ... else',
    detail: 'a value, and another where it is absent',
    where: 'let',
    text: 'let ${1:name} = ${2:first} else ${3:second}',
  },
  {
    label: 'variant ...',
    detail: 'another way to find the same product',
    where: 'variant',
    text: ['variant "${1:title}" {', '  $0', '}'].join('\n'),
  },
  {
    label: 'installed when all { }',
    detail: 'several conditions that must hold',
    where: 'installed',
    text: ['installed when all {', '  $0', '}'].join('\n'),
  },
  {
    label: 'missing always "..."',
    detail: 'what every machine lacks until it is done by hand',
    where: 'missing',
    text: 'missing always "${1:why}"',
  },
  { label: 'note "..."', detail: 'nothing can be decided', where: 'note', text: 'note "${1:why}"' },
  { label: 'all { }', detail: 'each of these', where: 'all', text: ['all {', '  $0', '}'].join('\n') },
  { label: 'any { }', detail: 'one of these', where: 'any', text: ['any {', '  $0', '}'].join('\n') },
  {
    label: 'any ... in files { }',
    detail: 'some file for which it holds',
    where: 'any',
    text: 'any ${1:f} in files "${2:%ProgramFiles%\\\\*.dll}" { ${1:f}.version ${3:>= 1.0} }',
  },
  {
    label: 'reaches { }',
    detail: 'a fixed version for each branch',
    where: 'reaches',
    text: ['reaches {', '  ${1:10.0.17763.1}', '  ${2:10.0.19045.1}  from ${3:10.0.19041.0}', '}'].join('\n'),
  },
];

export const SNIPPETS: readonly Snippet[] = [...DECLARATIONS, ...STATEMENTS];

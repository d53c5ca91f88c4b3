/** Whole declarations to begin with. A `\$` is a dollar of the script itself. */

export interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

export const SNIPPETS: readonly Snippet[] = [
  {
    label: 'product ...',
    detail: 'a product found by its Uninstall entry',
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
    text: [
      'patch ${1:ID} "${2:Title}" fixes ${3:product} {',
      '  severity ${4|critical,important,moderate,low,unrated|}',
      '  released ${5:2026-01-13}',
      '  installed when version >= ${6:1.0}',
      '}',
      '',
    ].join('\n'),
  },
];

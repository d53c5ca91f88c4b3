/** What a new script begins with, as a snippet (`\$` is a dollar of the script itself): one product, one patch for it. */
export const FIRST_SCRIPT = [
  '# What is on the machine.',
  'product ${1:acme.editor} "${2:Acme Editor}" {',
  '  vendor "${3:Acme}"',
  '  each app in programs where app.name starts with "${2:Acme Editor}"',
  '  let location = app.location',
  '  let version  = file "\\${location}\\\\${4:editor.exe}" version',
  '  installed when file "\\${location}\\\\${4:editor.exe}" exists',
  '  one per location',
  '}',
  '',
  '# What it may lack.',
  'patch ${5:ACME-2026-01} "${2:Acme Editor} ${6:2.1}" fixes ${1:acme.editor} {',
  '  severity ${7|critical,important,moderate,low,unrated|}',
  '  installed when version >= ${6:2.1}',
  '}',
  '',
].join('\n');

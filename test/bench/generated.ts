/** A workspace as large as the design wants it, made up: files of about 3 KB with ten checks each, tied to each other by name. */

/** One file of it. */
export interface GeneratedFile {
  /** Relative to the workspace's root, with `/`. */
  readonly name: string;
  readonly text: string;
}

/** Files of one folder, which share a named check and supersede along a chain. */
const FOLDER = 100;
/** So many files use the check that every file may use. */
const SHARING = 500;

/** The check that 500 files use: an edit of its name breaks them all. */
export const SHARED_CHECK = 'shared.current';
/** The file that declares it. */
export const SHARED_FILE = 'shared.detect';

/** The files, the shared check's first. Nothing in them is an error. */
export function generateWorkspace(files: number): readonly GeneratedFile[] {
  return [sharedFile(SHARED_CHECK), ...Array.from({ length: files - 1 }, (_, index) => generateFile(index))];
}

/** The text that declares the shared check, under this or another name. */
export function sharedFile(name: string): GeneratedFile {
  return {
    name: SHARED_FILE,
    text: `# What every product of the house must have.\ncheck ${name} "Support is current" {\n  key "HKLM\\SOFTWARE\\Contoso\\Support" value "Level" >= 3\n}\n`,
  };
}

/** One product with its two patches, ten checks in all. */
export function generateFile(index: number): GeneratedFile {
  const folder = Math.floor(index / FOLDER);
  const id = `vendor${folder}.product${index}`;
  const vendor = `Vendor ${folder}`;
  const patch = (round: number): string => `V${folder}-${index}-${round}`;
  const before = index % FOLDER === 0 ? undefined : `V${folder}-${index - 1}-2`;
  const shared = index < SHARING ? `\n    check ${SHARED_CHECK}` : '';
  const version = `${(index % 20) + 1}.${index % 7}`;
  const text = `# ${vendor}: Product ${index}. Where it is, what version it has, and what it may lack.
# The installer writes its folder below its own key; an older one wrote it to the entry in Uninstall.

product ${id} "Product ${index}" {
  vendor "${vendor}"
  on     windows >= 6.1

  each app in programs where app.name matches /^Product ${index} (?<release>[\\d.]+)/
  let location = app.location else key "HKLM\\SOFTWARE\\${vendor}\\Product ${index}" view both value "Path"
  let version  = file "\${location}\\product${index}.exe" version else release
  installed when all {
    file "\${location}\\product${index}.exe" exists
    key "HKLM\\SOFTWARE\\${vendor}\\Product ${index}" view both exists
    version >= 1.0
  }
  one per location
}

# The first update of the year: the library and the service that loads it.
patch ${patch(1)} "Product ${index} Update 1" fixes ${id} {
  severity   important
  cve        CVE-2024-${10000 + index}
  released   2024-03-12
  installed when all {
    version >= ${version}.1
    file "\${location}\\core${index}.dll" version >= ${version}.100 if present
    key "HKLM\\SOFTWARE\\${vendor}\\Product ${index}\\Updates" view both value "Update1" = 1
  }
}

# The second one contains the first, and what the setting below turns off.
patch ${patch(2)} "Product ${index} Update 2" fixes ${id} {
  severity   critical
  cve        CVE-2024-${20000 + index}
  released   2024-09-10
  supersedes ${patch(1)}
  installed when all {
    version >= ${version}.2
    file "\${location}\\core${index}.dll" version >= ${version}.200 if present
    service "Product${index}" exists
    key "HKLM\\SOFTWARE\\${vendor}\\Product ${index}\\Updates" view both value "Update2" = 1${shared}
  }
}
${before === undefined ? '' : notes(folder, before)}`;
  return { name: `vendor${folder}/product${index}.detect`, text: padded(text) };
}

const notes = (folder: number, before: string): string =>
  `\n# The house releases in turns: before this one, vendor ${folder} released ${before}.\n`;

/** Comments up to the size that the design measures by, as authors write them. */
function padded(text: string): string {
  const line =
    '# Checked by hand on a fresh machine and on one that was upgraded; both had the same entries and files.\n';
  return text + line.repeat(Math.max(0, Math.round((3000 - text.length) / line.length)));
}

/** The plain words of the language that the grammar does not know: properties, states, conversions, members, metadata. */
import type {
  CollectionKind,
  Conversion,
  FileProperty,
  FolderProperty,
  MsiProperty,
  ServiceProperty,
} from './content.ts';

export const FILE_PROPERTIES: readonly FileProperty[] = [
  ...(['version', 'product-version', 'size', 'modified', 'sha256', 'arch', 'company', 'product'] as const),
  ...(['original-name', 'language', 'text'] as const),
];
export const FOLDER_PROPERTIES: readonly FolderProperty[] = ['modified'];
export const SERVICE_PROPERTIES: readonly ServiceProperty[] = ['state', 'start', 'account', 'path', 'display-name'];
export const MSI_PROPERTIES: readonly MsiProperty[] = ['version', 'name', 'location'];

export const CONVERSIONS: readonly Conversion[] = [
  ...(['path', 'folder', 'filename', 'program', 'trimmed', 'lowercase', 'version', 'number', 'date'] as const),
];

export const SERVICE_STATES = [
  ...['stopped', 'start-pending', 'stop-pending', 'running', 'continue-pending', 'pause-pending', 'paused'],
] as const;
export const SERVICE_STARTS = ['boot', 'system', 'automatic', 'manual', 'disabled'] as const;

/** `windows.…` and the state words that `is` knows for it; an empty list where it takes no `is`. */
export const WINDOWS_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  version: [],
  build: [],
  revision: [],
  release: [],
  'service-pack': [],
  edition: ['home', 'pro', 'enterprise', 'education', 'ltsc', 'iot', 'standard', 'datacenter', 'essentials', 'web'],
  role: ['workstation', 'server', 'domain-controller'],
  arch: ['x86', 'x64', 'arm64'],
  bits: [],
  language: [],
  installation: ['client', 'server', 'core', 'nano'],
};

export const COLLECTIONS: readonly CollectionKind[] = [
  ...(['keys', 'files', 'folders', 'services', 'values', 'programs', 'users'] as const),
];

/** The members of each collection's elements. On keys and programs any other word is the value of that name. */
export const ELEMENT_MEMBERS: Readonly<Record<CollectionKind, readonly string[]>> = {
  keys: ['name', 'path', 'view', 'user'],
  files: ['path', 'name', 'folder', ...FILE_PROPERTIES],
  folders: ['path', 'name', 'folder', ...FOLDER_PROPERTIES],
  services: ['name', ...SERVICE_PROPERTIES],
  values: ['name', 'data'],
  programs: [
    ...['name', 'version', 'publisher', 'location', 'icon', 'uninstall', 'product-code', 'view', 'user', 'path'],
  ],
  users: ['name', 'sid', 'profile'],
};

/** Collections whose elements are registry keys: `value "…"` and unknown members read their values. */
export const KEY_COLLECTIONS: ReadonlySet<CollectionKind> = new Set(['keys', 'programs']);

/** Collections that need patterns, and those that take none. */
export const NEEDS_PATTERNS: ReadonlySet<CollectionKind> = new Set(['keys', 'files', 'folders', 'values']);

export const ARCHITECTURES = ['x86', 'x64', 'arm64'] as const;
export const SEVERITIES = ['critical', 'important', 'moderate', 'low', 'unrated'] as const;

/** Metadata words and where they may stand. */
export const PRODUCT_METADATA = ['vendor', 'family', 'homepage', 'arch'] as const;
export const PATCH_METADATA = [
  'severity',
  'released',
  'revised',
  'kb',
  'cve',
  'class',
  'url',
  'reboot',
  'arch',
] as const;

/** Folders and variables that every machine has a value for; others come from the target's environment. */
export const STANDARD_VARIABLES = [
  ...['windir', 'System32', 'SysWOW64', 'ProgramFiles', 'ProgramFiles(x86)', 'CommonProgramFiles'],
  ...['CommonProgramFiles(x86)', 'ProgramData', 'SystemDrive', 'Public', 'TEMP'],
] as const;

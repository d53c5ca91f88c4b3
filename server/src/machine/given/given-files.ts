/** Stated files and folders: what they say to a request, over what is observed beneath. */
import type { FileInfo, FileVersion, FolderEntry, Observation, ObservationRequest } from '../../model/observation.ts';
import { fateOf, GIVEN_UNKNOWN, split, type Presence, type Statement } from './statement.ts';

interface StatedFile {
  is?: Presence;
  folder: boolean;
  size?: number;
  modified?: string;
  readonly version: Map<keyof FileVersion, Observation<string>>;
  readonly content: Map<'text' | 'sha256', Observation<string>>;
  readonly children: Map<string, string>;
}

const ABSENT: Observation<never> = { state: 'absent' };

type FileStatement = Extract<Statement, { kind: 'file' | 'size' | 'modified' | 'version' | 'text' | 'sha256' }>;

export class GivenFiles {
  readonly #files = new Map<string, StatedFile>();
  /** When a file of which nobody says when it was changed was changed. */
  readonly #time: string;

  constructor(time: Date) {
    this.#time = time.toISOString();
  }

  add(statement: FileStatement): void {
    const { path } = statement;
    if (statement.kind === 'file' && statement.is !== 'present') {
      this.#at(path).is = statement.is;
      return;
    }
    const file = this.#make(path, 'folder' in statement && statement.folder);
    switch (statement.kind) {
      case 'file':
        return;
      case 'size':
        file.size = statement.bytes;
        return;
      case 'modified':
        file.modified = statement.time;
        return;
      case 'version':
        file.version.set(statement.member, statement.is);
        return;
      default:
        file.content.set(statement.kind, statement.is);
    }
  }

  /** The answer to a request, given what is observed beneath. */
  answer(request: Extract<ObservationRequest, { kind: FileKind }>, beneath: Observation): Observation {
    const path = request.path.replace(/\\+$/, '').toLowerCase();
    const above = fateOf(path, (at) => this.#files.get(at)?.is);
    if (above === 'unreadable') return GIVEN_UNKNOWN;
    const base = above === 'absent' ? ABSENT : beneath;
    const file = this.#files.get(path);
    if (file?.is !== 'present') return base;
    switch (request.kind) {
      case 'file':
        return { state: 'present', value: this.#info(file, base) };
      case 'version':
        return file.folder ? ABSENT : versionOf(file, base);
      case 'text':
      case 'sha256':
        return file.content.get(request.kind) ?? base;
      case 'entries':
        return file.folder ? this.#entries(file, path, base) : ABSENT;
    }
  }

  #info({ folder, size, modified }: StatedFile, base: Observation): FileInfo {
    const seen = base.state === 'present' ? (base.value as FileInfo) : undefined;
    const time = modified ?? seen?.modified ?? this.#time;
    return { folder, size: size ?? seen?.size ?? 0, modified: time };
  }

  #entries(folder: StatedFile, path: string, base: Observation): Observation {
    if (base.state === 'unreadable') return base;
    const seen = base.state === 'present' ? (base.value as readonly FolderEntry[]) : [];
    const stated = [...folder.children].flatMap(([id, name]): FolderEntry[] => {
      const child = this.#files.get(`${path}\\${id}`);
      return child?.is === 'present' ? [{ name, ...this.#info(child, ABSENT) }] : [];
    });
    const named = new Set(folder.children.keys());
    const kept = seen.filter(({ name }) => {
      const is = this.#files.get(`${path}\\${name.toLowerCase()}`)?.is;
      return is !== 'absent' && !(named.has(name.toLowerCase()) && is === 'present');
    });
    return { state: 'present', value: [...kept, ...stated] };
  }

  #at(path: string): StatedFile {
    const id = path.replace(/\\+$/, '').toLowerCase();
    const made = this.#files.get(id) ?? {
      folder: false,
      ...{ version: new Map(), content: new Map(), children: new Map<string, string>() },
    };
    this.#files.set(id, made);
    return made;
  }

  /** The folders above are there, too. */
  #make(path: string, folder: boolean): StatedFile {
    const file = this.#at(path);
    file.is = 'present';
    file.folder ||= folder;
    for (let at = split(path.replace(/\\+$/, '')); at; at = split(at.parent)) {
      const parent = this.#at(at.parent);
      parent.children.set(at.name.toLowerCase(), at.name);
      parent.is ??= 'present';
      parent.folder = true;
    }
    return file;
  }
}

type FileKind = 'file' | 'version' | 'text' | 'sha256' | 'entries';

/** One member that is unknown makes the whole reading fail: it is one. */
function versionOf({ version }: StatedFile, base: Observation): Observation {
  if (version.size === 0 && base.state === 'unreadable') return base;
  const said: Record<string, unknown> = base.state === 'present' ? { ...(base.value as FileVersion) } : {};
  for (const [member, is] of version) {
    if (is.state === 'unreadable') return is;
    if (is.state === 'present') said[member] = is.value;
    else delete said[member];
  }
  return { state: 'present', value: said };
}

/** Content for the cursor, made of a thing of the machine as it is now. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { conditionOf } from '../../convert/from-machine/condition.ts';
import { insertInScript, placeOfDeclaration, type NewCheck } from '../../convert/from-machine/in-script.ts';
import { insertInXml } from '../../convert/from-machine/in-xml.ts';
import type { Insertion } from '../../convert/from-machine/insertion.ts';
import type { KnownFolder } from '../../convert/from-machine/literals.ts';
import { productOf } from '../../convert/from-machine/product.ts';
import { likelyPrograms, mainProgram } from '../../convert/from-machine/program-file.ts';
import { placesOf, type ProgramPlace, type UninstallEntry } from '../../convert/from-machine/program.ts';
import { skeletonOf } from '../../convert/from-machine/skeleton.ts';
import type { FileProperty, ServiceProperty, Thing } from '../../convert/from-machine/things.ts';
import { folderVariable } from '../../evaluate/folders.ts';
import type { FileInfo, FileVersion, Observation, RegistryValue, ServiceInfo } from '../../model/observation.ts';
import type { ExplorerContent, ExplorerNode } from '../../protocol/explorer.ts';
import { isXml } from '../xml/document.ts';
import { entryOf, type ProgramNode } from './programs.ts';
import { logical, physical } from './registry.ts';
import type { Looking } from './sessions.ts';

/** Where content goes, and what is there already. */
export interface Place {
  readonly cursor?: { readonly document: TextDocument; readonly offset: number };
  /** Whether a declaration has that id, in lower case. */
  readonly isTaken: (id: string) => boolean;
}

const FOLDERS = ['ProgramFiles(x86)', 'ProgramFiles', 'CommonProgramFiles(x86)', 'CommonProgramFiles', 'ProgramData'];
const OF_WINDOWS = ['System32', 'SysWOW64', 'windir', 'SystemDrive'];

/** The folders that content calls by name. */
function foldersOf({ target }: Looking): readonly KnownFolder[] {
  return [...FOLDERS, ...OF_WINDOWS].flatMap((name) => {
    const path = folderVariable(target, name);
    return path === undefined || path === '' ? [] : [{ name, path }];
  });
}

/** A check of a thing. */
export async function checkFor(
  node: ExplorerNode,
  { cursor, isTaken }: Place,
  looking: Looking,
): Promise<ExplorerContent> {
  const thing = await thingOf(node, looking);
  if (!thing) return { kind: 'problem', problem: 'There is no check of this.' };
  const folders = foldersOf(looking);
  const condition = conditionOf(thing, { folders });
  const given = conditionOf(thing, { folders, exactly: true });
  if (!condition.ok) return { kind: 'problem', problem: condition.problem };
  const declaration = skeletonOf(thing, { condition: condition.text, folders, isTaken });
  if (!cursor) return { kind: 'file', text: `${declaration}\n` };
  const check: NewCheck = {
    condition: condition.text,
    given: given.ok ? given.text : condition.text,
    declaration,
  };
  const { document, offset } = cursor;
  const insertion = isXml(document)
    ? insertInXml(document.getText(), offset, check)
    : insertInScript(document.getText(), offset, check);
  return insertion ? edit(document, insertion) : { kind: 'problem', problem: 'The file is no whole XML document yet.' };
}

function edit(document: TextDocument, { start, end, text }: Insertion): ExplorerContent {
  return {
    ...{ kind: 'edit', text, version: document.version },
    start: document.positionAt(start),
    end: document.positionAt(end),
  };
}

async function thingOf(node: ExplorerNode, looking: Looking): Promise<Thing | undefined> {
  const { machine, signal } = looking;
  switch (node.kind) {
    case 'key':
    case 'program': {
      const { hive, path, view } = logical(node);
      return path === '' ? undefined : { kind: 'key', hive, path, ...(view && { view }) };
    }
    case 'value': {
      const [value] = await machine.observe([{ kind: 'value', ...physical(node), name: node.name }], signal);
      const data = value?.state === 'present' ? (value.value as RegistryValue) : undefined;
      return { kind: 'value', ...logical(node), name: node.name, ...(data && { value: data }) };
    }
    case 'folder':
      return { kind: 'folder', path: node.path.replace(/\\+$/, '') };
    case 'file':
    case 'file-property':
      return await fileThing(node, looking);
    case 'service':
    case 'service-property': {
      const [observed] = await machine.observe([{ kind: 'service', name: node.name }], signal);
      const info = observed?.state === 'present' ? (observed.value as ServiceInfo) : undefined;
      const property = node.kind === 'service' ? undefined : (node.property as ServiceProperty);
      return { kind: 'service', name: node.name, ...(info && { info }), ...(property && { property }) };
    }
    case 'hotfix':
      return { kind: 'hotfix', kb: node.kb };
    default:
      return undefined;
  }
}

async function fileThing(
  node: Extract<ExplorerNode, { kind: 'folder' | 'file' | 'file-property' }>,
  { machine, signal }: Looking,
): Promise<Thing> {
  const { path } = node;
  const [stat, told] = await machine.observe(
    [
      { kind: 'file', path },
      { kind: 'version', path },
    ],
    signal,
  );
  const info = stat?.state === 'present' ? (stat.value as FileInfo) : undefined;
  const version = told?.state === 'present' ? (told.value as FileVersion) : undefined;
  const property = node.kind === 'file-property' ? (node.property as FileProperty) : undefined;
  return {
    ...{ kind: 'file', path },
    ...(info && { size: info.size, modified: info.modified }),
    ...(version && { version }),
    ...(property && { property }),
  };
}

/** A product of an Uninstall entry. */
export async function productFor(
  node: ProgramNode,
  { cursor, isTaken }: Place,
  looking: Looking,
): Promise<ExplorerContent> {
  const entry = await entryOf(node, looking);
  const folders = foldersOf(looking);
  const found = await programOf(entry, folders, looking);
  if (!found)
    return {
      kind: 'problem',
      problem:
        looking.machine.kind === 'snapshot'
          ? 'The recording has no program of this entry. An entry alone proves nothing: uninstallers leave them behind. Record the machine, or look at it live.'
          : 'No program of this entry is where it, or its name, says. An entry alone proves nothing: uninstallers leave them behind.',
    };
  const product = productOf({ entry, ...found, folders, isTaken });
  if (!product.ok) return { kind: 'problem', problem: product.problem };
  if (!cursor || isXml(cursor.document)) return { kind: 'file', text: `${product.text}\n` };
  return edit(cursor.document, placeOfDeclaration(cursor.document.getText(), cursor.offset, product.text));
}

interface FoundProgram {
  readonly place: ProgramPlace;
  readonly file: { readonly name: string; readonly hasVersion: boolean };
}

/** The program of an entry, in the first place that has one. */
async function programOf(
  entry: UninstallEntry,
  folders: readonly KnownFolder[],
  looking: Looking,
): Promise<FoundProgram | undefined> {
  const { machine, signal } = looking;
  for (const place of placesOf(entry, folders)) {
    const listed = await machine.list({ kind: 'entries', path: place.folder }, { from: 0, count: 1000 }, signal);
    if (listed.state !== 'present') continue;
    const names = listed.value.items.filter(({ folder }) => !folder).map(({ name }) => name);
    const likely = likelyPrograms(names, entry, place);
    const told = await machine.observe(
      likely.map((name) => ({ kind: 'version', path: `${place.folder}\\${name}` })),
      signal,
    );
    const main = mainProgram(
      likely.map((name, index) => ({ name, ...versionIn(told[index]) })),
      entry,
      place,
    );
    if (main) return { place, file: { name: main.name, hasVersion: main.version?.fileVersion !== undefined } };
  }
  return undefined;
}

const versionIn = (told: Observation | undefined): { readonly version?: FileVersion } =>
  told?.state === 'present' ? { version: told.value as FileVersion } : {};

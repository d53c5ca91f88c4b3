/** Rename, with all uses in all files; refused with a reason where the content would mean something else afterwards. */
import {
  LSPErrorCodes,
  ResponseError,
  TextEdit,
  type PrepareRenameParams,
  type RenameParams,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { isWindowsName } from '../model/windows-names.ts';
import type { Location } from '../model/source.ts';
import { lexer, RESERVED_WORDS } from '../syntax/tokens.ts';
import { isLocal, namesOf, type Names, type Thing } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';

const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS);
const refuse = (reason: string): ResponseError => new ResponseError(LSPErrorCodes.RequestFailed, reason);

export function serveRename(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onPrepareRename(
    onDocument(session, (document, { params }: { params: PrepareRenameParams }) => {
      const names = namesOf(workspace);
      const place = names.placeAt(nameOfUri(document.uri), document.offsetAt(params.position));
      if (!place)
        return refuse(
          'Only names of products, patches, bulletins and checks, and names bound in them, can be renamed.',
        );
      const reason = whyFixed(names.thingOf(place));
      return reason ? refuse(reason) : { range: rangeOf(document, place.at), placeholder: place.name };
    }),
  );
  connection.onRenameRequest(
    onDocument(session, (document, { params }: { params: RenameParams }) => {
      const names = namesOf(workspace);
      const thing = names.thingAt(nameOfUri(document.uri), document.offsetAt(params.position));
      if (!thing) return refuse('There is no name here that can be renamed.');
      const reason = whyFixed(thing) ?? whyNot(names, thing, params.newName);
      return reason ? refuse(reason) : editFor(session, thing, params.newName);
    }),
  );
  return { renameProvider: { prepareProvider: true } };
}

/** Why a name cannot be renamed to anything. */
function whyFixed(thing: Thing): string | undefined {
  const { name, definitions, ofWindows } = thing;
  if (isWindowsName(name) && !definitions.some(isLocal)) return `\`${name}\` is the name of a Windows.`;
  if (definitions.length === 0) return `Nothing declares \`${name}\`, so there is nothing to rename.`;
  if (!definitions.some(isLocal) && definitions.length > 1)
    return `\`${name}\` is declared more than once: it is not known which of them its uses mean.`;
  if (ofWindows) return `A patch uses \`${name}\` of a Windows as well, which has it by that name.`;
  return undefined;
}

/** Why a name cannot be renamed to this one. */
export function whyNot(names: Names, thing: Thing, newName: string): string | undefined {
  const isBound = thing.definitions.some(isLocal);
  const form = wrongForm(newName, isBound) ?? wrongCapture(thing, newName);
  if (form) return form;
  if (newName.toLowerCase() === thing.name.toLowerCase()) return undefined;
  return isBound ? localClash(names, thing, newName) : declaredClash(names, thing, newName);
}

function wrongForm(name: string, isBound: boolean): string | undefined {
  if (RESERVED.has(name)) return `\`${name}\` is a word of the language.`;
  const { tokens, errors } = lexer.tokenize(name);
  const isName = tokens.length === 1 && errors.length === 0 && ['Word', 'Kb'].includes(tokens[0]?.tokenType.name ?? '');
  if (!isName || tokens[0]?.image !== name)
    return `\`${name}\` is no name: a name begins with a letter and has letters, digits, \`_\`, and \`-\` or \`.\` between them.`;
  if (!isBound) {
    if (isWindowsName(name)) return `\`${name}\` is the name of a Windows.`;
    return name.toLowerCase() === 'everything' ? '`everything` stands for every patch in `supersedes`.' : undefined;
  }
  if (name.includes('.')) return 'A name that is bound in a declaration has no dot.';
  if (tokens[0]?.tokenType.name === 'Kb') return `\`${name}\` is a KB id, not a name of a value.`;
  return name.toLowerCase() === 'windows' ? '`windows` is the machine’s Windows.' : undefined;
}

function wrongCapture({ definitions }: Thing, name: string): string | undefined {
  const captured = definitions.some(({ kind }) => kind === 'capture');
  return captured && name.includes('-') ? 'The name of a group in a regular expression has no `-`.' : undefined;
}

function declaredClash(names: Names, { kind }: Thing, newName: string): string | undefined {
  const taken = names
    .definitionsOf(newName)
    .find((one) => !isLocal(one) && (one.kind === 'check') === (kind === 'check'));
  return taken && `There is a ${taken.kind} \`${taken.name}\` already: names are unique in a workspace.`;
}

/** In none of the declarations may the new name mean something already. */
function localClash(names: Names, { owners }: Thing, newName: string): string | undefined {
  const name = newName.toLowerCase();
  const clash = owners.flatMap(({ file, id }) => names.localsIn(file, name).filter(({ owner }) => owner === id))[0];
  return clash && `\`${newName}\` is a name in \`${clash.owner ?? ''}\` already.`;
}

function editFor({ workspace, client }: Session, thing: Thing, newName: string): WorkspaceEdit {
  const byFile = new Map<string, TextEdit[]>();
  const seen = new Set<string>();
  for (const { at } of [...thing.definitions, ...thing.uses]) {
    const document = workspace.placed(at.file);
    if (!document || seen.has(keyOf(at))) continue;
    seen.add(keyOf(at));
    const edits = byFile.get(document.uri) ?? [];
    edits.push(TextEdit.replace(rangeOf(document, at), newName));
    byFile.set(document.uri, edits);
  }
  if (client().workspace?.workspaceEdit?.documentChanges !== true) return { changes: Object.fromEntries(byFile) };
  return {
    documentChanges: [...byFile].map(([uri, edits]) => ({
      textDocument: { uri, version: workspace.documentOfUri(uri)?.version || null },
      edits,
    })),
  };
}

const keyOf = ({ file, start }: Location): string => `${file}|${start}`;

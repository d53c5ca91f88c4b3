/** The count of references above a declaration, made a button: the server gives the place, this editor shows the list. */
import { commands, Uri, Position } from 'vscode';
import type { LanguageClient, Location, StaticFeature } from 'vscode-languageclient/node';
import { COMMANDS } from '../../command-names.ts';

/** Tells the server that the command is there: without it a count only informs. */
export const OFFERS_REFERENCES: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    const before: unknown = capabilities.experimental;
    const others = typeof before === 'object' ? before : {};
    capabilities.experimental = { ...others, commands: [COMMANDS.showReferences] };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** Shows the uses of what a place declares. Commands can be called by anyone: what they were given is looked at. */
export async function showReferences(client: LanguageClient, argument: unknown): Promise<void> {
  const place = placeOf(argument);
  if (!place) return;
  const params = { textDocument: { uri: place.uri }, position: place.position, context: { includeDeclaration: false } };
  const found = await client.sendRequest<Location[] | null>('textDocument/references', params);
  const locations = (found ?? []).map((one) => client.protocol2CodeConverter.asLocation(one));
  const { line, character } = place.position;
  await commands.executeCommand(
    'editor.action.showReferences',
    Uri.parse(place.uri),
    new Position(line, character),
    locations,
  );
}

interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

function placeOf(argument: unknown): Place | undefined {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument) || !('position' in argument))
    return undefined;
  const { uri, position } = argument;
  if (typeof uri !== 'string' || typeof position !== 'object' || position === null) return undefined;
  if (!('line' in position) || !('character' in position)) return undefined;
  const { line, character } = position;
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  return { uri, position: { line, character } };
}

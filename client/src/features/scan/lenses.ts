/** *Scan*, *Explain* and *Record* above every product, patch and test, and *Run Test* above a test. They are this editor's alone: its commands are behind them. */
import { CodeLens, EventEmitter, l10n, Range, workspace, type CodeLensProvider, type TextDocument } from 'vscode';
import {
  DECLARATIONS_REQUEST,
  type DeclarationPlace,
  type DeclarationsParams,
} from '../../../../server/src/protocol/declarations.ts';
import { COMMANDS } from '../../command-names.ts';
import type { Server } from '../../host.ts';
import { isOn } from '../../settings.ts';

/** What the lenses hand to their commands. */
export interface DeclarationArgument {
  readonly only: readonly string[];
}

export function scanLenses(client: Server): CodeLensProvider {
  const changed = new EventEmitter<void>();
  workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('patchlab.scanLenses') && changed.fire());
  client.onDidChangeState((isRunning) => isRunning && changed.fire());
  return {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
      if (!client.isRunning() || !isOn('scanLenses')) return [];
      const params: DeclarationsParams = { uri: document.uri.toString() };
      const places = await client.sendRequest<readonly DeclarationPlace[]>(DECLARATIONS_REQUEST, params);
      return places.flatMap((place) => [...testLenses(params.uri, place), ...lensesOf(place)]);
    },
  };
}

/** A test is run on the machine that it states; the other lenses mean the current target. */
function testLenses(uri: string, { id, kind, line }: DeclarationPlace): CodeLens[] {
  if (kind !== 'test') return [];
  const command = {
    title: `$(beaker) ${l10n.t('Run Test')}`,
    tooltip: l10n.t('Run the test {0} on the machine that it states', id),
    ...{ command: COMMANDS.runTest, arguments: [{ uri, line }] },
  };
  return [new CodeLens(new Range(line, 0, line, 0), command)];
}

function lensesOf({ id, line, only }: DeclarationPlace): CodeLens[] {
  const range = new Range(line, 0, line, 0);
  const argument: DeclarationArgument = { only };
  if (only.length === 0) return [];
  return [
    new CodeLens(range, {
      title: `$(play) ${l10n.t('Scan')}`,
      tooltip: l10n.t('Scan the current target for {0} and what it depends on', id),
      command: COMMANDS.scanDeclaration,
      arguments: [argument],
    }),
    new CodeLens(range, {
      title: `$(question) ${l10n.t('Explain')}`,
      tooltip: l10n.t('Show why {0} is judged as it is on the current target', id),
      command: COMMANDS.explain,
      arguments: [argument],
    }),
    new CodeLens(range, {
      title: `$(record) ${l10n.t('Record')}`,
      tooltip: l10n.t('Record what {0} reads from the current target', id),
      command: COMMANDS.record,
      arguments: [argument],
    }),
  ];
}

/** Commands can be called by anyone: what they were given is looked at. */
export function declarationArgument(argument: unknown): DeclarationArgument | undefined {
  if (typeof argument !== 'object' || argument === null || !('only' in argument)) return undefined;
  const { only } = argument;
  return Array.isArray(only) && only.every((one) => typeof one === 'string') ? { only } : undefined;
}

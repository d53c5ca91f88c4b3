/** The extension's entry: registers the features, and lets the language server start beside them. */
import { window, type ExtensionContext } from 'vscode';
import { activateContent } from './features/content/index.ts';
import { activateExplorer } from './features/explorer/index.ts';
import { activateGraph } from './features/graph/index.ts';
import { activateHistory } from './features/history/index.ts';
import { activateLanguage } from './features/language/index.ts';
import { activateMachines } from './features/machines/index.ts';
import { activateScan } from './features/scan/index.ts';
import { activateTasks } from './features/tasks/index.ts';
import { activateTests } from './features/tests/index.ts';
import { activateTruth } from './features/truth/index.ts';
import { activateWalkthrough } from './features/walkthrough/index.ts';
import { activateWhy } from './features/why/index.ts';
import type { Host } from './host.ts';

/** Waits for nothing: commands are there at once, and what needs the server waits for it by itself. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Patchlab', { log: true });
  context.subscriptions.push(log);
  const { client, ready } = activateLanguage(context, log);
  const host: Host = { context, log, client };
  activateContent(host);
  const machines = activateMachines(host, ready);
  activateExplorer(host, machines);
  const truth = activateTruth(host);
  const graph = activateGraph(host);
  activateScan(host, machines, () => {
    truth.refresh();
    graph.refresh();
  });
  activateHistory(host, ready);
  activateWhy(host, machines);
  activateTasks(host);
  activateTests(host, ready);
  activateWalkthrough(host);
}

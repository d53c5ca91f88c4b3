/** What the patchlab.json of each workspace folder says, read anew when one changes. */
import { Uri, workspace, type Disposable } from 'vscode';
import {
  CONFIGURATIONS_REQUEST,
  GROUP_MEMBERS_REQUEST,
  type ConfigurationRow,
  type ConfigurationsParams,
  type GroupMember,
  type GroupMembersParams,
} from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';

const FILE = 'patchlab.json';

export class Configurations {
  readonly #host: Host;
  #rows: Promise<readonly ConfigurationRow[]> | undefined;
  readonly #members = new Map<string, Promise<readonly GroupMember[]>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Rejects where the server does not answer. */
  rows(): Promise<readonly ConfigurationRow[]> {
    this.#rows ??= this.#ask();
    return this.#rows;
  }

  members(params: GroupMembersParams): Promise<readonly GroupMember[]> {
    const key = JSON.stringify([params.uri, params.group]);
    const known = this.#members.get(key);
    if (known) return known;
    const asked = this.#host.client.sendRequest<readonly GroupMember[]>(GROUP_MEMBERS_REQUEST, params);
    this.#members.set(key, asked);
    return asked;
  }

  /** Reads all anew. */
  forget(onChange: () => void): void {
    this.#rows = undefined;
    this.#members.clear();
    onChange();
  }

  /** Calls back when a configuration came, changed or went, and when it can be read at all. */
  watch(onChange: () => void): Disposable {
    const changed = (): void => {
      this.forget(onChange);
    };
    const watcher = workspace.createFileSystemWatcher(`**/${FILE}`);
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    const folders = workspace.onDidChangeWorkspaceFolders(changed);
    const restarted = this.#host.client.onDidChangeState(changed);
    return { dispose: () => [watcher, folders, restarted].forEach((one) => void one.dispose()) };
  }

  #ask(): Promise<readonly ConfigurationRow[]> {
    const folders = (workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri, name }) => ({ uri: Uri.joinPath(uri, FILE).toString(), name }));
    const params: ConfigurationsParams = { folders };
    return this.#host.client.sendRequest<readonly ConfigurationRow[]>(CONFIGURATIONS_REQUEST, params);
  }
}

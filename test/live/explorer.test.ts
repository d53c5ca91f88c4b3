import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXPLORER_CHILDREN,
  EXPLORER_OPEN,
  EXPLORER_PRODUCT,
  EXPLORER_SEARCH,
  type ExplorerContent,
  type ExplorerFound,
  type ExplorerNode,
  type ExplorerOpenReply,
  type ExplorerPage,
  type ExplorerReply,
} from '../../server/src/protocol/explorer.ts';
import { SCAN_REQUEST, type ScanReply } from '../../server/src/protocol/scan.ts';
import { Sessions } from '../../server/src/lsp/explorer/sessions.ts';
import { childrenOf } from '../../server/src/lsp/explorer/children.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { bundleCommandLine, type Bundle } from '../support/bundle.ts';
import { LspClient } from '../support/lsp-client.ts';

let lab: LabMachine;
let bundle: Bundle;
let client: LspClient;
let folder: string;
let session: number;

const MANY = 'HKLM\\SOFTWARE\\Many';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-explorer-'));
  [lab, bundle] = await Promise.all([
    startMachine({
      ...ws01,
      registry: {
        ...ws01.registry,
        ...Object.fromEntries(
          Array.from({ length: 1200 }, (_, index) => [`${MANY}\\k${String(index).padStart(4, '0')}`, {}]),
        ),
        [MANY]: { Password: 'example-secret', Long: 'x'.repeat(20_000), Short: 'y' },
      },
    }),
    bundleCommandLine(),
  ]);
  client = await LspClient.start(bundle.file, folder);
  const { reply } = await open(lab.password);
  if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
  session = reply.value.session;
}, 60_000);
afterAll(async () => {
  await client.stop();
  await lab.stop();
  bundle.remove();
  rmSync(folder, { recursive: true });
});

const open = (password: string): Promise<ExplorerOpenReply> =>
  client.connection.sendRequest(EXPLORER_OPEN, {
    target: { kind: 'machine', host: lab.target, user: lab.user, password },
  });

async function ask<T>(request: string, params: object): Promise<T> {
  const reply: ExplorerReply<T> = await client.connection.sendRequest(request, { session, ...params });
  if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value;
}

const children = (node: ExplorerNode, cursor?: ExplorerPage['next']): Promise<ExplorerPage> =>
  ask(EXPLORER_CHILDREN, { node, ...(cursor && { cursor }) });
const labels = ({ items }: ExplorerPage): readonly string[] => items.map(({ label }) => label);

describe('the explorer of a live machine', () => {
  it('shows its registry, its files with version details, its services and its programs', async () => {
    const hive: ExplorerNode = { kind: 'key', hive: 'HKLM', path: '', view: '64' };
    expect(labels(await children(hive))).toEqual(expect.arrayContaining(['SOFTWARE', 'SYSTEM']));
    const told = await children({ kind: 'file', path: 'C:\\Program Files\\7-Zip\\7z.exe' });
    expect(told.items.map(({ label, description }) => `${label}: ${description ?? ''}`)).toEqual(
      expect.arrayContaining(['File version: 18.1.0.0', 'Company: Igor Pavlov', 'Architecture: x64']),
    );
    expect(labels(await children({ kind: 'folder', path: 'C:\\' }))).toContain('Program Files');
    const services = await children({ kind: 'services' });
    expect(services.items.find(({ label }) => label === 'Spooler')?.description).toMatch(/^running · automatic/);
    expect(labels(await children({ kind: 'programs' }))).toEqual(
      expect.arrayContaining(['7-Zip 18.01 (x64)', 'Notepad++ (32-bit x86)', 'Fabrikam VPN Client']),
    );
  });

  it('gives a long key in parts, its values first, and never the data of a secret', async () => {
    const node: ExplorerNode = { kind: 'key', hive: 'HKLM', path: 'SOFTWARE\\Many', view: '64' };
    const first = await children(node);
    expect(first.items.filter((one) => one.node.kind === 'key')).toHaveLength(1000);
    expect(JSON.stringify(first)).not.toContain('example-secret');
    const shown = new Map(first.items.map(({ label, description }) => [label, description]));
    expect(shown.get('Password')).toBe('a value that holds a secret is never read');
    expect(shown.get('Short')).toBe('y');
    expect(shown.get('Long')).toMatch(/at most 16384 are shown/);
    const rest = await children(node, first.next);
    expect(rest.items).toHaveLength(200);
    expect(rest.next).toBeUndefined();
    await expect(children({ ...node, path: 'SAM' })).rejects.toThrow(/never read/);
  });

  it('finds a file and a value below a node', async () => {
    const found = await ask<ExplorerFound>(EXPLORER_SEARCH, {
      ...{ node: { kind: 'folder', path: 'C:\\Program Files' }, text: '7z.exe', token: 't' },
    });
    expect(found.items.map(({ copyPath }) => copyPath)).toContain('C:\\Program Files\\7-Zip\\7z.exe');
  });

  it.each([
    ['7-Zip 18.01 (x64)', /^18\.1\./],
    ['Fabrikam VPN Client', /^3\.1\.0\.7$/],
    ['Mozilla Firefox 115.9.1 ESR (x64 en-US)', /^115\.9\.1/],
  ])('makes a product of %s that a scan of the machine finds, as new as its program', async (label, version) => {
    const programs = await children({ kind: 'programs' });
    const node = programs.items.find((one) => one.label === label)?.node;
    const made = await ask<ExplorerContent>(EXPLORER_PRODUCT, { node });
    if (made.kind !== 'file') throw new Error(JSON.stringify(made));
    writeFileSync(path.join(folder, 'made.detect'), made.text);
    const uri = `file://${path.join(folder, 'made.detect')}`;
    const textDocument = { uri, languageId: 'detect', version: 1, text: made.text };
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    const { result } = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, {
      ...{ token: 't', include: [] },
      target: { kind: 'machine', host: lab.target, user: lab.user, password: lab.password },
    });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    rmSync(path.join(folder, 'made.detect'));
    const { products } = result as { products: readonly { instances: readonly { version: string }[] }[] };
    expect([made.text, products.flatMap((one) => one.instances.map((instance) => instance.version))]).toEqual([
      made.text,
      [expect.stringMatching(version) as unknown],
    ]);
  });

  it('says why a machine cannot be opened with code and remedy, and opens again', async () => {
    const { reply, failedStep } = await open('example-wrong');
    expect(reply).toMatchObject({
      state: 'failed',
      failure: { code: '451', raw: expect.stringContaining('LOGON') as unknown },
    });
    expect(failedStep).toBe(2);
    const again = await open(lab.password);
    if (again.reply.state !== 'ok') throw new Error(JSON.stringify(again));
    session = again.reply.value.session;
  });

  it('is left alone once nobody has asked for some time', async () => {
    const sessions = new Sessions(300);
    const signal = new AbortController().signal;
    const credential = { user: lab.user, password: lab.password };
    const opening = await sessions.open({ kind: 'machine', machine: lab.target, credential }, signal);
    if (!opening.ok) throw new Error(opening.error.meaning);
    const look = () => sessions.ask(opening.id, signal, (looking) => childrenOf({ kind: 'files' }, undefined, looking));
    expect(await look()).toMatchObject({ items: [{ label: 'C:\\' }] });
    await expect.poll(() => opening.value.lost()?.code, { timeout: 10_000 }).toBe('CLOSED');
    expect(await look()).toBeUndefined();
  });
});

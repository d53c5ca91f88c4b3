import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXPLORER_CHILDREN,
  EXPLORER_CLOSE,
  EXPLORER_INSERT,
  EXPLORER_OPEN,
  EXPLORER_PRODUCT,
  EXPLORER_SEARCH,
  type ExplorerContent,
  type ExplorerFound,
  type ExplorerNode,
  type ExplorerOpenReply,
  type ExplorerPage,
  type ExplorerReply,
} from '../../../server/src/protocol/explorer.ts';
import { SCAN_REQUEST, type ScanReply } from '../../../server/src/protocol/scan.ts';
import { bundleCommandLine, type Bundle } from '../../support/bundle.ts';
import { LspClient } from '../../support/lsp-client.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');

let bundle: Bundle;
let client: LspClient;
let folder: string;
let session: number;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-explorer-'));
  mkdirSync(path.join(folder, 'machines'));
  cpSync(path.join(SAMPLES, 'machines'), path.join(folder, 'machines'), { recursive: true });
  bundle = await bundleCommandLine();
  client = await LspClient.start(bundle.file, folder);
  session = await open('ws01');
});
afterAll(async () => {
  await client.stop();
  bundle.remove();
  rmSync(folder, { recursive: true });
});

async function open(name: string): Promise<number> {
  const { reply } = await opening(path.join(folder, 'machines', `${name}.snapshot.json`));
  if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value.session;
}

const opening = (file: string): Promise<ExplorerOpenReply> =>
  client.connection.sendRequest(EXPLORER_OPEN, { target: { kind: 'snapshot', path: file } });

async function children(node: ExplorerNode, of = session): Promise<ExplorerPage> {
  const reply: ExplorerReply<ExplorerPage> = await client.connection.sendRequest(EXPLORER_CHILDREN, {
    session: of,
    node,
  });
  if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value;
}

const labels = ({ items }: ExplorerPage): readonly string[] => items.map(({ label }) => label);
const key = (hivePath: string, view: '32' | '64' = '64'): ExplorerNode => ({
  kind: 'key',
  hive: 'HKLM',
  path: hivePath,
  view,
});

async function content(request: string, node: ExplorerNode): Promise<ExplorerContent> {
  const reply: ExplorerReply<ExplorerContent> = await client.connection.sendRequest(request, { session, node });
  if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value;
}

describe('the explorer of a recorded machine', () => {
  it('shows both views of the registry, each with its own keys, and what was not recorded as that', async () => {
    expect(labels(await children({ kind: 'registry' }))).toEqual(['64-bit view', '32-bit view']);
    expect(labels(await children({ kind: 'view', view: '32' }))).toEqual(['HKLM', 'HKU']);
    const narrow = await children(key('SOFTWARE', '32'));
    expect(labels(narrow)).toContain('Fabrikam');
    expect(labels(await children(key('SOFTWARE')))).not.toContain('Fabrikam');
    expect(narrow.note).toContain('there may be more');
    const values = await children(key('SOFTWARE\\Fabrikam\\VPN Client', '32'));
    expect(values.items.map(({ label, description }) => [label, description])).toContainEqual([
      'InstallPath',
      'C:\\Program Files (x86)\\Fabrikam\\VPN Client',
    ]);
  });

  it('shows files with what they say of themselves, services, and installed programs of both views', async () => {
    expect(labels(await children({ kind: 'files' }))).toEqual(['C:\\']);
    expect(labels(await children({ kind: 'folder', path: 'C:\\Program Files\\7-Zip' }))).toEqual(['7z.dll', '7z.exe']);
    const told = await children({ kind: 'file', path: 'C:\\Program Files\\7-Zip\\7z.exe' });
    expect(told.items.map(({ label, description }) => `${label}: ${description ?? ''}`)).toEqual(
      expect.arrayContaining(['File version: 18.1.0.0', 'Company: Igor Pavlov', 'Architecture: x64']),
    );
    const services = await children({ kind: 'services' });
    expect(services.items.find(({ label }) => label === 'Spooler')?.description).toBe(
      'running · automatic · Print Spooler',
    );
    const programs = await children({ kind: 'programs' });
    expect(labels(programs)).toEqual(
      expect.arrayContaining(['7-Zip 18.01 (x64)', 'Fabrikam VPN Client', 'Notepad++ (32-bit x86)']),
    );
    expect(await children({ kind: 'hotfixes' })).toEqual({ items: [], note: 'The list of updates was not recorded.' });
  });

  it('never looks into SAM and SECURITY, nor shows what is left out of everything that is written', async () => {
    const snapshot = JSON.parse(readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8')) as {
      registry: Record<string, unknown>;
    };
    const text = (data: string) => ({ type: 'REG_SZ', data });
    snapshot.registry['HKLM\\SAM\\SAM'] = { subkeys: ['Domains'] };
    snapshot.registry['HKLM\\SOFTWARE\\Acme'] = {
      complete: true,
      values: {
        DefaultPassword: text('example-one'),
        ProductKey: text('example-two'),
        Evil: text('\u001b[31m<script>\u202e'),
      },
    };
    writeFileSync(path.join(folder, 'machines/secret.snapshot.json'), JSON.stringify(snapshot));
    const other = await open('secret');
    await expect(children(key('sam\\SAM'), other)).rejects.toThrow('the SAM and SECURITY hives are never read');
    const page = (await children(key('SOFTWARE\\Acme'), other)).items.flatMap(Object.values).join('\n');
    expect(page).not.toMatch(/example-one|example-two|[\u001b\u202e]/);
    expect(page).toContain('<script>');
    session = await open('ws01');
  });

  it('says why a recording cannot be opened, with code and remedy, and that a session has ended', async () => {
    const { reply } = await opening(path.join(folder, 'machines/none.snapshot.json'));
    expect(reply).toMatchObject({ state: 'failed', failure: { code: 'PL410' } });
    const after = await client.connection.sendRequest(EXPLORER_CHILDREN, { session, node: { kind: 'registry' } });
    expect(after).toEqual({ state: 'closed' });
    session = await open('ws01');
    await client.connection.sendRequest(EXPLORER_CLOSE);
    expect(await client.connection.sendRequest(EXPLORER_CHILDREN, { session, node: { kind: 'registry' } })).toEqual({
      state: 'closed',
    });
    session = await open('ws01');
  });

  it('gives a thousand keys at a time, and the rest when it is asked for', async () => {
    const snapshot = JSON.parse(readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8')) as {
      registry: Record<string, unknown>;
    };
    const subkeys = Array.from({ length: 5000 }, (_, index) => `k${index}`);
    snapshot.registry['HKLM\\SOFTWARE\\Many'] = { subkeys, complete: true };
    writeFileSync(path.join(folder, 'machines/many.snapshot.json'), JSON.stringify(snapshot));
    const other = await open('many');
    const node = key('SOFTWARE\\Many');
    const seen: string[] = [];
    for (let cursor: ExplorerPage['next'], pages = 0; pages < 5; pages++) {
      const reply: ExplorerReply<ExplorerPage> = await client.connection.sendRequest(EXPLORER_CHILDREN, {
        ...{ session: other, node },
        ...(cursor && { cursor }),
      });
      if (reply.state !== 'ok') throw new Error(reply.state);
      expect(reply.value.items).toHaveLength(1000);
      seen.push(...labels(reply.value));
      cursor = reply.value.next;
      expect(cursor === undefined).toBe(pages === 4);
    }
    expect(seen).toEqual(subkeys);
    session = await open('ws01');
  });

  it('finds keys, values, files and services below a node, and says how far it looked', async () => {
    const found = async (node: ExplorerNode, text: string): Promise<ExplorerFound> => {
      const params = { session, node, text, token: 't' };
      const reply: ExplorerReply<ExplorerFound> = await client.connection.sendRequest(EXPLORER_SEARCH, params);
      if (reply.state !== 'ok') throw new Error(JSON.stringify(reply));
      return reply.value;
    };
    const keys = await found({ kind: 'registry' }, 'fabrikam');
    expect(keys.items.map(({ copyPath }) => copyPath)).toContain('HKLM\\SOFTWARE\\Fabrikam');
    expect(keys.items.some(({ node }) => node.kind === 'value')).toBe(true);
    expect(keys.stopped).toBeUndefined();
    const files = await found({ kind: 'files' }, '7z.');
    expect(files.items.map(({ label }) => label)).toEqual(['7z.dll', '7z.exe']);
    expect((await found({ kind: 'services' }, 'spooler')).items).toHaveLength(1);
  });

  it('writes a check at the cursor of the file that is open, in the view that it was seen in', async () => {
    const uri = pathToFileURL(path.join(folder, 'cursor.detect')).href;
    const text = 'product acme "Acme" {\n\n}\n';
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'detect', version: 1, text },
    });
    const node = { ...key('SOFTWARE\\Fabrikam\\VPN Client', '32'), kind: 'value', name: 'Version' } as ExplorerNode;
    const reply: ExplorerReply<ExplorerContent> = await client.connection.sendRequest(EXPLORER_INSERT, {
      ...{ session, node },
      at: { uri, line: 1, character: 0 },
    });
    expect(reply).toMatchObject({
      state: 'ok',
      value: {
        kind: 'edit',
        start: { line: 1, character: 0 },
        text: expect.stringMatching(
          /^ {2}installed when key "HKLM\\SOFTWARE\\Fabrikam\\VPN Client" view 32 value "Version" >= \d/,
        ) as unknown,
      },
    });
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('never calls the 32-bit node by its name', async () => {
    const node = key('SOFTWARE\\Wow6432Node\\Fabrikam\\VPN Client');
    expect(await content(EXPLORER_INSERT, node)).toMatchObject({
      text: expect.stringContaining('key "HKLM\\SOFTWARE\\Fabrikam\\VPN Client" view 32 exists') as unknown,
    });
  });

  it.each([
    ['7-Zip 18.01 (x64)', '18.1.0.0'],
    ['Mozilla Firefox 115.9.1 ESR (x64 en-US)', '115.9.1.8849'],
    ['Notepad++ (64-bit x64)', '8.4.6.0', '7.9.5.0'],
    ['Notepad++ (32-bit x86)', '8.4.6.0', '7.9.5.0'],
    ['Fabrikam VPN Client', '3.1.0.7'],
  ])(
    'makes a product of the entry %s that the scan of the machine finds with its version',
    async (label, ...versions) => {
      const programs = await children({ kind: 'programs' });
      const node = programs.items.find((one) => one.label === label)?.node;
      if (!node) throw new Error(`no ${label}`);
      const made = await content(EXPLORER_PRODUCT, node);
      if (made.kind !== 'file') throw new Error(JSON.stringify(made));
      const uri = pathToFileURL(path.join(folder, 'made.detect')).href;
      await client.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'detect', version: 1, text: made.text },
      });
      const reply: ScanReply = await client.connection.sendRequest(SCAN_REQUEST, {
        ...{ token: 't', include: [] },
        target: { kind: 'snapshot', path: path.join(folder, 'machines/ws01.snapshot.json') },
      });
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      const { products } = reply.result as { products: readonly { instances: readonly { version: string }[] }[] };
      expect([made.text, products.flatMap((one) => one.instances.map(({ version }) => version)).toSorted()]).toEqual([
        made.text,
        versions.toSorted(),
      ]);
    },
  );

  it('makes no product of an entry whose program is nowhere', async () => {
    const programs = await children({ kind: 'programs' });
    const node = programs.items.find((one) => one.label === 'Example Viewer 2.0')?.node;
    if (!node) throw new Error('no entry');
    expect(await content(EXPLORER_PRODUCT, node)).toMatchObject({ kind: 'problem' });
  });
});

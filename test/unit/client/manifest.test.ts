import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../client/src/command-names.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: string } };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string }[]>>;
    readonly languages: readonly { configuration: string; icon: Record<string, string>; extensions: string[] }[];
    readonly grammars: readonly { path: string; scopeName: string }[];
  };
}
const manifest = JSON.parse(readText('package.json')) as Manifest;
const nls = JSON.parse(readText('package.nls.json')) as Record<string, string>;

const clientSources = readdirSync(path.join(ROOT, 'client/src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readText(path.join('client/src', file)));

describe('the manifest', () => {
  it('declares exactly the commands of the registry', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command);
    expect(declared.toSorted()).toEqual(Object.values(COMMANDS).sort());
    expect(manifest.contributes.commands.every(({ category }) => category === 'Patchlab')).toBe(true);
  });

  it('puts only declared commands into menus', () => {
    const used = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
    expect(used.filter((command) => !Object.values<string>(COMMANDS).includes(command))).toEqual([]);
  });

  it('has a text for every placeholder, and no text for nothing', () => {
    const used = [...readText('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
    expect(used.toSorted()).toEqual(Object.keys(nls).sort());
  });

  it('names files that are there', () => {
    const { languages, grammars } = manifest.contributes;
    const files = [manifest.icon, ...grammars.map((grammar) => grammar.path)];
    for (const { configuration, icon } of languages) files.push(configuration, ...Object.values(icon));
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('says that an untrusted workspace has less', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
  });
});

describe('the client', () => {
  it('registers every command of the registry', () => {
    const registered = clientSources.flatMap((text) =>
      [...text.matchAll(/registerCommand\('(\w+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(registered.toSorted()).toEqual(Object.keys(COMMANDS).sort());
  });

  it('registers commands in no other way', () => {
    const direct = clientSources.filter((text) => /commands\.register(TextEditor)?Command\(/.test(text));
    expect(direct).toHaveLength(1);
  });
});

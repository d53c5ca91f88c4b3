import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../client/src/command-names.ts';
import { TASK_VERBS } from '../../../client/src/features/tasks/definition.ts';
import { SETTINGS } from '../../../client/src/setting-names.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const readText = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly message: number;
  readonly code?: number;
}

interface WalkthroughStep {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: string } };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly keybindings: readonly { command: string; key: string; mac: string }[];
    readonly taskDefinitions: readonly { type: string; properties: { verb: { enum: readonly string[] } } }[];
    readonly problemMatchers: readonly { name: string; pattern: Pattern }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly walkthroughs: readonly { steps: readonly WalkthroughStep[] }[];
    readonly menus: Readonly<Record<string, readonly { command: string }[]>>;
    readonly languages: readonly { configuration?: string; icon?: Record<string, string>; extensions?: string[] }[];
    readonly jsonValidation: readonly { url: string }[];
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
    const { languages, grammars, jsonValidation } = manifest.contributes;
    const schemas = jsonValidation.map(({ url }) => url);
    const files = [manifest.icon, ...grammars.map((grammar) => grammar.path), ...schemas];
    // A file of a language that the editor knows has neither.
    for (const { configuration = manifest.icon, icon = {} } of languages)
      files.push(configuration, ...Object.values(icon));
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('declares exactly the settings of the registry, with the same values where nothing is set', () => {
    const { properties } = manifest.contributes.configuration;
    const declared = Object.entries(properties).map(([name, { default: value }]) => [name, value]);
    expect(declared).toEqual(Object.entries(SETTINGS).map(([name, value]) => [`patchlab.${name}`, value]));
  });

  it('has the same settings as docs/settings.md, and each is read by the client', () => {
    const page = [...readText('docs/settings.md').matchAll(/^\| `(patchlab\.[\w.]+)` \| `([^`]+)` \|/gm)];
    const described = page.map(([, name, value]) => [name, JSON.parse(value ?? '') as unknown]);
    expect(described).toEqual(Object.entries(SETTINGS).map(([name, value]) => [`patchlab.${name}`, value]));
    const isRead = (name: string): boolean => clientSources.some((text) => text.includes(`isOn('${name}')`));
    // The language client reads the trace by itself.
    expect(Object.keys(SETTINGS).filter((name) => name !== 'trace.server' && !isRead(name))).toEqual([]);
  });

  it('has the same keys as docs/settings.md, each once and behind Ctrl+K', () => {
    const keys = manifest.contributes.keybindings.map(({ command, key, mac }) => {
      expect(mac).toBe(key.replace('ctrl', 'cmd'));
      const title = manifest.contributes.commands.find((one) => one.command === command)?.title.slice(1, -1) ?? '';
      return [key.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), `Patchlab: ${nls[title] ?? ''}`];
    });
    const page = [...readText('docs/settings.md').matchAll(/^\| (Ctrl\+K [^|]+) \| ([^|]+) \|/gm)];
    expect(page.map(([, key, title]) => [key, title])).toEqual(keys);
    expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length);
  });

  it('offers the verbs of the command line as tasks that only read', () => {
    const [definition] = manifest.contributes.taskDefinitions;
    expect(definition?.properties.verb.enum).toEqual([...TASK_VERBS]);
  });

  it('has a welcome for every view of its own', () => {
    const views = manifest.contributes.views.patchlab ?? [];
    const welcomed = new Set(manifest.contributes.viewsWelcome.map(({ view }) => view));
    expect(views.filter(({ id }) => !welcomed.has(id))).toEqual([]);
    for (const { contents } of manifest.contributes.viewsWelcome) {
      for (const [, command] of (nls[contents.slice(1, -1)] ?? '').matchAll(/\(command:(patchlab\.\w+)/g))
        expect(Object.values<string>(COMMANDS)).toContain(command);
    }
  });

  it('walks through six steps, each with a picture, and ended by the command that its button runs', () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    expect(steps).toHaveLength(6);
    for (const { description, media, completionEvents } of steps) {
      const [, command] = /\(command:(patchlab\.\w+)\)/.exec(nls[description.slice(1, -1)] ?? '') ?? [];
      expect(Object.values<string>(COMMANDS)).toContain(command);
      expect(completionEvents).toEqual([`onCommand:${command}`]);
      const picture = readText(media.svg);
      // Colours are the theme's, so that it can be read in each.
      expect(picture).toMatch(/var\(--vscode-/);
      expect(picture).not.toMatch(/#[0-9a-f]{3,8}\b|<image|<script|href/i);
      expect(nls[media.altText.slice(1, -1)]).toBeTruthy();
    }
  });

  it('says that an untrusted workspace has less', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
  });
});

describe('the problem matchers', () => {
  const pattern = (name: string): Pattern => {
    const found = manifest.contributes.problemMatchers.find((matcher) => matcher.name === name);
    if (!found) throw new Error(`no matcher ${name}`);
    return found.pattern;
  };
  const cli = (args: readonly string[], cwd: string): readonly string[] => {
    const ran = spawnSync(process.execPath, [path.join(ROOT, 'server/src/cli/main.ts'), ...args], { cwd });
    return String(ran.stdout).split('\n');
  };

  it('read every finding of what the command line prints, and nothing else of it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-matcher-'));
    writeFileSync(
      path.join(folder, 'a b.detect'),
      'product a.b "A (1)" {\n  installed when file "C:\\x\\a.exe" exists\n   let v = versoin\n}\n',
    );
    const lines = cli(['check'], folder);
    const { regexp, file, line, column, severity, code } = pattern('patchlab');
    const found = lines.flatMap((text) => new RegExp(regexp).exec(text) ?? []).length;
    const parts = lines.map((text) => new RegExp(regexp).exec(text)).filter((match) => match !== null);
    expect(found).toBeGreaterThan(0);
    const at = (match: RegExpExecArray, index: number | undefined): string => match[index ?? 0] ?? '';
    expect(parts.map((match) => [file, line, column, severity, code].map((one) => at(match, one)))).toContainEqual([
      ...['a b.detect', '3', '12', 'error', 'unbound-name'],
    ]);
    const { findings } = JSON.parse(cli(['check', '--format', 'json'], folder).join('\n')) as { findings: unknown[] };
    expect(parts).toHaveLength(findings.length);

    writeFileSync(
      path.join(folder, 'b (1).detect'),
      'test "t" {\n  given on windows-11\n  expect a.b installed\n}\ntest "u" { machine "gone.json"  expect a.b installed }\n',
    );
    const tested = new RegExp(pattern('patchlab-test').regexp);
    const failed = cli(['test'], folder).flatMap((text) => [tested.exec(text) ?? []]);
    expect(failed.filter((match) => match.length > 0).map((match) => [...match.slice(1, 5), match[6]])).toEqual([
      ['b (1).detect', '3', '3', 'error', 'test-failed'],
      ['b (1).detect', '5', '20', 'error', 'test-error'],
    ]);
    expect(lines.filter((text) => tested.test(text))).toEqual([]);

    const unformatted = cli(['fmt', '--check'], folder).filter((text) =>
      new RegExp(pattern('patchlab-fmt').regexp).test(text),
    );
    expect(unformatted).toEqual(['a b.detect', 'b (1).detect']);
    rmSync(folder, { recursive: true });
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

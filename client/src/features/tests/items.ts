/** What the test explorer lists: the files that have tests, and in each its tests. */
import { Range, Uri, workspace, type TestController, type TestItem } from 'vscode';
import type { TestPlace } from '../../../../server/src/protocol/tests.ts';
import { plainLabel } from '../scan/plain-message.ts';

export class TestItems {
  readonly #controller: TestController;

  constructor(controller: TestController) {
    this.#controller = controller;
  }

  /** All tests that there are. */
  replaceAll(places: readonly TestPlace[]): void {
    const uris = new Set(places.map(({ uri }) => uri));
    this.#controller.items.forEach(({ id }) => {
      if (!uris.has(id)) this.#controller.items.delete(id);
    });
    for (const uri of uris)
      this.replaceFile(
        uri,
        places.filter((one) => one.uri === uri),
      );
  }

  /** The tests of one file; with none it is not listed. Tests that stay keep what is known of them. */
  replaceFile(uri: string, places: readonly TestPlace[]): void {
    const { items } = this.#controller;
    if (places.length === 0) {
      items.delete(uri);
      return;
    }
    const file = items.get(uri) ?? this.#fileItem(uri);
    file.children.replace(places.map((place) => this.#testItem(file, place)));
    items.add(file);
  }

  /** The test of a file on a line, or the first one below it. */
  at(uri: string, line: number): TestItem | undefined {
    return this.all([...(this.#file(uri)?.children ?? [])].map(([, item]) => item)).find(
      ({ range }) => (range?.start.line ?? 0) >= line,
    );
  }

  /** The tests among some items and below them; all there are where none are named. */
  all(items?: readonly TestItem[]): readonly TestItem[] {
    const files = items ?? [...this.#controller.items].map(([, item]) => item);
    return files.flatMap((item) => (item.children.size === 0 ? [item] : [...item.children].map(([, test]) => test)));
  }

  #file(uri: string): TestItem | undefined {
    return this.#controller.items.get(uri);
  }

  #fileItem(uri: string): TestItem {
    const at = Uri.parse(uri, true);
    return this.#controller.createTestItem(uri, plainLabel(workspace.asRelativePath(at)), at);
  }

  #testItem(file: TestItem, { id, title, line }: TestPlace): TestItem {
    const item = file.children.get(id) ?? this.#controller.createTestItem(id, plainLabel(title), file.uri);
    item.range = new Range(line, 0, line, 0);
    return item;
  }
}

/** The places that a report's buttons lead to: it names them by number, so that no path goes through its page. */
import type { Linked } from '../model/link.ts';
import type { Location } from '../model/source.ts';
import type { Place } from '../protocol/scan.ts';
import type { SourceButton, Sources } from '../results/report/html/sources.ts';
import { written } from '../evaluate/written.ts';
import type { Workspace } from './workspace.ts';

/**
 * Numbers places as the report asks for them; `places` has them all when it is done.
 * Where something else is written now than a check of then, the script was edited since, and nothing leads there.
 */
export function sourcesOf(workspace: Workspace, { content }: Linked): Sources & { readonly places: readonly Place[] } {
  const places: Place[] = [];
  const numbers = new Map<string, SourceButton>();
  const place = (location: Location): SourceButton | undefined => {
    const key = `${location.file}\n${location.start}`;
    const known = numbers.get(key);
    if (known) return known;
    const document = workspace.placed(location.file);
    if (!document) return undefined;
    const { line, character } = document.positionAt(location.start);
    const button = { number: places.length, label: `${location.file.split(/[\\/]/).at(-1) ?? ''}:${line + 1}` };
    places.push({ uri: document.uri, line, character });
    numbers.set(key, button);
    return button;
  };
  const at = (location: Location, check: string): SourceButton | undefined =>
    written({ content }, location) === check ? place(location) : undefined;
  const declared = (id: string): SourceButton | undefined => {
    const found = content.patches.get(id.toLowerCase()) ?? content.products.get(id.toLowerCase());
    return found && place(found.nameAt);
  };
  return { places, at, declared };
}

/** File and registry changes of a patch as conditions. */
import { elementsOf, type XmlElement } from '../../patchxml/document.ts';
import { element, type OutElement } from '../../patchxml/write/element.ts';
import { reportAt, valueIn, type Catalogue, type CataloguePatch } from './read.ts';

/** What a text means: `%` and `${` begin something in ours, in the catalogue only `%Name%` does. */
const literally = (text: string): string => text.replaceAll('${', '$${');

/** The references in one of a patch's lists. */
function changesOf(patch: CataloguePatch, list: string): readonly XmlElement[] {
  return elementsOf(patch.element)
    .filter(({ name }) => name === list)
    .flatMap(elementsOf);
}

/** A condition for each file change that can be one; the others are reported. */
export function fileChecks(catalogue: Catalogue, patch: CataloguePatch): readonly OutElement[] {
  return changesOf(patch, 'FileChgs').flatMap((use) => {
    const change = catalogue.entries.fileChange.get(valueIn(use, 'FileChangeID'));
    const file = change && catalogue.ownerOf.get(change);
    if (change === undefined || file === undefined) return [];
    const lost = (why: string): OutElement[] => {
      const message = `The change of \`${valueIn(file, 'Name')}\` is left out: ${why}.`;
      reportAt(catalogue, 'catalogue-lost', { element: use, attribute: 'FileChangeID' }, { message, first: change });
      return [];
    };
    const folder = valueIn(catalogue.entries.location.get(valueIn(file, 'LocationID')), 'Path');
    if (!/^(%[A-Za-z_]\w*%|[A-Za-z]:)(\\|$)/.test(folder)) return lost(`\`${folder}\` is no folder of a machine`);
    const path = literally(`${folder.replace(/\\+$/, '')}\\${valueIn(file, 'Name')}`);
    if (/[*?"<>|]|(^|\\)\.\.(\\|$)/.test(path)) return lost(`\`${path}\` is no path of one file`);
    return changeCheck(change, path) ?? lost(whyNot(change));
  });
}

function changeCheck(change: XmlElement, path: string): OutElement[] | undefined {
  const version = valueIn(change, 'Version').replaceAll(',', '.');
  const command = valueIn(change, 'CommandID');
  if (command === 'd') return [element('file', { path, is: 'absent' })];
  if (!/^\d+(\.\d+)+$/.test(version) || !['c', 'a', 'e'].includes(command)) return undefined;
  const ifPresent = command === 'e' ? 'true' : undefined;
  return [element('file', { path, property: 'version', 'at-least': version, 'if-present': ifPresent })];
}

function whyNot(change: XmlElement): string {
  const command = valueIn(change, 'CommandID');
  if (command === 'u') return 'the catalogue calls it unsupported';
  if (command === '') return 'it does not say whether the file is changed, added or deleted';
  return 'it has no version, and our content has no test for its checksum';
}

/** A condition for each registry change that can be one; the others are reported. */
export function registryChecks(catalogue: Catalogue, patch: CataloguePatch): readonly OutElement[] {
  return changesOf(patch, 'RegChgs').flatMap((use) => {
    const change = catalogue.entries.regChange.get(valueIn(use, 'RegChangeID'));
    const key = change && catalogue.ownerOf.get(change);
    if (change === undefined || key === undefined) return [];
    const path = valueIn(catalogue.entries.location.get(valueIn(change, 'LocationID')), 'Path').replace(/\\+$/, '');
    if (!/^HK(LM|CR|U|CC|CU)\\/i.test(path)) {
      const message = `The registry change is left out: \`${path}\` is no key.`;
      reportAt(catalogue, 'catalogue-lost', { element: use, attribute: 'RegChangeID' }, { message, first: change });
      return [];
    }
    const at = { path: literally(path), value: literally(valueIn(key, 'Name')) };
    const expected = valueIn(change, 'RegChangeValue');
    if (expected === '') return [element('key', { ...at, exists: 'true' })];
    // A literal would be compared as what it is; the registry may have it as text.
    if (valueIn(key, 'Type') === '0x10001') return [element('key', { ...at, equals: expected })];
    return [element('key', at, [element('equals', {}, [element('text', { value: literally(expected) })])])];
  });
}

/** Files on the command line that are no content of ours but can be checked: patch catalogues of 2001. */
import { stat } from 'node:fs/promises';
import { isCatalogue } from '../convert/catalogue-2001/index.ts';
import { isPatchXml } from '../patchxml/read.ts';
import { readContentText, type ContentFile } from '../scan/content-files.ts';

/** Takes the catalogues out of some paths, by their root element. What cannot be read is left to who reads content. */
export async function takeCatalogues(
  paths: readonly string[],
): Promise<{ readonly catalogues: readonly ContentFile[]; readonly rest: readonly string[] }> {
  const catalogues: ContentFile[] = [];
  const rest: string[] = [];
  for (const file of paths) {
    const candidate = /\.xml$/i.test(file) && !isPatchXml(file) && (await isFile(file));
    const read = candidate ? await readContentText(file) : undefined;
    if (read?.ok === true && isCatalogue(read.text)) catalogues.push({ file, text: read.text });
    else rest.push(file);
  }
  return { catalogues, rest };
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() ?? false;

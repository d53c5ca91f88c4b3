/** The gutter's signs: each verdict has a shape of its own, so that colour is not all that tells them apart. */
import { Uri } from 'vscode';
import type { TruthMark } from '../../../../server/src/protocol/truth.ts';

export type Look = TruthMark['tone'] | 'stale';

const SHAPE: Readonly<Record<Look, string>> = {
  true: '<path d="M3.5 8.5l3 3 6-7" fill="none" stroke="C" stroke-width="2"/>',
  false: '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="C" stroke-width="2"/>',
  unknown:
    '<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8" fill="none" stroke="C" stroke-width="1.8"/><circle cx="8" cy="12.4" r="1.2" fill="C"/>',
  mixed:
    '<circle cx="8" cy="8" r="4.2" fill="none" stroke="C" stroke-width="1.8"/><path d="M8 3.8a4.2 4.2 0 0 1 0 8.4z" fill="C"/>',
  neutral: '<circle cx="8" cy="8" r="2.4" fill="C"/>',
  stale: '<circle cx="8" cy="8" r="3.6" fill="none" stroke="C" stroke-width="1.6" stroke-dasharray="2.2 1.6"/>',
};

/** As package.json has the colours of the texts; a gutter's picture takes none of the theme. */
const COLOURS: Readonly<Record<Look, { readonly dark: string; readonly light: string }>> = {
  true: { dark: '#7fb785', light: '#2e7d32' },
  false: { dark: '#f48771', light: '#b3261e' },
  unknown: { dark: '#d7ba7d', light: '#855f00' },
  mixed: { dark: '#7cb7e8', light: '#0b5cad' },
  neutral: { dark: '#9aa7b0', light: '#5a6670' },
  stale: { dark: '#8f8f8f', light: '#6b6b6b' },
};

/** A sign for the gutter; the dark one is for high contrast, too. */
export function gutterIcon(look: Look, theme: 'dark' | 'light'): Uri {
  const shape = SHAPE[look].replaceAll('"C"', `"${COLOURS[look][theme]}"`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${shape}</svg>`;
  return Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}

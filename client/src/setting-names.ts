/** The one registry of settings. package.json and docs/settings.md are held against it by a test. */

/** Each with what counts where nothing is set. `trace.server` is read by the language client itself. */
export const SETTINGS = {
  inlineTruth: true,
  scanLenses: true,
  keepIndex: true,
  'trace.server': 'messages',
} as const;

/** Those that are on or off. */
export type SwitchName = 'inlineTruth' | 'scanLenses' | 'keepIndex';

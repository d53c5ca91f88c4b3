/** What the language server asks of an editor beyond LSP. */

/**
 * The command of a lens that counts references, for an editor that says `experimental: { commands: ["patchlab.showReferences"] }`;
 * its one argument is `{ uri, position }` of the declaration.
 */
export const SHOW_REFERENCES_COMMAND = 'patchlab.showReferences';

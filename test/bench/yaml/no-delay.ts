/**
 * Loaded before the YAML language server: takes out the time that it waits after a keystroke, so that work is compared with
 * work. Its files stay as they are; a version that waits in another way is not measured by mistake, but refused.
 */
import { registerHooks } from 'node:module';

const DELAY = 'this.validationDelayMs = 200;';
let found = false;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/yamlSettings.js')) return loaded;
    const source = Buffer.from((loaded.source ?? '') as Uint8Array).toString();
    if (!source.includes(DELAY)) throw new Error('the delay of the YAML language server is not where it was');
    found = true;
    return { ...loaded, source: source.replace(DELAY, 'this.validationDelayMs = 0;') };
  },
});

process.once('exit', () => {
  if (!found) process.stderr.write('the delay of the YAML language server was not found\n');
});

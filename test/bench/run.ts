/** `npm run bench`: measures, and holds the numbers against the design's budgets. Nothing fails; `npm run bench -- parser`, `server`, `yaml`, `importer`, `live`, `checks` or `fleet` runs one part. */
import os from 'node:os';
import { ensurePrerequisites, PrerequisiteError } from '../../scripts/prerequisites.ts';
import { benchChecks } from './checks.ts';
import { benchFleet } from './fleet.ts';
import { benchImporter } from './importer.ts';
import { benchLive } from './live.ts';
import { benchParser } from './parser.ts';
import { benchServer } from './server.ts';
import { formatRows } from './statistics.ts';
import type { BenchRow } from './statistics.ts';
import { benchYaml } from './yaml.ts';

const PARTS: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  parser: benchParser,
  server: benchServer,
  yaml: benchYaml,
  importer: benchImporter,
  live: () => {
    ensurePrerequisites(['samba', 'impacket', 'gcc']);
    return benchLive();
  },
  checks: () => {
    ensurePrerequisites(['samba', 'impacket', 'gcc']);
    return benchChecks();
  },
  fleet: () => {
    ensurePrerequisites(['samba', 'gcc']);
    return benchFleet();
  },
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`npm run bench [-- ${Object.keys(PARTS).join(' | ')}]\n`);
  process.exitCode = 2;
} else {
  const rows: BenchRow[] = [];
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (named.length > 0 && !named.includes(name)) continue;
      process.stderr.write(`Measuring: ${name}\n`);
      rows.push(...(await part()));
    }
    const [processor] = os.cpus();
    process.stdout.write(
      `${formatRows(rows)}\n\n${os.cpus().length} x ${processor?.model ?? '?'}, Node ${process.version}\n`,
    );
  } catch (error) {
    if (!(error instanceof PrerequisiteError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

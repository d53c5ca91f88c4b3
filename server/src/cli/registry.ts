/** Every verb of the command line, once. */
import { check } from './verbs/check.ts';
import { importer } from './verbs/importer.ts';
import { lsp } from './verbs/lsp.ts';
import { record } from './verbs/record.ts';
import { report } from './verbs/report.ts';
import { scan } from './verbs/scan.ts';
import type { Verb } from './verb.ts';

export const VERBS = { check, scan, record, importer, report, lsp } as const satisfies Readonly<Record<string, Verb>>;

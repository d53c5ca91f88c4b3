/** For programs: `patchlab-check/1`, as docs/schemas/check.schema.json says. */
import { inertJson } from '../inert-json.ts';
import type { CheckReport } from './format.ts';

export const CHECK_SCHEMA = 'patchlab-check/1';

export const json = ({ list }: CheckReport): string => inertJson({ schema: CHECK_SCHEMA, findings: list.findings });

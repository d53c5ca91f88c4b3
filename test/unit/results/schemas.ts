/** The published JSON schemas, compiled. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';

const read = (name: string): object => JSON.parse(readFileSync(`docs/schemas/${name}.schema.json`, 'utf8')) as object;

const ajv = new Ajv({ allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
const compiled = {
  result: ajv.compile(read('result')),
  scan: ajv.compile(read('scan')),
  check: ajv.compile(read('check')),
  graph: ajv.compile(read('graph')),
  resolve: ajv.compile(read('resolve')),
  discovery: ajv.compile(read('discovery')),
  doctor: ajv.compile(read('doctor')),
  'patchlab-config': ajv.compile(read('patchlab-config')),
};

/** What a schema has against a value; empty where it fits. */
export function schemaErrors(schema: keyof typeof compiled, value: unknown): readonly ErrorObject[] {
  const validate = compiled[schema];
  return validate(value) ? [] : (validate.errors ?? []);
}

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarif } from '../../../../server/src/cli/formats/sarif.ts';
import { hostile, reportOf } from './report.ts';
import { SARIF_SCHEMA } from './sarif-schema.ts';

const validate = new Ajv({ allErrors: true }).compile(SARIF_SCHEMA);

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly locations: readonly [{ readonly physicalLocation: { readonly region: Region } }];
        readonly fixes?: readonly object[];
      }[];
    },
  ];
}

const BAD = `check a { file "C:\\a.dll" version >= 2.0 < 1.0 }
check a { windows.bits = 64 }
`;

function logOf(report = reportOf([{ file: 'folder a/b.detect', text: BAD }])): Log {
  const log: unknown = JSON.parse(sarif(report));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log as Log;
}

describe('SARIF', () => {
  it('fits the part of the schema that it uses, and nothing else', () => {
    logOf();
    logOf(hostile());
    logOf(reportOf([]));
  });

  it('points every result to its rule', () => {
    const [{ tool, results }] = logOf().runs;
    expect(results.length).toBeGreaterThan(1);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('writes paths below the current folder as relative references, others as file URIs, and all of them encoded', () => {
    expect(logOf().runs[0].artifacts).toEqual([{ location: { uri: 'folder%20a/b.detect' } }]);
    const [, other] = logOf(hostile()).runs[0].artifacts;
    expect(other?.location.uri).toBe('file:///abs%20olute/b.detect');
  });

  it('counts lines and columns from 1', () => {
    const duplicate = logOf().runs[0].results.find(({ ruleId }) => ruleId === 'duplicate-name');
    expect(duplicate?.locations[0].physicalLocation.region).toMatchObject({ startLine: 2, startColumn: 7 });
  });

  it('carries fixes', () => {
    expect(logOf(hostile()).runs[0].results.some(({ fixes }) => fixes?.length === 1)).toBe(true);
  });
});

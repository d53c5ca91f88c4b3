/** A small result document for tests: every member there, texts that a hostile target could have chosen. */
import type { PatchResult, ScanResult } from '../../../server/src/scan/result.ts';

export function samplePatch(id: string, more: Partial<PatchResult> = {}): PatchResult {
  return {
    id,
    title: `Title of ${id}`,
    bulletin: null,
    severity: 'critical',
    kb: ['KB5031356'],
    cve: ['CVE-2024-11477'],
    product: 'sevenzip',
    instance: 0,
    status: 'installed',
    warning: null,
    ...more,
  };
}

export function sampleResult(scanId: string, more: Partial<ScanResult> = {}): ScanResult {
  return {
    schema: 'patchlab-result/1',
    scanId,
    started: '2026-01-13T10:00:00.000Z',
    finished: '2026-01-13T10:00:02.500Z',
    machine: {
      name: 'WS01',
      address: '127.0.2.1',
      port: 445,
      source: 'live',
      os: {
        name: 'Windows 10 22H2',
        names: ['windows', 'windows-10', 'windows-10-22h2'],
        version: '10.0.19045.3570',
        build: 19045,
        ubr: 3570,
        release: '22H2',
        servicePack: 0,
        edition: 'pro',
        role: 'workstation',
        architecture: 'x64',
        language: 'en-US',
        installation: 'client',
      },
    },
    steps: [
      { step: 1, name: 'resolve', status: 'ok', ms: 1 },
      { step: 2, name: 'share', status: 'ok', ms: 20 },
      { step: 3, name: 'registry', status: 'ok', ms: 5 },
      { step: 4, name: 'os', status: 'ok', ms: 7 },
      { step: 5, name: 'detect', status: 'ok', ms: 30 },
      { step: 6, name: 'status', status: 'ok', ms: 9 },
      { step: 7, name: 'deliver', status: 'ok', ms: 2 },
    ],
    products: [
      {
        id: 'sevenzip',
        name: '7-Zip',
        instances: [
          {
            instance: 0,
            version: '18.1.0.0',
            path: 'C:\\Program Files\\7-Zip',
            architecture: null,
            language: null,
            state: 'installed',
          },
        ],
      },
    ],
    patches: [
      samplePatch('SZ-2024-07', {
        status: 'missing',
        trace: {
          check: 'version >= 24.7',
          verdict: 'false',
          expected: '>= 24.7',
          observed: '18.1.0.0',
          source: 'version of C:\\Program Files\\7-Zip\\7z.exe',
        },
      }),
      samplePatch('SZ-2023-01', { status: 'superseded', head: 'SZ-2024-07' }),
    ],
    cost: { roundTrips: 12, bytes: 20480, reads: 17 },
    ...more,
  };
}

/** SARIF 2.1.0 (OASIS), which code scanning services and editors read. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIAGNOSTICS } from '../../lint/catalogue.ts';
import type { Severity } from '../../model/source.ts';
import type { PlacedFinding, PlacedRange } from '../findings.ts';
import { inertJson } from '../inert-json.ts';
import { VERSION } from '../version.ts';
import type { CheckReport } from './format.ts';

/** Where the schema is published; readers take it for the version. */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One run. Its rules are those that found something. */
export function sarif({ list, files }: CheckReport): string {
  const codes = [...new Set(list.findings.map(({ code }) => code))].sort();
  return inertJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Patchlab', version: VERSION, semanticVersion: VERSION, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        artifacts: files.map((file) => ({ location: artifact(file) })),
        results: list.findings.map((finding) => result(finding, codes.indexOf(finding.code))),
      },
    ],
  });
}

function rule(code: string): object {
  const known = DIAGNOSTICS[code];
  return {
    id: code,
    shortDescription: { text: known?.summary ?? code },
    help: { text: `docs/diagnostics/${code}.md tells why, and shows what to write instead.` },
    defaultConfiguration: { level: level(known?.severity ?? 'warning') },
  };
}

function result(finding: PlacedFinding, ruleIndex: number): object {
  const { code, severity, message, related, fix } = finding;
  return {
    ruleId: code,
    ruleIndex,
    level: level(severity),
    message: { text: message },
    locations: [{ physicalLocation: place(finding) }],
    ...(related !== undefined && {
      relatedLocations: related.map((one, id) => ({
        id,
        physicalLocation: place(one),
        message: { text: one.message },
      })),
    }),
    ...(fix !== undefined && {
      fixes: [
        {
          description: { text: fix.title },
          artifactChanges: [
            {
              artifactLocation: artifact(fix.file),
              replacements: [{ deletedRegion: region(fix), insertedContent: { text: fix.text } }],
            },
          ],
        },
      ],
    }),
  };
}

/** SARIF knows no hints: what is neither an error nor a warning is a note. */
const level = (severity: Severity): 'error' | 'warning' | 'note' =>
  severity === 'error' || severity === 'warning' ? severity : 'note';

const place = (range: PlacedRange): object => ({ artifactLocation: artifact(range.file), region: region(range) });

const region = ({ line, column, endLine, endColumn }: PlacedRange): object => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** A path below the current folder stays relative, so that results fit any checkout; another becomes a file URI. */
function artifact(file: string): { readonly uri: string } {
  if (path.isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: file.split(path.sep).map(segment).join('/') };
}

/** A file's name may hold what is no text: half a surrogate pair cannot be encoded, and becomes U+FFFD. */
const segment = (name: string): string => encodeURIComponent(Buffer.from(name).toString());

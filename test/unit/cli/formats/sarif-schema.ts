/**
 * The part of SARIF 2.1.0 (OASIS, sections 3.13 to 3.57) that Patchlab writes, as strict as the published schema where that
 * is strict, and closed: a property that is not in here has to be looked up there first.
 */
const object = (required: readonly string[], properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const list = (items: object, minItems = 0): object => ({ type: 'array', items, minItems });

const text = { type: 'string' };
const message = object(['text'], { text });
const level = { enum: ['none', 'note', 'warning', 'error'] };
const one = { type: 'integer', minimum: 1 };
/** RFC 3986: an absolute URI, or a relative reference whose first segment has no colon. */
const uri = { type: 'string', pattern: "^(?:file:///)?(?:[\\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$" };
const version = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(?:-[\\w.-]+)?$' };

const artifactLocation = object(['uri'], { uri });
const region = object(['startLine', 'startColumn', 'endLine', 'endColumn'], {
  startLine: one,
  startColumn: one,
  endLine: one,
  endColumn: one,
});
const physicalLocation = object(['artifactLocation', 'region'], { artifactLocation, region });

const rule = object(['id', 'shortDescription', 'help', 'defaultConfiguration'], {
  id: text,
  shortDescription: message,
  help: message,
  defaultConfiguration: object(['level'], { level }),
});

const fix = object(['artifactChanges'], {
  description: message,
  artifactChanges: list(
    object(['artifactLocation', 'replacements'], {
      artifactLocation,
      replacements: list(
        object(['deletedRegion'], { deletedRegion: region, insertedContent: object(['text'], { text }) }),
        1,
      ),
    }),
    1,
  ),
});

const result = object(['ruleId', 'ruleIndex', 'level', 'message', 'locations'], {
  ruleId: text,
  ruleIndex: { type: 'integer', minimum: 0 },
  level,
  message,
  locations: list(object(['physicalLocation'], { physicalLocation }), 1),
  relatedLocations: list(
    object(['physicalLocation'], { id: { type: 'integer', minimum: 0 }, physicalLocation, message }),
  ),
  fixes: list(fix),
});

export const SARIF_SCHEMA = object(['$schema', 'version', 'runs'], {
  $schema: { type: 'string', pattern: '^https://.*/sarif-schema-2\\.1\\.0\\.json$' },
  version: { const: '2.1.0' },
  runs: {
    ...list(
      object(['tool', 'results'], {
        tool: object(['driver'], {
          driver: object(['name'], { name: text, version: text, semanticVersion: version, rules: list(rule) }),
        }),
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        artifacts: list(object(['location'], { location: artifactLocation })),
        results: list(result),
      }),
    ),
    maxItems: 1,
  },
});

/**
 * The format of the catalogue, schema 1.0.0.11: which elements have ids, and which attributes name them. Learnt from a
 * published catalogue of 2001; there is no description of it.
 */

/** A kind of entry: where it stands below its parent, and its id. */
export interface Kind {
  readonly parent: string;
  readonly tag: string;
  readonly id: string;
  /** Used by nothing is worth saying. */
  readonly orphans: boolean;
}

export const KINDS = {
  bulletin: { parent: 'Bulletins', tag: 'Bulletin', id: 'BulletinID', orphans: false },
  product: { parent: 'Products', tag: 'Product', id: 'ProductID', orphans: true },
  family: { parent: 'ProductFamilies', tag: 'ProductFamily', id: 'ProductFamilyID', orphans: true },
  servicePack: { parent: 'ServicePacks', tag: 'ServicePack', id: 'ServicePackID', orphans: true },
  regKey: { parent: 'RegKeys', tag: 'RegKey', id: 'RegKeyID', orphans: false },
  regChange: { parent: 'RegChanges', tag: 'RegChange', id: 'RegChangeID', orphans: true },
  file: { parent: 'Files', tag: 'File', id: 'FileID', orphans: false },
  fileChange: { parent: 'FileChanges', tag: 'FileChange', id: 'FileChangeID', orphans: true },
  command: { parent: 'Commands', tag: 'Command', id: 'CommandID', orphans: false },
  location: { parent: 'Locations', tag: 'Location', id: 'LocationID', orphans: true },
  comment: { parent: 'Comments', tag: 'Comment', id: 'CommentID', orphans: true },
  severity: { parent: 'Severities', tag: 'Severity', id: 'SeverityID', orphans: false },
  supersededBy: { parent: 'SupercededBys', tag: 'SupercededBy', id: 'SBID', orphans: true },
} as const satisfies Readonly<Record<string, Kind>>;
export type KindName = keyof typeof KINDS;

/** An attribute that names an entry. `0` and nothing at all name none where that is allowed. */
export interface Use {
  readonly tag: string;
  /** Only below this parent. */
  readonly parent?: string;
  readonly attribute: string;
  readonly kind: KindName;
  readonly optional: boolean;
}

const use = (tag: string, attribute: string, kind: KindName, more: Partial<Use> = {}): Use => ({
  ...{ tag, attribute, kind, optional: false },
  ...more,
});
const optional = { optional: true };

export const USES: readonly Use[] = [
  use('Bulletin', 'BulletinLocationID', 'location', optional),
  use('Bulletin', 'FAQLocationID', 'location', optional),
  ...['ImpactSeverityID', 'PreReqSeverityID', 'MitigationSeverityID', 'PopularitySeverityID'].map((attribute) =>
    use('Bulletin', attribute, 'severity', optional),
  ),
  use('BulletinComment', 'CommentID', 'comment'),
  use('PatchComment', 'CommentID', 'comment'),
  use('Patch', 'PatchLocationID', 'location', optional),
  use('Patch', 'SBID', 'supersededBy', optional),
  use('AffectedProduct', 'ProductID', 'product'),
  use('AffectedProduct', 'FixedInSP', 'servicePack', optional),
  use('AffectedServicePack', 'ServicePackID', 'servicePack'),
  use('FileChg', 'FileChangeID', 'fileChange'),
  use('RegChg', 'RegChangeID', 'regChange'),
  use('AvailableSP', 'ServicePackID', 'servicePack'),
  use('Product', 'MinimumSupportedServicePackID', 'servicePack', optional),
  use('Product', 'CurrentServicePackID', 'servicePack', optional),
  use('ProductFamily', 'ProductFamilyID', 'family', { parent: 'Product' }),
  use('RegChange', 'LocationID', 'location'),
  use('RegChange', 'RegKeyID', 'regKey', optional),
  use('RegChange', 'CommandID', 'command', optional),
  use('File', 'LocationID', 'location'),
  use('FileChange', 'CommandID', 'command', optional),
  use('SupercededBulletin', 'BulletinID', 'bulletin'),
];

/** Elements by the only parents that they may have, where a mistake was met. */
export const PARENTS: Readonly<Record<string, readonly string[]>> = {
  AvailableSP: ['AvailableSPs'],
  FileChg: ['FileChgs'],
  RegChg: ['RegChgs'],
  AffectedProduct: ['Patch'],
  AffectedServicePack: ['AffectedProduct'],
  Patch: ['Patches'],
};

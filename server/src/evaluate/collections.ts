/** Collections: what the machine enumerates, each physical thing once, at most 10,000, with what could not be listed. */
import type { Collection, View } from '../model/content.ts';
import { observe, type Context, type Listing, type Names } from './context.ts';
import { keyElement, programElement, serviceElement, userElement, valueElement, type FoundKey } from './elements.ts';
import { gap, intern, joinListings, listed, EMPTY, PENDING_LISTING } from './listing.ts';
import { tokensOf, type PatternToken } from './patterns.ts';
import { viewsOf } from './registry.ts';
import { keyPattern, pathPattern, type KeyPattern } from './templates.ts';
import { allUsers } from './users.ts';
import type { Read } from './values.ts';
import { walkFiles, type Wanted } from './walk-files.ts';
import { walkKeys, type WalkedKeys } from './walk-keys.ts';

/** The members of a collection as far as they are known. */
export function listCollection(context: Context, names: Names | undefined, collection: Collection): Listing {
  switch (collection.kind) {
    case 'programs':
      return remembered(context, `programs|${collection.view ?? ''}`, () => programs(context, collection.view));
    case 'users':
      return remembered(context, 'users', () => users(context));
    case 'services':
      return remembered(context, 'services', () => services(context));
    case 'files':
    case 'folders':
      return paths(context, names, collection.kind, collection);
    case 'keys':
    case 'values':
      return keysOrValues(context, names, collection);
  }
}

/** Keeps a finished listing under a name that says all it depends on. */
function remembered(context: Context, id: string, make: () => Listing): Listing {
  const known = context.memo.listings.get(id);
  if (known !== undefined) return known;
  const made = make();
  const listing = { ...made, elements: made.elements.map((element) => intern(context, element)) };
  if (!listing.pending) context.memo.listings.set(id, listing);
  return listing;
}

/** Runs on a pattern's value; an absent pattern names nothing, an unreadable one is a gap. */
function ofPattern<T>(read: Read<T>, list: (pattern: T) => Listing): Listing {
  switch (read.state) {
    case 'present':
      return list(read.value);
    case 'absent':
      return EMPTY;
    case 'unreadable':
      return gap(read.reason);
    case 'pending':
      return PENDING_LISTING;
  }
}

const UNINSTALL = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*';

function programs(context: Context, view: View | undefined): Listing {
  const parts = UNINSTALL.split('\\').map((part): PatternToken[] => tokensOf(part));
  const machine = walkKeys(context, { hive: 'HKLM', parts }, viewsOf(context, view ?? 'both'));
  const ofUsers = walkKeys(context, { hive: 'HKCU', parts }, viewsOf(context, undefined));
  // Every machine has users who are not logged on: that is said of the product, and is no unknown instance of each.
  const unlisted = new Set(allUsers(context).gaps.map((one) => one.reason));
  const gaps = ofUsers.gaps.map((one) => (unlisted.has(one.reason) ? { ...one, unloadedUsers: true } : one));
  return joinListings([asListing(machine, programElement), asListing({ ...ofUsers, gaps }, programElement)]);
}

function asListing(walked: WalkedKeys, make: (found: FoundKey) => Listing['elements'][number]): Listing {
  return { elements: walked.keys.map(make), gaps: walked.gaps, pending: walked.pending };
}

function users(context: Context): Listing {
  const all = allUsers(context);
  return {
    elements: [...all.loaded, ...all.unloaded].map(userElement),
    gaps: all.unlisted.map(({ reason }) => ({ reason })),
    pending: all.pending,
  };
}

function keysOrValues(context: Context, names: Names | undefined, collection: Collection): Listing {
  return joinListings(
    collection.patterns.map((template) =>
      ofPattern(keyPattern(context, names, template), (pattern) => {
        const views = viewsOf(context, collection.view, pattern.found);
        const id = `${collection.kind}|${views.join()}|${patternId(pattern)}`;
        return remembered(context, id, () => {
          const walked = walkKeys(context, pattern, views);
          return collection.kind === 'keys' ? asListing(walked, keyElement) : valuesOf(context, walked);
        });
      }),
    ),
  );
}

function patternId(pattern: KeyPattern): string {
  return JSON.stringify([pattern.hive, pattern.parts]).toLowerCase();
}

function valuesOf(context: Context, walked: WalkedKeys): Listing {
  const lists = walked.keys.map(({ key }) =>
    ofPattern(observe<'values'>(context, { kind: 'values', ...key }), (values) =>
      listed(Object.entries(values).map(([name, data]) => valueElement(key, name, data))),
    ),
  );
  return joinListings([...lists, { elements: [], gaps: walked.gaps, pending: walked.pending }]);
}

function paths(context: Context, names: Names | undefined, kind: Wanted, collection: Collection): Listing {
  const views = collection.view === undefined ? [undefined] : viewsOf(context, collection.view);
  return joinListings(
    collection.patterns.flatMap((template) =>
      views.map((view) =>
        ofPattern(pathPattern(context, names, { template, view }), (parts) =>
          remembered(context, `${kind}|${JSON.stringify(parts).toLowerCase()}`, () => walkFiles(context, kind, parts)),
        ),
      ),
    ),
  );
}

function services(context: Context): Listing {
  return ofPattern(observe<'services'>(context, { kind: 'services' }), (names) =>
    joinListings([listed(names.map(serviceElement))]),
  );
}

/** Many files at once: nothing on SMB forbids it, so a batch costs about as many round trips as one file. */
import type { Observation } from '../../model/observation.ts';
import { absentOr, readFile, type FileRequest } from './file-reads.ts';
import type { ListRange } from '../listing.ts';
import { inLanes } from './lanes.ts';
import { listPart } from './list-folder.ts';
import { parsePath } from './paths.ts';
import type { Shares } from './shares.ts';
import { reading, refused, unreadable } from './unreadable.ts';
import type { Call } from '../../wire/smb/call.ts';

/** A request, and the place in the batch that its answer belongs to. */
export interface FileJob {
  readonly request: FileRequest;
  answer(observation: Observation): void;
  /** Why it is not read any more, if so. */
  readonly refusal?: () => Observation | undefined;
}

/** Files in flight: small reads by the dozen, whole files few, for what they hold in memory. */
const LIGHT_LANES = 128;
const HEAVY_LANES = 4;

/** Answers every job. Rejects only when cancelled. Returns the longest chain of waits. */
export async function readFiles(shares: Shares, jobs: readonly FileJob[], call: Call): Promise<number> {
  const isHeavy = (job: FileJob) => job.request.kind === 'text' || job.request.kind === 'sha256';
  const read = async (job: FileJob, counted: Call) => {
    job.answer(job.refusal?.() ?? (await reading(() => readOne(shares, job.request, counted))));
  };
  const waits = await Promise.all([
    inLanes({ jobs: jobs.filter((job) => !isHeavy(job)), lanes: LIGHT_LANES, call }, read),
    inLanes({ jobs: jobs.filter(isHeavy), lanes: HEAVY_LANES, call }, read),
  ]);
  return Math.max(...waits);
}

/** A part of a folder's entries. */
export async function listEntries(
  shares: Shares,
  { path, page }: { readonly path: string; readonly page: ListRange },
  call: Call,
): Promise<Observation> {
  const place = parsePath(path);
  if (typeof place === 'string') return refused(place);
  return await reading(async () => {
    const tree = await shares.forDrive(place.drive, call);
    if ('kind' in tree) return unreadable(tree);
    return await absentOr(() => listPart({ tree, name: place.name, call }, page));
  });
}

async function readOne(shares: Shares, request: FileRequest, call: Call): Promise<Observation> {
  const path = parsePath(request.path);
  if (typeof path === 'string') return refused(path);
  const tree = await shares.forDrive(path.drive, call);
  if ('kind' in tree) return unreadable(tree);
  return await readFile({ tree, name: path.name, call }, request.kind);
}

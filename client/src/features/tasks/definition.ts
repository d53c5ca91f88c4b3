/** What a task of `tasks.json` may say, and the arguments of the command line that it comes to. */

/** The verbs that a task can run; each only reads. */
export const TASK_VERBS = ['check', 'fmt', 'test'] as const;

export type TaskVerb = (typeof TASK_VERBS)[number];

export interface PatchlabTask {
  readonly verb: TaskVerb;
  /** Files and folders, relative to the folder that the task belongs to; none is all content. */
  readonly paths: readonly string[];
  /** The least that `check` shows. */
  readonly severity?: string;
}

/** A task as somebody wrote it; `undefined` where a member has no sense. */
export function readTask(definition: Readonly<Record<string, unknown>>): PatchlabTask | undefined {
  const { verb, paths = [], severity } = definition;
  const known = TASK_VERBS.find((one) => one === verb);
  if (!known || !Array.isArray(paths) || !paths.every((one) => typeof one === 'string')) return undefined;
  if (severity !== undefined && typeof severity !== 'string') return undefined;
  return { verb: known, paths, ...(severity !== undefined && { severity }) };
}

/** The arguments behind the program. Paths come last and can never be taken for options. */
export function taskArguments({ verb, paths, severity }: PatchlabTask): readonly string[] {
  const least = severity === undefined ? [] : [`--severity=${severity}`];
  const options = { check: least, fmt: ['--check'], test: [] }[verb];
  return [verb, ...options, ...(paths.length > 0 ? ['--', ...paths] : [])];
}

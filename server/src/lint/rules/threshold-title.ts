/** A version in the title or in the comment behind that the condition does not ask for. */
import { compareVersions, parseVersion, type Version } from '../../evaluate/versions.ts';
import type { Condition, Patch, Source, Thing } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { isPatchXml } from '../../patchxml/read.ts';
import { walkCondition } from '../../model/walk.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const thresholdTitle: Rule = {
  code: 'threshold-title',
  severity: 'information',
  summary: 'The version in a title or comment is not the one that the condition asks for.',
  alone: true,
  find: ({ patches, texts }) => [...patches.values()].flatMap((patch) => ofPatch(patch, texts)),
};

interface Threshold {
  readonly version: Version;
  readonly at: Location;
}

function ofPatch(patch: Patch, texts: ReadonlyMap<string, string>): readonly RuleFinding[] {
  if (!('condition' in patch.verdict)) return [];
  const thresholds = thresholdsIn(patch.verdict.condition);
  const beside = thresholds.flatMap((one) => {
    const comment = commentBehind(texts.get(one.at.file) ?? '', one.at);
    return comment === undefined ? [] : (disagreement([one], comment, 'comment') ?? []);
  });
  const own = thresholds.every(
    ({ at }) => at.file === patch.at.file && at.start > patch.at.start && at.end < patch.at.end,
  );
  const titled = own && patch.title !== undefined ? disagreement(thresholds, patch.title, 'title') : undefined;
  return titled === undefined ? beside : [titled, ...beside];
}

/** Where a text names one version of the same line of releases and no threshold is that or begins with it. */
function disagreement(thresholds: readonly Threshold[], text: string, where: string): RuleFinding | undefined {
  const named = [...new Set(text.match(/\d+(?:\.\d+)+/g) ?? [])];
  const said = named.length === 1 ? parseVersion(named[0] ?? '') : undefined;
  if (said === undefined || thresholds.some(({ version }) => agrees(said, version))) return undefined;
  const near = thresholds.find(({ version }) => version.parts[0]?.digits === said.parts[0]?.digits);
  if (near === undefined) return undefined;
  const message = `The ${where} says ${said.text}, and the condition asks for ${near.version.text}: which is right?`;
  return { message, at: near.at };
}

function agrees(said: Version, asked: Version): boolean {
  return (
    compareVersions(said, asked) === 0 || said.parts.every((part, index) => part.digits === asked.parts[index]?.digits)
  );
}

function thresholdsIn(condition: Condition): readonly Threshold[] {
  const found: Threshold[] = [];
  walkCondition(condition, {
    condition(one) {
      if (one.kind !== 'compare' || one.predicate.kind !== 'test' || !isVersion(one.subject)) return;
      const { test } = one.predicate;
      if (test.kind === 'reaches') for (const { fixed, at } of test.rows) add(fixed, at);
      if (test.kind !== 'range') return;
      for (const { value } of test.bounds)
        if (value.source.kind === 'literal' && value.source.literal.kind === 'version')
          add(value.source.literal.text, value.at);
    },
  });
  function add(text: string, at: Location): void {
    const version = parseVersion(text);
    if (version !== undefined) found.push({ version, at });
  }
  return found;
}

const isVersion = (subject: Source | Thing): boolean =>
  (subject.kind === 'name' && subject.name.member === undefined && subject.name.base.toLowerCase() === 'version') ||
  (subject.kind === 'file' && (subject.property === 'version' || subject.property === 'product-version'));

/** The comment behind a place on its line, where nothing but blanks and closing brackets stands between. */
const commentBehind = (text: string, at: Location): string | undefined =>
  isPatchXml(at.file)
    ? /^[^<>\r\n]*>[ \t]*<!--(.*?)-->/.exec(text.slice(at.end, at.end + 300))?.[1]
    : /^[ \t})]*#([^\r\n]*)/.exec(text.slice(at.end, at.end + 200))?.[1];

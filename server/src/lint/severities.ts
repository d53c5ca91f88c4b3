/** Severities as a workspace wants them: `"severity": { "default-view": "off", "always-true": "error" }` in patchlab.json. */
import type { Finding, Severity } from '../model/source.ts';
import { didYouMean } from '../syntax/suggest.ts';
import { DIAGNOSTICS } from './catalogue.ts';

/** Rules by their code; `off` silences one. */
export interface Severities {
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
}

const LEVELS: readonly (Severity | 'off')[] = ['off', 'hint', 'information', 'warning', 'error'];

/**
 * Reads the value of `severity` in a configuration. What is wrong with it is told in sentences, and left out. Errors keep
 * their severity: they say that something has no effect, whether one looks or not.
 */
export function parseSeverities(value: unknown): Required<Severities> & { readonly problems: readonly string[] } {
  const severities = new Map<string, Severity | 'off'>();
  const problems: string[] = [];
  if (value === undefined) return { severities, problems };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { severities, problems: ['"severity" must be an object of rules and their severity'] };
  for (const [code, wanted] of Object.entries(value)) {
    const known = Object.hasOwn(DIAGNOSTICS, code) ? DIAGNOSTICS[code] : undefined;
    const level = LEVELS.find((one) => one === wanted);
    if (known === undefined)
      problems.push(`"severity" names no rule with "${code}".${didYouMean(code, Object.keys(DIAGNOSTICS))}`);
    else if (level === undefined)
      problems.push(
        `"severity" of "${code}" must be one of ${LEVELS.join(', ')}.${didYouMean(String(wanted), LEVELS)}`,
      );
    else if (known.severity === 'error') problems.push(`"${code}" is an error and stays one`);
    else severities.set(code, level);
  }
  return { severities, problems };
}

/** Findings with the severities that are wanted, without those that are off. */
export function withSeverities(findings: readonly Finding[], { severities }: Severities): readonly Finding[] {
  if (severities === undefined || severities.size === 0) return findings;
  return findings.flatMap((finding) => {
    const wanted = severities.get(finding.code);
    if (wanted === 'off') return [];
    return [wanted === undefined ? finding : { ...finding, severity: wanted }];
  });
}

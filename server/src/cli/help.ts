/** The help of the command and of each verb, made from the same data that reads the arguments. */
import type { OptionSpec, Verb } from './verb.ts';

const EXIT_CODES = `Exit codes:
  0  fine
  1  findings: errors in content, missing patches with --fail-on missing
  2  wrong usage or configuration
  3  a machine could not be scanned
  4  an internal error
  Of several the gravest counts: 4, 2, 3, 1.`;

/** What `patchlab --help` prints. */
export function commandHelp(verbs: Readonly<Record<string, Verb>>, version: string): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const list = Object.entries(verbs).map(([name, verb]) => `  ${name.padEnd(width)}  ${verb.summary}`);
  return `Patchlab ${version}: checks detection content, scans Windows machines with it, reports what they lack.

Usage: patchlab VERB [OPTION...]

Verbs:
${list.join('\n')}

  patchlab VERB --help   tells all of a verb
  patchlab --version     tells the version

${EXIT_CODES}
`;
}

/** What `patchlab VERB --help` prints. */
export function verbHelp(name: string, verb: Verb): string {
  const options = Object.entries({ ...verb.options, help: { help: 'Shows this.' } });
  const left = options.map(([option, spec]) => optionForm(option, spec));
  const width = Math.min(34, Math.max(...left.map((text) => text.length)));
  const lines = options.map(([, spec], index) => optionLine(left[index] ?? '', spec, width));
  return `patchlab ${name}: ${verb.summary}

Usage: patchlab ${name} [OPTION...]${verb.arguments === undefined ? '' : ` ${verb.arguments}`}

${verb.description}

Options:
${lines.join('\n')}

Examples:
${verb.examples.map((example) => `  ${example}`).join('\n')}

${EXIT_CODES}
`;
}

function optionForm(name: string, spec: OptionSpec): string {
  return spec.value === undefined ? `--${name}` : `--${name} ${spec.value}`;
}

function optionLine(left: string, spec: OptionSpec, width: number): string {
  const help = spec.many && !spec.greedy ? `${spec.help} (repeatable)` : spec.help;
  const padded = left.length > width ? `${left}\n  ${' '.repeat(width)}` : left.padEnd(width);
  return `  ${padded}  ${help}`;
}

/** Where ids and web addresses in content lead. */
import type { Leaf } from '../syntax/tree.ts';

/** The page of a KB or CVE id. */
export function targetOf({ image, tokenType: { name } }: Leaf): { target: string; tooltip: string } | undefined {
  if (name === 'Kb')
    return {
      target: `https://support.microsoft.com/help/${image.slice('KB'.length)}`,
      tooltip: `${image} at Microsoft`,
    };
  return name === 'Cve' ? { target: `https://www.cve.org/CVERecord?id=${image}`, tooltip: image } : undefined;
}

/** What a text leads to, where it is a web address and nothing else. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s/]/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

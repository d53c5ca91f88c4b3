/** Texts in XML that is written: nothing in them acts, in XML or on a terminal. */
import { inert } from '../../results/report/inert.ts';

/** Characters that XML 1.0 cannot hold: `inert` shows control characters as their codes, these are left. */
const NOT_XML = /[\ufffe\uffff]/g;

/** As an element's text. */
export const text = (value: string): string => inert(value).replace(NOT_XML, '\ufffd').replace(/[&<>]/g, reference);
/** As a quoted attribute's value. */
export const attribute = (value: string): string => text(value).replaceAll('"', '&quot;');

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const reference = (char: string): string => REFERENCES[char] ?? char;

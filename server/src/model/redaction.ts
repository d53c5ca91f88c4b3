/**
 * What recordings, results and traces leave out by rule, before they are written anywhere: product keys, serial numbers,
 * licences and owners by the value's name, product keys by their form, and what lines of text files set secrets to.
 */
import { isSecretName } from './refusals.ts';

/** Why a value of that name is left out; undefined where it may be kept. */
export function redactedValue(name: string): string | undefined {
  const bare = name.replace(/[\s_-]/g, '');
  if (isSecretName(name)) return 'a secret';
  if (/digitalproductid|productkey|cdkey|dpid/i.test(bare)) return 'a product key';
  if (/serial(no|num|number|key)|^serial$|^sn$/i.test(bare)) return 'a serial number';
  if (
    /licen[cs]e?(key|code|id|data|string|number)|activation(key|code|id)|reg(istration)?(code|key)|^productid$/i.test(
      bare,
    )
  )
    return 'a licence';
  if (
    /^registered(owner|organi[sz]ation|user)$|^(regowner|regcompany|defaultusername|lastused?username|lastloggedonuser|lastloggedonsamuser)$/i.test(
      bare,
    )
  ) {
    return 'a person or organisation';
  }
  return undefined;
}

const PRODUCT_KEY = /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/gi;
const SECRET_LINE =
  /^(\s*[^\r\n=:#;]{0,80}?(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|licen[cs]e[_-]?key|serial)[^\r\n=:]{0,40}[=:])[^\r\n]+$/gim;

export const STAND_IN = '[left out]';

/** A text without product keys. */
export function redactText(text: string): string {
  return text.replace(PRODUCT_KEY, STAND_IN);
}

/** A text file's content without product keys and without what its lines set secrets to. */
export function redactFile(text: string): string {
  return redactText(text).replace(SECRET_LINE, (_line, name: string) => `${name} ${STAND_IN}`);
}

/**
 * What is never read from a machine, whatever content asks: credentials at rest. Evaluation answers such a request *unreadable*
 * before any machine sees it, and every machine that records refuses it once more. And what is read but never written, into
 * recordings, results or traces: product keys, serial numbers, licences, owners, and what lines of text files set secrets to.
 */
import type { ObservationRequest } from './observation.ts';

/** `HKLM\SAM` and `HKLM\SECURITY`: password hashes, LSA secrets, cached logons. */
const SECRET_HIVES = /^(sam|security)(\\|$)/i;
/** The same hives as files, and the directory's database. */
const SECRET_FILES =
  /\\(system32\\config\\(regback\\)?(sam|security|system)|repair\\(sam|security|system)|ntds\\ntds\.dit)(\.\w+)?$/i;
/** Values that hold a password or key as text: AutoAdminLogon's DefaultPassword, VNC and the like. */
const SECRET_VALUES = /(passw(or)?d|passphrase|secret|credential|privatekey|apikey|accesskey|authtoken)/i;

/** Why a request is refused, or undefined where it may be made. */
export function refusedByRule(request: ObservationRequest): string | undefined {
  switch (request.kind) {
    case 'key':
    case 'subkeys':
    case 'values':
    case 'value':
      if (request.hive === 'HKLM' && SECRET_HIVES.test(request.path))
        return 'the SAM and SECURITY hives are never read';
      if (request.kind === 'value' && isSecretName(request.name)) return 'a value that holds a secret is never read';
      return undefined;
    case 'text':
    case 'sha256':
      return SECRET_FILES.test(request.path) ? 'a file that holds secrets is never read' : undefined;
    default:
      return undefined;
  }
}

/** Policies about passwords (MinimumPasswordLength, PasswordExpiryWarning) are settings, not secrets. */
const SETTINGS = /(length|age|expir|policy|complex|history|prompt|enabled?|disabled?|required?|change|cache|manager)/i;

/** Whether a value's name says that its data is a password, a key to log on with, or another secret. */
export function isSecretName(name: string): boolean {
  return SECRET_VALUES.test(name.replace(/[\s_-]/g, '')) && !SETTINGS.test(name);
}

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

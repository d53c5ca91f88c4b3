/** Dialects, signing algorithms and ciphers: their numbers on the wire and the names that people use. */

export type Dialect = '2.0.2' | '2.1' | '3.0' | '3.0.2' | '3.1.1';
export type SigningAlgorithm = 'HMAC-SHA256' | 'AES-CMAC' | 'AES-GMAC';
export type Cipher = 'AES-128-CCM' | 'AES-128-GCM' | 'AES-256-CCM' | 'AES-256-GCM';

/** Oldest first. */
export const DIALECTS: readonly Dialect[] = ['2.0.2', '2.1', '3.0', '3.0.2', '3.1.1'];
export const DIALECT_NUMBER: Readonly<Record<Dialect, number>> = {
  '2.0.2': 0x0202,
  '2.1': 0x0210,
  '3.0': 0x0300,
  '3.0.2': 0x0302,
  '3.1.1': 0x0311,
};

/** MS-SMB2 2.2.3.1.7 */
export const SIGNING_NUMBER: Readonly<Record<SigningAlgorithm, number>> = {
  'HMAC-SHA256': 0,
  'AES-CMAC': 1,
  'AES-GMAC': 2,
};

/** MS-SMB2 2.2.3.1.2 */
export const CIPHER_NUMBER: Readonly<Record<Cipher, number>> = {
  'AES-128-CCM': 1,
  'AES-128-GCM': 2,
  'AES-256-CCM': 3,
  'AES-256-GCM': 4,
};

/** Best first. */
export const ALL_SIGNING: readonly SigningAlgorithm[] = ['AES-GMAC', 'AES-CMAC', 'HMAC-SHA256'];
export const ALL_CIPHERS: readonly Cipher[] = ['AES-256-GCM', 'AES-128-GCM', 'AES-256-CCM', 'AES-128-CCM'];

export function isAtLeast(dialect: Dialect, than: Dialect): boolean {
  return DIALECT_NUMBER[dialect] >= DIALECT_NUMBER[than];
}

/** The name of a number of the wire, or undefined for one that we did not offer or do not know. */
export function nameOf<T extends string>(
  numbers: Readonly<Record<T, number>>,
  offered: readonly T[],
  number: number,
): T | undefined {
  return offered.find((name) => numbers[name] === number);
}

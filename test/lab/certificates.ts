/** An authority of the lab and certificates of it: good ones, expired ones, ones for another name. Made with openssl, for one run. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runOrThrow } from './run-program.ts';

/** Files of one certificate; `pem` is its text. */
export interface LabCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly pem: string;
}

export interface CertificateOptions {
  readonly name: string;
  /** Of the subjectAltName: `DNS:dc1.lab.example`, `IP:127.0.0.1`. */
  readonly names: readonly string[];
  /** It ended yesterday. */
  readonly expired?: boolean;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** An authority that nobody else trusts. */
export async function makeAuthority(folder: string, name = 'Lab Authority'): Promise<LabCertificate> {
  const [certificate, key] = [path.join(folder, `${slug(name)}.pem`), path.join(folder, `${slug(name)}.key`)];
  await runOrThrow('openssl', [
    ...['req', '-x509', ...KEY, '-days', '30', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  return { certificate, key, pem: readFileSync(certificate, 'utf8') };
}

/** A server's certificate, signed by the authority. */
export async function makeCertificate(
  folder: string,
  authority: LabCertificate,
  { name, names, expired = false }: CertificateOptions,
): Promise<LabCertificate> {
  const at = (ending: string) => path.join(folder, `${slug(name)}.${ending}`);
  writeFileSync(at('ext'), `subjectAltName=${names.join(',')}\nextendedKeyUsage=serverAuth\n`);
  await runOrThrow('openssl', ['req', ...KEY, '-subj', `/CN=${name}`, '-keyout', at('key'), '-out', at('csr')]);
  await runOrThrow('openssl', [
    ...['x509', '-req', '-in', at('csr'), '-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'],
    ...['-days', expired ? '-1' : '30', '-extfile', at('ext'), '-out', at('pem')],
  ]);
  return { certificate: at('pem'), key: at('key'), pem: readFileSync(at('pem'), 'utf8') };
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

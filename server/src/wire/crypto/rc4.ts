/** RC4 as NTLM's key exchange and message checksums want it (MS-NLMP 3.4.4); gone from OpenSSL 3's default provider. */

/** A key stream: successive calls go on where the last one ended. */
export function rc4(key: Uint8Array): (data: Uint8Array) => Buffer {
  const s = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => s[index & 255] ?? 0;
  const swap = (a: number, b: number) => {
    const kept = at(a);
    s[a] = at(b);
    s[b] = kept;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return (data) => {
    const out = Buffer.alloc(data.length);
    for (let n = 0; n < data.length; n++) {
      i = (i + 1) & 255;
      j = (j + at(i)) & 255;
      swap(i, j);
      out[n] = (data[n] ?? 0) ^ at(at(i) + at(j));
    }
    return out;
  };
}

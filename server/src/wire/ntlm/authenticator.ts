/** NTLMv2 with MIC as a way to log on (MS-NLMP 3.1.5). Never NTLMv1, never anonymous. */
import { fileTime, u32le, u64le, utf16 } from '../bytes.ts';
import { rc4 } from '../crypto/rc4.ts';
import { equalBytes, type CryptoSuite } from '../crypto/suite.ts';
import { protocolError } from '../failure.ts';
import type { Authenticator } from '../smb/authentication.ts';
import { authenticateMessage, MIC_OFFSET, negotiateMessage, readChallenge } from './messages.ts';
import { messageSigner, ntlmV2Response, ntowfV2, type Account } from './response.ts';
import { AV, targetNames, writeAvPairs, type AvPairs, type TargetNames } from './target-info.ts';

/** 1.3.6.1.4.1.311.2.2.10 */
const NTLMSSP = Buffer.from('060a2b06010401823702020a', 'hex');

interface Session {
  readonly key: Buffer;
  readonly names: TargetNames;
  readonly sign: (data: Buffer) => Buffer;
  readonly expect: (data: Buffer) => Buffer;
}

export interface NtlmOptions {
  readonly suite: CryptoSuite;
  readonly account: Account;
  /** The host's name as the user gave it: the service that we mean to reach is `cifs/HOST`. */
  readonly host: string;
}

export function ntlmAuthenticator(options: NtlmOptions): Authenticator {
  const { suite, account } = options;
  if (account.user === '' || account.password === '') {
    throw protocolError('ANONYMOUS_REFUSED', 'a user and a password are needed: Patchlab never logs on anonymously');
  }
  const negotiate = negotiateMessage();
  let session: Session | undefined;
  const established = () => {
    if (!session) throw new Error('the logon has not got that far');
    return session;
  };
  return {
    mechanism: NTLMSSP,
    start: () => negotiate,
    answer(token) {
      const challenge = readChallenge(token);
      const { response, sessionBaseKey } = ntlmV2Response(suite, {
        key: ntowfV2(suite, account),
        serverChallenge: challenge.serverChallenge,
        clientChallenge: suite.random(8),
        time: challenge.targetInfo.get(AV.TIME) ?? u64le(fileTime(new Date())),
        targetInfo: writeAvPairs(answeredInfo(challenge.targetInfo, options.host)),
      });
      const key = suite.random(16);
      const encryptedKey = rc4(sessionBaseKey)(key);
      const message = authenticateMessage({ ...account, ntResponse: response, encryptedKey });
      suite.hmac('md5', key, negotiate, token, message).copy(message, MIC_OFFSET);
      session = {
        key,
        names: targetNames(challenge.targetName, challenge.targetInfo),
        sign: messageSigner(suite, key, 'client'),
        expect: messageSigner(suite, key, 'server'),
      };
      return message;
    },
    sessionKey: () => established().key,
    sign: (data) => established().sign(data),
    verify: (data, mic) => equalBytes(established().expect(data), mic),
    names: () => established().names,
  };
}

/** The target's pairs, and ours: a MIC is present, no channel binding, and whom we mean (3.1.5.1.2). */
function answeredInfo(pairs: AvPairs, host: string): AvPairs {
  return new Map([...pairs, [AV.FLAGS, u32le(2)], [AV.BINDINGS, Buffer.alloc(16)], [AV.TARGET, utf16(`cifs/${host}`)]]);
}

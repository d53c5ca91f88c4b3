/** Named lies about frames, headers, protection and the logon: what a hostile or broken server says below files and registry. */
import { u16le, u32le } from '../../../server/src/wire/bytes.ts';
import { HEADER_LENGTH } from '../../../server/src/wire/smb/header.ts';
import type { Lies, Voice } from './liar.ts';
import { context } from './logon.ts';
import { BODY, ERROR_BODY, type Reply, type Request } from './messages.ts';
import { COMMAND } from './requests.ts';

type Command = (typeof COMMAND)[keyof typeof COMMAND];
const PENDING = 0x103;
const INTERIM = { status: PENDING, body: ERROR_BODY, asyncId: 77n } as const;

/** From the first request of this command on. */
function from(command: Command): (request: Request) => boolean {
  let begun = false;
  return (request) => (begun ||= request.command === command);
}

const only = (command: Command) => (request: Request) => request.command === command;

/** Says a status instead of an answer. */
export function refusing(status: number, command: Command, tree?: number): Lies {
  return {
    reply: (reply, request) =>
      request.command === command && (tree === undefined || request.treeId === tree)
        ? { status, body: ERROR_BODY }
        : reply,
  };
}

/** Refuses C$ and nothing else. */
export function refusingDrive(status: number): Lies {
  return { reply: (reply, request) => (isDrive(request) ? { status, body: ERROR_BODY } : reply) };
}

export function isDrive(request: Request): boolean {
  return request.command === COMMAND.TREE_CONNECT && request.message.includes(Buffer.from('\\C$', 'utf16le'));
}

/** Changes a reply's body. */
export function body(command: Command, change: (body: Buffer) => void): Lies {
  return {
    reply: (reply, request) => {
      if (request.command !== command || reply.status !== 0) return reply;
      const changed = Buffer.from(reply.body);
      change(changed);
      return { ...reply, body: changed };
    },
  };
}

/** Keeps on saying something for as long as the client listens, without holding up anything else. */
function forever(voice: Voice, say: () => void): void {
  const again = (): void => {
    if (!voice.isOpen()) return;
    for (let count = 0; count < 20; count++) say();
    setTimeout(again, 1);
  };
  again();
}

const changed = (when: (request: Request) => boolean, change: (reply: Reply, to: Request) => Partial<Reply>): Lies => ({
  reply: (reply, request) => (when(request) ? { ...reply, ...change(reply, request) } : reply),
});

/** `neverAsked` and the like begin once the client is logged on. */
const AFTER_LOGON = COMMAND.TREE_CONNECT;

export const FRAME_LIES = {
  'a frame that says it is longer than it is': {
    request: (request, voice) => {
      if (request.command !== AFTER_LOGON) return false;
      const message = voice.compose({ status: 0, body: BODY.treeConnect(2) }, request);
      voice.sayBytes(Buffer.concat([Buffer.from([0, 0, 0x40, 0]), message]));
      return true;
    },
  },
  'a frame of sixteen megabytes': {
    request: (request, voice) => {
      if (request.command !== AFTER_LOGON) return false;
      voice.sayBytes(Buffer.from([0, 0xff, 0xff, 0xff, 0xfe]));
      return true;
    },
  },
  'a frame that comes byte by byte and never ends': {
    request: (request, voice) => {
      if (request.command !== AFTER_LOGON) return false;
      voice.sayBytes(Buffer.from([0, 0x10, 0, 0]));
      forever(voice, () => voice.sayBytes(Buffer.from([0xfe])));
      return true;
    },
  },
  'a compound that points to itself': {
    leaving: (message, request) => {
      if (request.command === AFTER_LOGON) message.writeUInt32LE(8, 20);
      return message;
    },
  },
  'a reply cut short in its header': {
    leaving: (message, request) => (request.command === AFTER_LOGON ? message.subarray(0, 50) : message),
  },
  'no credits from the start': { reply: (reply) => ({ ...reply, credits: 0 }) },
  'one credit at a time, and none once there is work to do': {
    reply: (reply, request) => ({ ...reply, credits: request.command < COMMAND.CREATE ? 1 : 0 }),
  },
  'sixty-five thousand credits with every reply': { reply: (reply) => ({ ...reply, credits: 0xffff }) },
  'a reply for another request': changed(from(COMMAND.CREATE), (_, to) => ({ messageId: to.messageId + 40n })),
  'a reply of another command': changed(from(COMMAND.CREATE), () => ({ command: COMMAND.CLOSE })),
  'replies that nobody asked for': {
    request: (request, voice) => {
      if (request.command === COMMAND.CREATE)
        voice.say({ status: 0, body: BODY.small(), messageId: 40_000n, command: COMMAND.ECHO }, request);
      return false;
    },
  },
  'every reply twice': {
    request: (request, voice) => {
      if (request.command === COMMAND.CREATE) voice.say({ status: 0xc0000034, body: ERROR_BODY }, request);
      return false;
    },
  },
  'pending without end in the logon': {
    request: (request, voice) => {
      if (request.command !== COMMAND.SESSION_SETUP) return false;
      forever(voice, () => voice.say(INTERIM, request));
      return true;
    },
  },
  'pending without end for the registry': {
    request: (request, voice) => {
      if (request.command !== COMMAND.IOCTL) return false;
      forever(voice, () => voice.say(INTERIM, request));
      return true;
    },
  },
  'pending without end for files': {
    request: (request, voice) => {
      if (request.command !== COMMAND.CREATE || request.treeId !== 2) return false;
      forever(voice, () => voice.say(INTERIM, request));
      return true;
    },
  },
  'a flood of oplock breaks and no answer': {
    request: (request, voice) => {
      if (request.command !== COMMAND.CREATE) return false;
      forever(voice, () => voice.say(oplockBreak(), request));
      return true;
    },
  },
  'a flood of oplock breaks beside true answers': {
    request: (request, voice) => {
      if (request.command === COMMAND.CREATE) for (let i = 0; i < 500; i++) voice.say(oplockBreak(), request);
      return false;
    },
  },
} satisfies Readonly<Record<string, Lies>>;

/** OPLOCK_BREAK notification (MS-SMB2 2.2.23.1): the message id is all ones. */
function oplockBreak(): Reply {
  return {
    status: 0,
    command: 18,
    messageId: 0xffffffffffffffffn,
    body: Buffer.concat([u16le(24), Buffer.alloc(6), Buffer.alloc(16, 1)]),
  };
}

const FSCTL_VALIDATE = 0x00140204;

export const PROTECTION_LIES = {
  'a wrong signature after the logon': {
    leaving: (message, request) => {
      if (request.command === AFTER_LOGON) message[48] = (message[48] ?? 0) ^ 1;
      return message;
    },
  },
  'a wrong signature while products are detected': {
    leaving: (message, request) => {
      if (request.command === COMMAND.QUERY_DIRECTORY) message[48] = (message[48] ?? 0) ^ 1;
      return message;
    },
  },
  'no signature after the logon': {
    leaving: (message, request) => {
      if (request.command === AFTER_LOGON) message.writeUInt32LE(message.readUInt32LE(16) & ~8, 16);
      return message;
    },
  },
  'plain text once encryption is agreed': {
    encrypt: true,
    request: (request, voice) => {
      if (request.command !== AFTER_LOGON) return false;
      voice.sayRaw(voice.compose({ status: 0, body: BODY.treeConnect(2) }, request));
      return true;
    },
  },
  'plain text while products are detected': {
    encrypt: true,
    request: (request, voice) => {
      if (request.command !== COMMAND.QUERY_DIRECTORY) return false;
      voice.sayRaw(voice.compose({ status: 0x80000006, body: ERROR_BODY }, request));
      return true;
    },
  },
  'a changed byte under encryption': {
    encrypt: true,
    leaving: (message, request) => {
      if (request.command === AFTER_LOGON) message[60] = (message[60] ?? 0) ^ 1;
      return message;
    },
  },
  'encryption before it is agreed': {
    leaving: (message, request) =>
      request.command === AFTER_LOGON
        ? Buffer.concat([Buffer.from('fd534d42', 'hex'), Buffer.alloc(48), message])
        : message,
  },
  'a share that demands encryption where no cipher was agreed': body(AFTER_LOGON, (bytes) => {
    bytes.writeUInt32LE(0x8000, 4);
  }),
  'a dialect that was not offered': { negotiate: (fields) => ({ ...fields, dialect: 0x02ff }) },
  'SMB 2.1 in spite of a check that tells of 3.1.1': {
    dialect: '2.1',
    request: (request, voice) => {
      if (request.command !== COMMAND.IOCTL) return false;
      if (request.message.readUInt32LE(HEADER_LENGTH + 4) !== FSCTL_VALIDATE) return false;
      const told = Buffer.concat([u32le(4), Buffer.alloc(16, 0x11), u16le(3), u16le(0x0311)]);
      voice.say({ status: 0, body: BODY.ioctl(FSCTL_VALIDATE, Buffer.alloc(16, 255), told) }, request);
      return true;
    },
  },
  'SMB 3.1.1 without pre-authentication integrity': { negotiate: (fields) => ({ ...fields, contexts: [] }) },
  'a cipher that was not offered': { negotiate: (fields) => ({ ...fields, cipher: 77 }) },
  'a signing algorithm that was not offered': {
    negotiate: (fields) => ({
      ...fields,
      contexts: [
        context(1, Buffer.concat([u16le(1), u16le(32), u16le(1), Buffer.alloc(32)])),
        context(8, Buffer.concat([u16le(1), u16le(9)])),
      ],
    }),
  },
  'a negotiation with sixty thousand contexts': {
    reply: (reply, request) => {
      if (request.command === COMMAND.NEGOTIATE) reply.body.writeUInt16LE(60_000, 6);
      return reply;
    },
  },
  'no way to log on but Kerberos': {
    negotiate: (fields) => ({
      ...fields,
      // NegTokenInit2 with the one mechanism 1.2.840.113554.1.2.2.
      token: Buffer.from('601b06062b0601050502a011300fa00d300b06092a864886f712010202', 'hex'),
    }),
  },
} satisfies Readonly<Record<string, Lies>>;

const SESSION = COMMAND.SESSION_SETUP;
/** The flags of a logon's last reply. */
const sessionFlags = (flags: number): Lies => body(SESSION, (bytes) => bytes.writeUInt16LE(flags, 2));

export const LOGON_LIES = {
  'a logon as guest': sessionFlags(1),
  'a logon as nobody': sessionFlags(2),
  'a logon that asks for no proof': {
    reply: (reply, request) =>
      only(SESSION)(request) ? { status: 0, body: BODY.sessionSetup(0, Buffer.alloc(0)) } : reply,
  },
  'a logon that never ends': {
    reply: (reply, request) => (only(SESSION)(request) ? { ...reply, status: 0xc0000016 } : reply),
  },
  'a logon whose end proves nothing': body(SESSION, (bytes) => {
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  }),
  'a challenge that points outside itself': {
    reply: (reply, request) => {
      const at = reply.body.indexOf('NTLMSSP');
      if (only(SESSION)(request) && at > 0) reply.body.writeUInt32LE(0xfffffff0, at + 44);
      return reply;
    },
  },
  'a challenge that wants weaker proof': {
    reply: (reply, request) => {
      const at = reply.body.indexOf('NTLMSSP');
      if (only(SESSION)(request) && at > 0) reply.body.writeUInt32LE(0x00008201, at + 20);
      return reply;
    },
  },
} satisfies Readonly<Record<string, Lies>>;

/** What of the product's own SMB the scripted server takes as it is. */
import { COMMAND, FLAG, HEADER_LENGTH, splitCompound, TRANSFORM_ID } from '../../../server/src/wire/smb/header.ts';

export { COMMAND, FLAG, HEADER_LENGTH, TRANSFORM_ID };
/** A compound of requests is chained like one of replies. */
export const splitCompoundRequest = splitCompound;

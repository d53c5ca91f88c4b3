"""Logs on to a machine properly, then speaks without protection, as an attacker in the middle would make a client do.

Standard input is JSON: address, port, user, password, and drop ("signing" or "encryption"). Standard output is JSON: the
NTSTATUS that the server answered the unprotected request with as `status`, 0 where it served it, and `cut` where the server
cut the connection instead.
"""

import json
import sys

from impacket.nmb import NetBIOSError
from impacket.smb3 import SessionError as SMB3Error
from impacket.smb3structs import FILE_DIRECTORY_FILE, FILE_OPEN, FILE_READ_ATTRIBUTES
from impacket.smbconnection import SMBConnection, SessionError


def main():
    job = json.load(sys.stdin)
    connection = SMBConnection(job["address"], job["address"], sess_port=job["port"], timeout=10)
    connection.login(job["user"], job["password"])
    tree = connection.connectTree("C$")
    client = connection.getSMBServer()
    session = client._Session
    # An encrypted request needs no signature, so both kinds begin with encryption taken away.
    session["SessionFlags"] = 0
    session["TreeConnectTable"][tree]["EncryptData"] = False
    if job["drop"] == "signing":
        session["SigningActivated"] = False
    answer = {"status": 0, "cut": False}
    try:
        client.create(tree, "", FILE_READ_ATTRIBUTES, 7, FILE_DIRECTORY_FILE, FILE_OPEN, 0)
    except (SessionError, SMB3Error) as error:
        answer["status"] = error.getErrorCode() if isinstance(error, SessionError) else error.get_error_code()
    except (NetBIOSError, OSError):
        answer["cut"] = True
    json.dump(answer, sys.stdout)


main()

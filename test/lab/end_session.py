"""Ends another session of the same user, as a client does that comes back after it has lost its connection: it names the
session that was before (PreviousSessionId, MS-SMB2 2.2.5), and the server takes that one away.

Standard input is JSON: address, port, user, password, session (a number as text).
"""

import json
import sys

from impacket import smb3
from impacket.smb3structs import SMB2SessionSetup
from impacket.smbconnection import SMBConnection

job = json.load(sys.stdin)


class ComingBack(SMB2SessionSetup):
    def __init__(self, data=None):
        SMB2SessionSetup.__init__(self, data)
        if data is None:
            self["PreviousSessionId"] = int(job["session"])


smb3.SMB2SessionSetup = ComingBack
connection = SMBConnection(job["address"], job["address"], sess_port=job["port"], timeout=30)
connection.login(job["user"], job["password"])
connection.logoff()
json.dump(True, sys.stdout)

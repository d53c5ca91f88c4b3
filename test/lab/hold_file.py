"""Holds a file of C$ open so that nobody else can open it, until standard input ends.

The first line of standard input is JSON: address, port, user, password, path (a Windows path). Prints "held" once it is.
"""

import json
import sys

from impacket.smb3structs import FILE_READ_DATA
from impacket.smbconnection import SMBConnection


def main():
    target = json.loads(sys.stdin.readline())
    connection = SMBConnection(target["address"], target["address"], sess_port=target["port"])
    connection.login(target["user"], target["password"])
    tree = connection.connectTree("C$")
    path = target["path"].split(":\\", 1)[1]
    handle = connection.openFile(tree, path, desiredAccess=FILE_READ_DATA, shareMode=0)
    print("held", flush=True)
    sys.stdin.read()
    connection.closeFile(tree, handle)
    connection.logoff()


main()

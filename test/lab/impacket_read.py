"""A second reader of machines, for comparison: answers observation requests with impacket, one after another.

Standard input is JSON: address, port, user, password, requests, and optionally repeat. A request is shaped as in
server/src/model/observation.ts, and so is the answer. Standard output is JSON: answers (of the last round), and for each
round the milliseconds that reading took, logon and binds not counted. It shares no code with the project's own reader.
"""

import hashlib
import json
import struct
import sys
import time
from datetime import datetime, timedelta, timezone

from impacket.dcerpc.v5 import rrp, scmr, transport
from impacket.dcerpc.v5.dtypes import MAXIMUM_ALLOWED, NULL
from impacket.dcerpc.v5.rpcrt import DCERPCException
from impacket.smb3structs import FILE_READ_ATTRIBUTES, FILE_READ_DATA
from impacket.smbconnection import SMBConnection, SessionError

ABSENT = {"state": "absent"}
ERROR_FILE_NOT_FOUND = 2
ERROR_NO_MORE_ITEMS = 259
ERROR_MORE_DATA = 234
ERROR_SERVICE_DOES_NOT_EXIST = 1060
ABSENT_FILE = {0xC0000034, 0xC000003A, 0xC0000033, 0xC000000F}
READ_AT_ONCE = 64 * 1024
TEXT_LIMIT = 1024 * 1024

TYPE_NAMES = {
    0: "REG_NONE",
    1: "REG_SZ",
    2: "REG_EXPAND_SZ",
    3: "REG_BINARY",
    4: "REG_DWORD",
    5: "REG_DWORD_BIG_ENDIAN",
    6: "REG_LINK",
    7: "REG_MULTI_SZ",
    8: "REG_RESOURCE_LIST",
    11: "REG_QWORD",
}
STATES = {
    1: "stopped",
    2: "start-pending",
    3: "stop-pending",
    4: "running",
    5: "continue-pending",
    6: "pause-pending",
    7: "paused",
}
STARTS = ["boot", "system", "automatic", "manual", "disabled"]
MACHINES = {0x014C: "x86", 0x8664: "x64", 0x01C4: "arm", 0xAA64: "arm64"}


def present(value):
    return {"state": "present", "value": value}


def unreadable(error):
    return {"state": "unreadable", "reason": str(error)}


def without_end(text):
    return text[: text.index("\0")] if "\0" in text else text


def registry_value(kind, data):
    name = TYPE_NAMES.get(kind)
    if name is None:
        raise ValueError(f"registry type {kind}")
    if name in ("REG_SZ", "REG_EXPAND_SZ", "REG_LINK"):
        return {"type": name, "data": without_end(data.decode("utf-16-le"))}
    if name == "REG_MULTI_SZ":
        texts = data.decode("utf-16-le").split("\0")
        return {"type": name, "data": texts[: texts.index("")] if "" in texts else texts}
    if name in ("REG_DWORD", "REG_DWORD_BIG_ENDIAN", "REG_QWORD"):
        order = "big" if name == "REG_DWORD_BIG_ENDIAN" else "little"
        return {"type": name, "data": str(int.from_bytes(data, order))}
    return {"type": name, "data": data.hex()}


# ---------- a PE file's version resource: headers first, then the resource section alone


def strings_of(resource, start, end):
    """Name and text of every String block of a version resource; they begin at multiples of four."""
    found = {}
    at = start
    while at + 6 < end:
        length, value_length, kind = struct.unpack_from("<HHH", resource, at)
        if length < 6 or at + length > end:
            at += 4
            continue
        name_end = resource.find(b"\0\0\0", at + 6)
        name = resource[at + 6 : name_end + 1].decode("utf-16-le", "replace") if name_end >= 0 else ""
        value_at = at + ((6 + 2 * len(name) + 2 + 3) & ~3)
        if kind == 1 and value_length > 0 and name.isalnum():
            text = resource[value_at : value_at + 2 * value_length].decode("utf-16-le", "replace")
            found.setdefault(name, without_end(text))
            at += (length + 3) & ~3
        else:
            at += 4
    return found


RT_VERSION = 16
SUBDIRECTORY = 0x80000000
ENGLISH_US = 0x0409


def resource_entries(resource, at):
    """Numbers and targets of one level of the resource directory (PE Format, ".rsrc section"); names count as -1."""
    named, numbered = struct.unpack_from("<HH", resource, at + 12)
    entries = [struct.unpack_from("<II", resource, at + 16 + 8 * index) for index in range(named + numbered)]
    return [(-1 if number & SUBDIRECTORY else number, target & ~SUBDIRECTORY) for number, target in entries]


def chosen_resource(resource, address):
    """The version resource, of several languages the one that Windows loads for a program whose own language is none of
    them (Microsoft Knowledge Base Q169483, "Resource Language Loading Order"): neutral, then English (US), then any."""
    for kind, names in resource_entries(resource, 0) if resource else []:
        if kind == RT_VERSION:
            languages = resource_entries(resource, resource_entries(resource, names)[0][1])
            by_language = dict(reversed(languages))
            data = by_language.get(0, by_language.get(ENGLISH_US, languages[0][1]))
            place, length = struct.unpack_from("<II", resource, data)
            return resource[place - address : place - address + length]
    return b""


def version_of(read):
    """What a PE file says of itself; read(offset, length) gives a part of the file."""
    head = read(0, 4096)
    if head[:2] != b"MZ":
        return {}
    (pe,) = struct.unpack_from("<I", head, 0x3C)
    if head[pe : pe + 4] != b"PE\0\0":
        return {}
    machine, sections, _, _, _, optional = struct.unpack_from("<HHIIIH", head, pe + 4)
    said = {"arch": MACHINES[machine]} if machine in MACHINES else {}
    resource, address = b"", 0
    for index in range(sections):
        header = pe + 24 + optional + 40 * index
        if head[header : header + 8].rstrip(b"\0") == b".rsrc":
            address, size, offset = struct.unpack_from("<III", head, header + 12)
            resource = read(offset, min(size, 64 * 1024 * 1024))
    resource = chosen_resource(resource, address)
    key = resource.find("VS_VERSION_INFO\0".encode("utf-16-le"))
    if key < 0:
        return said
    (length,) = struct.unpack_from("<H", resource, key - 6)
    end = min(len(resource), key - 6 + length)
    fixed = resource.find(struct.pack("<I", 0xFEEF04BD), key, end)
    if fixed >= 0:
        numbers = struct.unpack_from("<IIII", resource, fixed + 8)
        parts = [part for number in numbers for part in (number >> 16, number & 0xFFFF)]
        said["fileVersion"] = ".".join(map(str, parts[:4]))
        said["fixedProductVersion"] = ".".join(map(str, parts[4:]))
    strings = strings_of(resource, (fixed + 52 if fixed >= 0 else key + 34) & ~3, end)
    names = {
        "productVersion": "ProductVersion",
        "company": "CompanyName",
        "product": "ProductName",
        "originalName": "OriginalFilename",
    }
    said.update({ours: strings[name] for ours, name in names.items() if name in strings})
    translation = resource.find("Translation\0".encode("utf-16-le"), key, end)
    if translation >= 0:
        value = translation - 6 + ((6 + 24 + 3) & ~3)
        said["langid"] = struct.unpack_from("<H", resource, value)[0]
    return said


class Reader:
    def __init__(self, target):
        self.connection = SMBConnection(target["address"], target["address"], sess_port=target["port"], timeout=60)
        self.connection.login(target["user"], target["password"])
        self.address = target["address"]
        self.hives = {}
        self.winreg = None
        self.manager = None
        self.tree = None

    def pipe(self, name, interface):
        link = transport.SMBTransport(self.address, filename=name, smb_connection=self.connection).get_dce_rpc()
        link.connect()
        link.bind(interface)
        return link

    def prepare(self, kinds):
        if kinds & {"key", "subkeys", "value", "values", "service"}:
            self.winreg = self.pipe(r"\winreg", rrp.MSRPC_UUID_RRP)
        if kinds & {"service", "services"}:
            self.svcctl = self.pipe(r"\svcctl", scmr.MSRPC_UUID_SCMR)
            self.manager = scmr.hROpenSCManagerW(self.svcctl, dwDesiredAccess=0x0005)["lpScHandle"]
        if kinds & {"file", "version", "text", "sha256", "entries"}:
            self.tree = self.connection.connectTree("C$")

    # ---------- registry

    def hive(self, name):
        if name not in self.hives:
            opener = {
                "HKLM": rrp.hOpenLocalMachine,
                "HKU": rrp.hOpenUsers,
                "HKCR": rrp.hOpenClassesRoot,
                "HKCC": rrp.hOpenCurrentConfig,
            }[name]
            self.hives[name] = opener(self.winreg)["phKey"]
        return self.hives[name]

    def open_key(self, hive, path):
        return rrp.hBaseRegOpenKey(self.winreg, self.hive(hive), path, samDesired=MAXIMUM_ALLOWED)["phkResult"]

    def with_key(self, request, read):
        try:
            key = self.open_key(request["hive"], request["path"])
            try:
                return present(read(key))
            finally:
                rrp.hBaseRegCloseKey(self.winreg, key)
        except DCERPCException as error:
            return ABSENT if error.get_error_code() == ERROR_FILE_NOT_FOUND else unreadable(error)

    def query(self, key, name):
        size = 512
        while True:
            request = rrp.BaseRegQueryValue()
            request["hKey"] = key
            request["lpValueName"] = name + "\0"
            request["lpData"] = b" " * size
            request["lpcbData"] = size
            request["lpcbLen"] = size
            try:
                answer = self.winreg.request(request)
            except DCERPCException as error:
                if error.get_error_code() == ERROR_MORE_DATA and size < 4 * 1024 * 1024:
                    size *= 8
                    continue
                raise
            return registry_value(answer["lpType"], b"".join(answer["lpData"])[: answer["lpcbLen"]])

    def subkeys(self, key):
        names = []
        while True:
            try:
                names.append(without_end(rrp.hBaseRegEnumKey(self.winreg, key, len(names))["lpNameOut"]))
            except DCERPCException as error:
                if error.get_error_code() == ERROR_NO_MORE_ITEMS:
                    return names
                raise

    def values(self, key):
        found = {}
        index = 0
        while True:
            try:
                answer = rrp.hBaseRegEnumValue(self.winreg, key, index, 64 * 1024)
            except DCERPCException as error:
                if error.get_error_code() == ERROR_NO_MORE_ITEMS:
                    return found
                raise
            data = b"".join(answer["lpData"])[: answer["lpcbLen"]]
            found[without_end(answer["lpValueNameOut"])] = registry_value(answer["lpType"], data)
            index += 1

    # ---------- services

    def service(self, name):
        try:
            handle = scmr.hROpenServiceW(self.svcctl, self.manager, name + "\0", 0x0005)["lpServiceHandle"]
        except DCERPCException as error:
            return ABSENT if error.get_error_code() == ERROR_SERVICE_DOES_NOT_EXIST else unreadable(error)
        try:
            status = scmr.hRQueryServiceStatus(self.svcctl, handle)["lpServiceStatus"]
            config = scmr.hRQueryServiceConfigW(self.svcctl, handle)["lpServiceConfig"]
        finally:
            scmr.hRCloseServiceHandle(self.svcctl, handle)

        def configured(value):
            key = {"hive": "HKLM", "path": rf"SYSTEM\CurrentControlSet\Services\{name}"}
            answer = self.with_key(key, lambda opened: self.query(opened, value))
            return present(answer["value"]["data"]) if answer["state"] == "present" else answer

        start = configured("Start")
        return present(
            {
                "name": name,
                "displayName": without_end(config["lpDisplayName"]),
                "state": STATES[status["dwCurrentState"]],
                "start": present(STARTS[int(start["value"])]) if start["state"] == "present" else start,
                "account": configured("ObjectName"),
                "path": configured("ImagePath"),
            }
        )

    def services(self):
        listed = scmr.hREnumServicesStatusW(
            self.svcctl, self.manager, dwServiceType=0x3F, dwServiceState=scmr.SERVICE_STATE_ALL
        )
        return present([without_end(entry["lpServiceName"]) for entry in listed])

    # ---------- files

    def with_file(self, path, read):
        relative = path.split(":\\", 1)[1]
        try:
            handle = self.connection.openFile(self.tree, relative, desiredAccess=FILE_READ_DATA | FILE_READ_ATTRIBUTES)
        except SessionError as error:
            return ABSENT if error.getErrorCode() in ABSENT_FILE else unreadable(error)

        def part(offset, length):
            data = b""
            while len(data) < length:
                wanted = min(length - len(data), READ_AT_ONCE)
                more = self.connection.readFile(self.tree, handle, offset + len(data), wanted)
                if not more:
                    break
                data += more
            return data

        try:
            value = read(part)
            return ABSENT if value is None else present(value)
        finally:
            self.connection.closeFile(self.tree, handle)

    def listed(self, pattern):
        return self.connection.listPath("C$", pattern.split(":\\", 1)[1])

    @staticmethod
    def file_info(entry):
        modified = datetime(1601, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=entry.get_mtime() // 10)
        folder = bool(entry.is_directory())
        return {
            "folder": folder,
            "size": 0 if folder else entry.get_filesize(),
            "modified": modified.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    def with_listing(self, pattern, give):
        try:
            return present(give(self.listed(pattern)))
        except SessionError as error:
            return ABSENT if error.getErrorCode() in ABSENT_FILE else unreadable(error)

    @staticmethod
    def text(data):
        if data[:2] == b"\xff\xfe":
            return data[2:].decode("utf-16-le")
        if data[:2] == b"\xfe\xff":
            return data[2:].decode("utf-16-be")
        return data.decode("utf-8-sig")

    # ---------- all kinds

    def observe(self, request):
        kind = request["kind"]
        if kind == "key":
            return self.with_key(request, lambda key: True)
        if kind == "value":
            return self.with_key(request, lambda key: self.query(key, request["name"]))
        if kind == "subkeys":
            return self.with_key(request, self.subkeys)
        if kind == "values":
            return self.with_key(request, self.values)
        if kind == "service":
            return self.service(request["name"])
        if kind == "services":
            return self.services()
        if kind == "file":
            return self.with_listing(request["path"], lambda entries: self.file_info(entries[0]))
        if kind == "entries":
            return self.with_listing(
                request["path"].rstrip("\\") + "\\*",
                lambda entries: [
                    {"name": entry.get_longname(), **self.file_info(entry)}
                    for entry in entries
                    if entry.get_longname() not in (".", "..")
                ],
            )
        if kind == "version":
            return self.with_file(request["path"], version_of)
        if kind == "text":
            return self.with_file(request["path"], lambda part: self.text(part(0, TEXT_LIMIT)))
        if kind == "sha256":
            return self.with_file(request["path"], lambda part: hashlib.sha256(part(0, 1 << 31)).hexdigest())
        raise ValueError(f"kind {kind}")


def main():
    job = json.load(sys.stdin)
    reader = Reader(job)
    reader.prepare({request["kind"] for request in job["requests"]})
    answers, rounds = [], []
    for _ in range(job.get("repeat", 1)):
        began = time.perf_counter()
        answers = [reader.observe(request) for request in job["requests"]]
        rounds.append((time.perf_counter() - began) * 1000)
    json.dump({"answers": answers, "rounds": rounds}, sys.stdout)


main()

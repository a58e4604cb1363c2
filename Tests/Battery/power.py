"""What a disk holds after its power failed: a replay of the log that faulty_disk.c writes."""

import random
import struct

SECTOR = 512
HEADER = struct.Struct("<cHQI")


def records(octets):
    """Every change of a log: kind, path, offset, data, and where in the log it ends."""
    place = 0
    while place + HEADER.size <= len(octets):
        kind, length, offset, count = HEADER.unpack_from(octets, place)
        place += HEADER.size
        path = octets[place:place + length].decode()
        place += length
        data = b""
        if kind == b"w":
            data = octets[place:place + count]
            place += count
        yield kind, path, offset, data, place


class Disk:
    """Names and contents that were synced, and the changes since, in order."""

    def __init__(self, files=()):
        self.durable = dict(files)
        self.current = {path: bytearray(content) for path, content in self.durable.items()}
        self.pending = {}
        self.names = {}

    def apply(self, kind, path, offset, data):
        if kind == b"c":
            self.current[path] = bytearray()
            self.pending[path] = []
            self.names[path] = True
        elif kind == b"u":
            self.names[path] = False
            self.current.pop(path, None)
            self.pending.pop(path, None)
        elif kind == b"s":
            if path in self.current:
                self.durable[path] = bytes(self.current[path])
                self.pending[path] = []
            else:
                self.sync_names(path)
        else:
            change(self.current.setdefault(path, bytearray()), kind, offset, data)
            self.pending.setdefault(path, []).append((kind, offset, data))

    def sync_names(self, directory):
        for path, is_there in list(self.names.items()):
            if path.rpartition("/")[0] == directory:
                if is_there:
                    self.durable.setdefault(path, b"")
                else:
                    self.durable.pop(path, None)
                del self.names[path]

    def after_failure(self, generator):
        """Contents by path. Of what was not synced any sector may be old or new, in any order, and any name may be there or not."""
        share = generator.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        chance = lambda: generator.random() < share
        files = {}
        for path in {*self.durable, *self.current}:
            named = self.names.get(path)
            if path not in self.durable and (named is None or not chance()):
                continue
            if named is False and chance():
                continue
            content = bytearray(self.durable.get(path, b""))
            for kind, offset, data in self.pending.get(path, []):
                if kind == b"t":
                    if chance():
                        change(content, kind, offset, data)
                    continue
                start = 0
                while start < len(data):
                    end = min(len(data), start + SECTOR - (offset + start) % SECTOR)
                    if chance():
                        change(content, kind, offset + start, data[start:end])
                    start = end
            files[path] = bytes(content)
        return files


def change(content, kind, offset, data):
    if kind == b"t":
        del content[offset:]
        content.extend(bytes(offset - len(content)))
    else:
        content.extend(bytes(max(0, offset - len(content))))
        content[offset:offset + len(data)] = data


def failures(log, seeds, files=()):
    """For each seed a moment of the log and what the disk then holds, in the order of the moments; `files` is what it held before."""
    changes = list(records(log))
    moments = sorted((random.Random(seed).randrange(len(changes) + 1), seed) for seed in seeds)
    disk, done = Disk(files), 0
    for moment, seed in moments:
        for kind, path, offset, data, _ in changes[done:moment]:
            disk.apply(kind, path, offset, data)
        done = moment
        yield seed, changes[moment - 1][4] if moment else 0, disk.after_failure(random.Random(seed))

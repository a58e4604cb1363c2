"""A private D-Bus for programs that want one."""

import os
import subprocess

from programs import eventually, need


class MessageBus:
    def __init__(self, run, directory):
        socket = directory / "bus"
        settings = directory / "bus.conf"
        settings.write_text(f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>""")
        address = f"unix:path={socket}"
        self.env = {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
        self.gdbus = need("gdbus", "libglib2.0-bin")
        run("bus", need("dbus-daemon", "dbus"), f"--config-file={settings}", "--nofork", "--nopidfile")
        eventually(socket.exists, 10, "the bus")

    def ask(self, *command, timeout=30):
        """A program's output on this bus, nothing when it failed."""
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, timeout=timeout, env={**os.environ, **self.env, "LC_ALL": "C.UTF-8"})
        return done.stdout if done.returncode == 0 else ""

    def call(self, service, path, method, *arguments):
        return self.ask(self.gdbus, "call", "--session", "-d", service, "-o", path, "-m", method, *arguments)

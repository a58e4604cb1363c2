import pytest
from browser import Browser
from fresh_machine import FreshMachine
from homeline_daemon import HOST, HomelineDaemon


class Service(HomelineDaemon):
    """One that may call browsers at a push service on this machine."""

    def settings(self, lines):
        return super().settings(lines).replace("\nhttp:\n", f"\nhttp:\n  push-hosts: [{HOST}]\n")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """A daemon whose only line brings everything back."""
    daemon = Service(tmp_path_factory.mktemp("console"), {}, mirrors=["home"])
    daemon.start()
    yield daemon
    daemon.stop()


@pytest.fixture
def browser(daemon):
    browser = Browser(f"http://{HOST}:{daemon.http}")
    yield browser
    browser.close()


@pytest.fixture
def push_service():
    """Starts push services that stand for one test."""
    from push_service import PushService

    started = []

    def start(host):
        started.append(PushService(host))
        return started[-1]

    yield start
    for service in started:
        service.close()


@pytest.fixture
def machine(tmp_path):
    machine = FreshMachine(tmp_path)
    yield machine
    machine.program.stop(20)

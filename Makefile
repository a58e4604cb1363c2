# Two commands matter: make run, make test. The others are for those who build on it.

SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run test test-long unit interop battery walls bench tsan asan fuzz install install-files clean

run:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) -c release --product homeline
	@exec .build/release/homeline demo

test: walls unit interop battery

# The same with every seed, kill and flood, and the figures of each: two hours, with the program that people run. The soak asks little of the machine, so the rest goes on beside it.
test-long: export HOMELINE_LONG = 1
test-long: export HOMELINE = $(CURDIR)/.build/release/homeline
test-long: battery-long = /usr/bin/python3 -m pytest -q --color=auto --long -rP --durations=40
test-long: soak = Tests/Battery/kill/test_soak.py
test-long: walls unit interop
	@$(SWIFT_BUILD) -c release --product homeline
	@$(battery-long) $(soak) & $(battery-long) --ignore $(soak) Tests/Battery; others=$$?; wait $$! && exit $$others

walls:
	@Scripts/check-walls

unit:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) --build-tests
	@Scripts/tell-failures swift test --skip-build --experimental-maximum-parallelization-width 4

# Mostly waiting, so four files at a time; sockets want short paths.
interop:
	@Scripts/install-missing interop
	@HOMELINE=$(CURDIR)/.build/debug/homeline /usr/bin/python3 -m pytest -q --color=auto -n 4 --dist loadgroup --basetemp=$$(mktemp -d /tmp/hl.XXXX) Tests/Interop

# Kills, full disks, floods and abuse: Docs/Battery.md lists what is asked and what came of it.
battery:
	@Scripts/install-missing interop
	@HOMELINE=$(CURDIR)/.build/debug/homeline /usr/bin/python3 -m pytest -q --color=auto Tests/Battery

bench:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) -c release --product homeline --static-swift-stdlib
	@$(SWIFT_BUILD) -c release --product bench --static-swift-stdlib
	@.build/release/bench

# The unit tests under the sanitizers, each in a build of its own: tens of minutes the first time.
tsan: sanitizer = thread
tsan: .build-tsan/mutex.so
# Scripts/tsan tells the thread sanitizer of locks that are taken inside the Swift runtime; without that it reports hundreds of races that are none.
tsan: export LD_PRELOAD = $(CURDIR)/.build-tsan/mutex.so
tsan: export TSAN_OPTIONS = suppressions=$(CURDIR)/Scripts/tsan/suppressions.txt exitcode=66
asan: sanitizer = address
# What lives as long as the process does is no leak, but looks like one; growth is the soak's question.
asan: export ASAN_OPTIONS = detect_leaks=0
tsan asan:
	@LD_PRELOAD= Scripts/install-missing build
	@LD_PRELOAD= $(SWIFT_BUILD) --build-tests --sanitize $(sanitizer) --scratch-path .build-$@
	@swift test --skip-build --sanitize $(sanitizer) --scratch-path .build-$@ --experimental-maximum-parallelization-width 4

.build-tsan/mutex.so: Scripts/tsan/mutex.c
	@mkdir -p $(@D)
	@cc -shared -fPIC -O2 -Wall -Wextra -Werror -o $@ $< -ldl

# Every fuzzer, one after the other: make fuzz SECONDS=3600
SECONDS ?= 60
fuzz:
	@for dictionary in Fuzz/Dictionaries/*.dict; do Fuzz/run $$(basename $$dictionary .dict) $(SECONDS) || exit 1; done

install:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) -c release --product homeline --static-swift-stdlib
	@$(MAKE) --no-print-directory install-files PROGRAM=.build/release/homeline
	@echo "Installed. Next: sudo homeline setup, then sudo systemctl enable --now homeline"

# A program that is built already, and its unit, in their places.
install-files:
	@install -D -m 0755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/homeline
	@install -D -m 0644 Scripts/homeline.service $(DESTDIR)/lib/systemd/system/homeline.service
	@sed -i 's|@PREFIX@|$(PREFIX)|' $(DESTDIR)/lib/systemd/system/homeline.service

clean:
	@rm -rf .build

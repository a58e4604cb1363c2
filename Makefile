# Two commands matter: make run, make test. The others are for those who build on it.

SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run test unit interop walls bench install install-files clean

run:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) -c release --product homeline
	@exec .build/release/homeline demo

test: walls unit interop

walls:
	@Scripts/check-walls

unit:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) --build-tests
	@swift test --skip-build --experimental-maximum-parallelization-width 4

interop:
	@Scripts/install-missing interop
	@HOMELINE=$(CURDIR)/.build/debug/homeline /usr/bin/python3 -m pytest -q --color=auto Tests/Interop

bench:
	@Scripts/install-missing build
	@$(SWIFT_BUILD) -c release --product homeline
	@$(SWIFT_BUILD) -c release --product bench
	@.build/release/bench

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

# fxc: build, run, check. `make setup` installs what is missing; `run`, `check` and their like call it first,
# and nothing else here installs anything.

CC ?= cc
# Optimised and hardened; a sanitizer build replaces both (see tests/check.sh).
CFLAGS ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LDFLAGS ?= -Wl,-z,relro,-z,now,-z,pack-relative-relocs
WARN = -Wall -Wextra -Wconversion -Wshadow -Werror
# Linked in whole where Debian has them so: every shared library takes a tenth of the time in which fxc starts.
whole = $(shell f=$$($(CC) -print-file-name=lib$(1).a); [ -e "$$f" ] && echo "$$f" || echo -l$(1))
LIBS := $(call whole,yaml) -lcjson $(call whole,xxhash) $(call whole,sodium) -pthread -Wl,--as-needed -lm
# Where everything that is made goes; another place holds a build with other flags.
B ?= build
# `make V=1` shows the commands. Without it $Q hides a command and $(call say,CC) prints one word for it.
say = $Q$(if $(V),true,echo "  $(1) $@";)
Q = $(if $(V),,@)

# libxml2's headers; the library itself is loaded by who needs it (compiler/html/xpath_library.h).
XML := $(shell xml2-config --cflags 2>/dev/null || echo -I/usr/include/libxml2)
override CPPFLAGS += -D_GNU_SOURCE -Icompiler -Igrammar -I$B/gen $(XML)
# What tells this fxc from every other (compiler/store/build_id.h).
override LDFLAGS += -Wl,--build-id
override CFLAGS += -std=c11 -fPIE -fno-strict-aliasing -pthread

SOURCES := $(filter-out compiler/main.c,$(sort $(shell find compiler -name '*.c')))
LEXERS := $(sort $(wildcard grammar/*.re))
PARSERS := $(sort $(wildcard grammar/*.y))
GENERATED := $(LEXERS:grammar/%.re=$B/gen/%_lex.c) $(PARSERS:grammar/%.y=$B/gen/%_parse.c)
OBJECTS := $(SOURCES:%.c=$B/%.o) $(GENERATED:%.c=%.o)

all: $B/fxc $B/fxc-html5lib $B/tests/templates/render $B/tests/ranges/match runtime

$B/fxc: $B/compiler/main.o $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

# Made anew each time, since `ar` would keep the objects of files that are gone.
$B/libfxc.a: $(OBJECTS)
	@rm -f $@ && ar qcs $@ $^

# Tokens and trees in the form of html5lib's tests, for tests/conformance.
$B/fxc-html5lib: $(patsubst %.c,$B/%.o,$(sort $(wildcard tests/conformance/*.c))) $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

# Renders templates for tests/templates.
$B/tests/templates/render: $B/tests/templates/render.o $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

# Matches ranges for tests/ranges.
$B/tests/ranges/match: $B/tests/ranges/match.o $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

$B/gen/%_lex.c: grammar/%.re
	@mkdir -p $(@D)
	$Qre2c -W -Werror --case-ranges -I grammar --depfile $B/gen/$*.re.d -o $@ $<

# `&:` is one run that makes both files.
$B/gen/%_parse.c $B/gen/%_parse.h &: grammar/%.y
	@mkdir -p $(@D)
	$Qbison -Wall -Werror -Wcounterexamples -Wdangling-alias --defines=$B/gen/$*_parse.h -o $B/gen/$*_parse.c $<

# The long texts of `fxc explain`.
EXPLAIN := $(sort $(wildcard compiler/diag/explain/*.txt))

$B/gen/diag_explain.h: compiler/diag/explain.awk $(EXPLAIN)
	@mkdir -p $(@D)
	@awk -f $^ > $@.tmp && mv $@.tmp $@

$B/compiler/diag/catalogue.o: $B/gen/diag_explain.h

# The built-in templates.
TEMPLATES := $(sort $(shell find stdlib/templates -name '*.mustache'))

$B/gen/emit_templates.h: compiler/emit/templates.awk $(TEMPLATES)
	@mkdir -p $(@D)
	@awk -f $^ > $@.tmp && mv $@.tmp $@

$B/compiler/emit/templates.o: $B/gen/emit_templates.h

# The schemas of the JSON files that are written.
SCHEMAS := $(sort $(wildcard compiler/emit/schema/*.json))

$B/gen/emit_schemas.h: compiler/emit/schema.awk $(SCHEMAS)
	@mkdir -p $(@D)
	@awk -f $^ > $@.tmp && mv $@.tmp $@

$B/compiler/emit/schema_interfaces.o: $B/gen/emit_schemas.h

# Lexers and parsers see each other's generated headers.
$(OBJECTS) $B/compiler/main.o: | $(PARSERS:grammar/%.y=$B/gen/%_parse.h)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC)
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

$B/gen/%.o: $B/gen/%.c
	$(call say,CC)
	$Q$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

# Unit tests: every tests/unit/*.c is one Check program.
UNIT := $(patsubst %.c,$B/%,$(sort $(wildcard tests/unit/*_test.c)))

$B/tests/unit/%_test: $B/tests/unit/%_test.o $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS) -lcheck -lsubunit -lrt -lm

# Its allocator fails on demand.
$B/tests/unit/mem_test: private override LDFLAGS += -Wl,--wrap=malloc,--wrap=realloc

unit-programs: $(UNIT)

unit: unit-programs
	@for t in $(UNIT); do $$t || exit 1; done

# Measurements: every tests/bench/*_bench.c is a program of its own, with the pages of pages.c.
$B/tests/bench/%_bench: $B/tests/bench/%_bench.o $B/tests/bench/pages.o $B/libfxc.a
	$(call say,LD)
	$Q$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

$B/tests/bench/solver_bench: $B/tests/bench/instances.o

BENCHES := $(patsubst %.c,$B/%,$(sort $(wildcard tests/bench/*_bench.c)))

# The runtime: TypeScript to $B/runtime, which node_modules/@fxc/runtime points to.
RUNTIME := runtime/package.json runtime/tsconfig.json $(shell find runtime/src -name '*.ts' -o -name '*.tsx')

runtime: $B/runtime/package.json
	@mkdir -p node_modules/@fxc && ln -sfn "$$(realpath --relative-to=node_modules/@fxc $B/runtime)" node_modules/@fxc/runtime

$B/runtime/package.json: $(RUNTIME) | node_modules/.bin/tsc
	rm -rf $B/runtime && node_modules/.bin/tsc -p runtime --outDir $B/runtime
	cp runtime/package.json $@

node_modules/.bin/tsc:
	@echo "TypeScript is not installed yet: run 'make setup'" >&2; exit 1

setup:
	@sh tests/setup.sh

run: setup
	@$(MAKE) --no-print-directory all
	@node examples/storefront/run.mjs $(if $(CI),--once)

check: setup
	@sh tests/check.sh

bench:
	@BENCH=1 sh tests/setup.sh
	@$(MAKE) --no-print-directory $B/fxc $(BENCHES)
	@node tests/bench/bench.mjs

# Instructions of a fixed workload, which no busy machine changes, against the committed ones; ACCEPT=1 writes them anew.
bench-count: $B/fxc
	@node tests/bench/count.mjs

roundtrip: setup
	@$(MAKE) --no-print-directory all
	@node tests/roundtrip/roundtrip.mjs

# Discovery beside Chromium, on thousands of pages.
discovery: setup
	@$(MAKE) --no-print-directory $B/fxc
	@node tests/discovery/discovery.mjs

# What cppcheck, shellcheck and clang-tidy find.
lint:
	@LINT=1 sh tests/setup.sh
	@sh tests/lint.sh cppcheck shellcheck tidy

# Whether the tests notice changes of the sources: N= how many, SEED=.
mutation: setup
	@node tests/mutation.mjs --count=$(or $(N),200) --seed=$(or $(SEED),1)

# How much of the source the tests reach.
coverage: setup
	@sh tests/coverage.sh

# Sanitizers over the threads alone.
tsan:
	@sh tests/threads.sh

SECONDS ?= 60
fuzz:
	@FUZZ=1 sh tests/setup.sh
	@sh tests/fuzz/fuzz.sh $(SECONDS)

# Lets system calls and allocations of a program fail.
$B/tests/fault/fault.so: tests/fault/fault.c
	@mkdir -p $(@D)
	$(call say,CC)
	$Q$(CC) -O1 -Wall -Wextra -Werror -shared -fPIC -o $@ $< -ldl

# Every system call and allocation of a small build fails in turn, and every instant is one to be killed at: about half an hour on two processors.
# A part of it: `make fault ARGS="--scenario=changed --kind=kills"`.
fault: $B/fxc $B/tests/fault/fault.so
	@node tests/fault/fault.mjs $(ARGS)

# Providers that fail at random: ten minutes unless SECONDS= says otherwise; SEED=, USERS=, PAGES=.
chaos: $B/fxc runtime
	@SECONDS=$(if $(filter file,$(origin SECONDS)),600,$(SECONDS)) node --expose-gc tests/chaos/run.mjs

PREFIX ?= /usr/local
install: $B/fxc
	install -D -m 755 $B/fxc $(DESTDIR)$(PREFIX)/bin/fxc
	for f in $$(find stdlib -type f); do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/fxc/$$f; done

# Browser tests: emitted code, hydration, and the tools that compare with Chromium.
browser: runtime
	node --test tests/browser/*.test.mjs

clean:
	rm -rf $B

.PHONY: all unit unit-programs runtime browser setup run check bench bench-count roundtrip discovery lint coverage mutation tsan fuzz fault chaos install clean
# Nothing made on the way is deleted (.SECONDARY); what a file includes is known from its last compilation.
.SECONDARY:
-include $(shell find $B/compiler $B/gen $B/tests -name '*.d' 2>/dev/null)

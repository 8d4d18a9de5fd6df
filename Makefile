# fxc: build, run, check. `make setup` installs what is missing; nothing else here installs anything.

CC ?= cc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wconversion -Wshadow -Werror
LIBS = -lyaml -lcjson -lxml2 -lsodium -lxxhash -pthread
B ?= build

override CPPFLAGS += -D_GNU_SOURCE -Icompiler -Igrammar -I$B/gen -I/usr/include/libxml2
override CFLAGS += -std=c11 -fPIE -fno-strict-aliasing -pthread

SOURCES := $(filter-out compiler/main.c,$(sort $(shell find compiler -name '*.c')))
LEXERS := $(sort $(wildcard grammar/*.re))
PARSERS := $(sort $(wildcard grammar/*.y))
GENERATED := $(LEXERS:grammar/%.re=$B/gen/%_lex.c) $(PARSERS:grammar/%.y=$B/gen/%_parse.c)
OBJECTS := $(SOURCES:%.c=$B/%.o) $(GENERATED:%.c=%.o)
DEFS := $(wildcard grammar/*.def compiler/*/*.def)

all: $B/fxc $B/fxc-html5lib

$B/fxc: $B/compiler/main.o $B/libfxc.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

$B/libfxc.a: $(OBJECTS)
	rm -f $@ && ar rcs $@ $^

$B/fxc-html5lib: $(patsubst %.c,$B/%.o,$(sort $(wildcard tests/conformance/*.c))) $B/libfxc.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

$B/gen/%_lex.c: grammar/%.re
	@mkdir -p $(@D)
	re2c -W -Werror --case-ranges -I grammar --depfile $B/gen/$*.re.d -o $@ $<

$B/gen/%_parse.c $B/gen/%_parse.h &: grammar/%.y
	@mkdir -p $(@D)
	bison -Wall -Werror -Wcounterexamples -Wdangling-alias --defines=$B/gen/$*_parse.h -o $B/gen/$*_parse.c $<

# Lexers and parsers see each other's generated headers.
$(OBJECTS) $B/compiler/main.o: | $(PARSERS:grammar/%.y=$B/gen/%_parse.h)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

$B/gen/%.o: $B/gen/%.c
	$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) -MMD -MP -c -o $@ $<

# Unit tests: every tests/unit/*.c is one Check program.
UNIT := $(patsubst %.c,$B/%,$(sort $(wildcard tests/unit/*_test.c)))

$B/tests/unit/%_test: $B/tests/unit/%_test.o $B/libfxc.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS) -lcheck -lsubunit -lrt -lm

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

# Measurements: every tests/bench/*_bench.c is a program of its own, with the pages of pages.c.
$B/tests/bench/%_bench: $B/tests/bench/%_bench.o $B/tests/bench/pages.o $B/libfxc.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

# The runtime: TypeScript to $B/runtime, which node_modules/@fxc/runtime points to.
RUNTIME := runtime/package.json runtime/tsconfig.json $(shell find runtime/src -name '*.ts' -o -name '*.tsx')

runtime: $B/runtime/package.json

$B/runtime/package.json: $(RUNTIME)
	rm -rf $B/runtime && node_modules/.bin/tsc -p runtime --outDir $B/runtime
	mkdir -p node_modules/@fxc && ln -sfn $(abspath $B)/runtime node_modules/@fxc/runtime
	cp runtime/package.json $@

clean:
	rm -rf $B

.PHONY: all unit runtime clean
.SECONDARY:
-include $(shell find $B -name '*.d' 2>/dev/null)

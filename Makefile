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

$B/fxc-html5lib: $B/tests/conformance/fxc_html5lib.o $B/libfxc.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LIBS)

$B/gen/%_lex.c: grammar/%.re
	@mkdir -p $(@D)
	re2c -W -Werror --case-ranges -I grammar --depfile $B/gen/$*.re.d -o $@ $<

$B/gen/%_parse.c $B/gen/%_parse.h &: grammar/%.y
	@mkdir -p $(@D)
	bison -Wall -Werror -Wcounterexamples -Wdangling-alias --defines=$B/gen/$*_parse.h -o $B/gen/$*_parse.c $<

# The long texts of `fxc explain`.
EXPLAIN := $(sort $(wildcard compiler/diag/explain/*.txt))

$B/gen/diag_explain.h: compiler/diag/explain.awk $(EXPLAIN)
	@mkdir -p $(@D)
	@awk -f $^ > $@.tmp && mv $@.tmp $@

$B/compiler/diag/catalogue.o: $B/gen/diag_explain.h

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

# Its allocator fails on demand.
$B/tests/unit/mem_test: private override LDFLAGS += -Wl,--wrap=malloc,--wrap=realloc

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

clean:
	rm -rf $B

.PHONY: all unit clean
.SECONDARY:
-include $(shell find $B -name '*.d' 2>/dev/null)

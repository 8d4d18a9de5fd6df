/* The command line into a Request. Options may stand before and behind the command; "--" ends them;
 * "@FILE" stands for the words in that file (response.h). */
#include "base/date.h"
#include "base/file.h"
#include "base/suggest.h"
#include "commands/command.h"
#include "commands/response.h"

typedef enum OptionId {
#define OPTION(constant, name, letter, argument, help) OPTION_##constant,
#include "commands/options.def"
#undef OPTION
  OPTION_COUNT
} OptionId;

typedef struct OptionInfo {
  const char *name;
  char letter;
  const char *argument;  // NULL: it takes none
} OptionInfo;

static const OptionInfo options[] = {
#define OPTION(constant, name, letter, argument, help) {name, letter, argument},
#include "commands/options.def"
#undef OPTION
};

// An argument in brackets stands behind '=' or not at all.
static bool wants_value(int option) { return options[option].argument && options[option].argument[0] != '['; }

typedef struct Reader {
  Arena *arena;
  CommandLine *line;
  ResponseWords words;
  size_t next;
  Str error;  // data NULL while all is well
} Reader;

static bool fail(Reader *reader, Str error) {
  if (!reader->error.data) reader->error = error;
  return false;
}

/* Values of options */

static bool read_number(Reader *reader, Str value, const char *what, size_t *number) {
  size_t n = 0;
  for (size_t i = 0; i < value.len; i++) {
    if (value.data[i] < '0' || value.data[i] > '9' || n > 1000 * 1000)
      return fail(reader, str_printf(reader->arena, "%s takes a number, not '%.*s'", what, STR_ARG(value)));
    n = n * 10 + (size_t)(value.data[i] - '0');
  }
  *number = n;
  return value.len ? true : fail(reader, str_printf(reader->arena, "%s takes a number", what));
}

static bool one_of(Reader *reader, Str value, const char *what, const char *const *choices, int *chosen) {
  Buf list = {0};
  for (int i = 0; choices[i]; i++) {
    if (str_eq(value, str_from(choices[i]))) {
      *chosen = i;
      buf_free(&list);
      return true;
    }
    buf_printf(&list, "%s%s", i ? ", " : "", choices[i]);
  }
  fail(reader, str_printf(reader->arena, "%s is one of %.*s, not '%.*s'", what, STR_ARG(buf_str(&list)),
                          STR_ARG(value)));
  buf_free(&list);
  return false;
}

// What stands before the name of a warning: "no-", "error=".
static Str warning_prefix(Str value) {
  static const char *const prefixes[] = {"no-error=", "error=", "no-"};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
    if (str_starts(value, str_from(prefixes[i]))) return str_from(prefixes[i]);
  return STR("");
}

static bool read_warning(Reader *reader, Str value) {
  Str near;
  if (diag_policy_set(&reader->line->request.policy, value, &near)) return true;
  Str prefix = warning_prefix(value), name = str_skip(value, prefix.len);
  if (near.len)
    return fail(reader, str_printf(reader->arena, "no warning is named '%.*s'; did you mean '-W%.*s%.*s'?",
                                   STR_ARG(name), STR_ARG(prefix), STR_ARG(near)));
  return fail(reader, str_printf(reader->arena,
                                 "no warning is named '%.*s'; fxc explain CODE says the name of a warning",
                                 STR_ARG(name)));
}

static bool read_format(Reader *reader, Str value) {
  static const char *const formats[] = {"text", "gcc", "json", NULL};
  Str rest = value, name;
  int chosen;
  str_split(&rest, ':', &name);
  if (!one_of(reader, name, "--diagnostics-format", formats, &chosen)) return false;
  ReportTarget target = {.format = (DiagFormat)chosen, .path = rest};
  vec_push(reader->arena, &reader->line->request.reports, target);
  return true;
}

static bool read_emit(Reader *reader, Str value) {
  static const char *const names[] = {
#define EMIT(constant, name, what) name,
#include "workspace/emit.def"
#undef EMIT
      NULL};
  Str name;
  int chosen;
  while (str_split(&value, ',', &name)) {
    if (!one_of(reader, name, "--emit", names, &chosen)) return false;
    reader->line->request.emit |= 1u << chosen;
  }
  return true;
}

static bool read_color(Reader *reader, Str value) {
  static const char *const colors[] = {"auto", "always", "never", NULL};
  int chosen;
  if (!one_of(reader, value, "--color", colors, &chosen)) return false;
  reader->line->request.color = chosen;
  return true;
}

static bool read_phase(Reader *reader, Str value) {
  static const char *const phases[] = {"prototype", "production", NULL};
  int chosen;
  if (!one_of(reader, value, "--phase", phases, &chosen)) return false;
  reader->line->request.production = chosen == 1;
  reader->line->request.production_given = true;
  return true;
}

static bool read_date(Reader *reader, Str value) {
  reader->line->request.today_given = true;
  if (date_parse(value, &reader->line->request.today)) return true;
  return fail(reader,
              str_printf(reader->arena, "--today takes a date like 2026-01-31, not '%.*s'", STR_ARG(value)));
}

static bool read_codes(Reader *reader, Str value) {
  Str name;
  while (str_split(&value, ',', &name)) {
    DiagCode code = diag_code_find(str_trim(name));
    if (code == DIAG_NONE)
      return fail(reader,
                  str_printf(reader->arena, "--only takes codes like FX2001, not '%.*s'", STR_ARG(name)));
    vec_push(reader->arena, &reader->line->request.only, code);
  }
  return true;
}

// clang-format off
// One option with its value (empty when it takes none): a line an option.
static bool take_option(Reader *reader, OptionId id, Str value) {
  Request *request = &reader->line->request;
  switch (id) {
    case OPTION_DIRECTORY: reader->line->directory = value; return true;
    case OPTION_INCLUDE: vec_push(reader->arena, &request->include, value); return true;
    case OPTION_OUTPUT: request->output = value; return true;
    case OPTION_JOBS: return read_number(reader, value, "-j", &request->jobs);
    case OPTION_TODAY: return read_date(reader, value);
    case OPTION_PHASE: return read_phase(reader, value);
    case OPTION_ENV: request->environment = value; return true;
    case OPTION_LOCKED: request->locked = true; return true;
    case OPTION_WARN: return read_warning(reader, value);
    case OPTION_NO_WARNINGS: request->policy.no_warnings = true; return true;
    case OPTION_MAX_ERRORS: return read_number(reader, value, "--max-errors", &request->policy.max_errors);
    case OPTION_FORMAT: return read_format(reader, value);
    case OPTION_COLOR: return read_color(reader, value);
    case OPTION_EMIT: return read_emit(reader, value);
    case OPTION_METRICS: request->metrics = value; return true;
    case OPTION_DEPFILE: request->depfile = value; return true;
    case OPTION_DEPFILE_TARGET: request->depfile_target = value; return true;
    case OPTION_NO_CACHE: request->no_cache = true; return true;
    case OPTION_EXPLAIN: request->explain = true; return true;
    case OPTION_TIME_PASSES: request->time_passes = true; return true;
    case OPTION_VERBOSE: request->verbose = true; return true;
    case OPTION_FORCE: request->force = true; return true;
    case OPTION_QUIET: request->quiet = true; return true;
    case OPTION_SYNTAX_ONLY:
      if (!str_eq(value, STR("syntax-only")))
        return fail(reader, str_printf(reader->arena, "unknown option '-f%.*s'", STR_ARG(value)));
      reader->line->command = command_find(STR("check"));
      return true;
    case OPTION_COMPILE: reader->line->command = command_find(STR("-c")); reader->line->named = true; return true;
    case OPTION_INTERFACES: request->interfaces = value; return true;
    case OPTION_STUBS: request->stubs = value; return true;
    case OPTION_MAP: request->map = value; return true;
    case OPTION_FROM: request->from = value; return true;
    case OPTION_GRAPH_FORMAT: request->format = value; return true;
    case OPTION_CHECK: request->check = true; return true;
    case OPTION_UNSAFE: request->unsafe_fixes = true; return true;
    case OPTION_ONLY: return read_codes(reader, value);
    case OPTION_DRY_RUN: request->diff = true; return true;
    case OPTION_ACTIVATE: request->activate = true; return true;
    case OPTION_CANARY: request->canary = true; return true;
    case OPTION_RELEASE: request->release_given = true; request->release = value; return true;
    case OPTION_DIFF: request->diff = true; return true;
    case OPTION_STDIN_CLOSE: request->stdin_close = true; return true;
    case OPTION_CLEAR: request->clear = true; return true;
    case OPTION_VERSION: reader->line->version = true; return true;
    case OPTION_HELP: reader->line->help = true; return true;
    case OPTION_COUNT: break;
  }
  return false;
}
// clang-format on

static bool unknown(Reader *reader, Str word) {
  Str name, rest = str_skip(word, 2);
  str_split(&rest, '=', &name);
  Suggestion near = suggest_start(name);
  for (int i = 0; i < OPTION_COUNT; i++)
    if (options[i].name) suggest_offer(&near, str_from(options[i].name));
  if (word.len > 3 && near.best.len)
    return fail(reader, str_printf(reader->arena, "unknown option '--%.*s'; did you mean '--%.*s'?",
                                   STR_ARG(name), STR_ARG(near.best)));
  return fail(reader, str_printf(reader->arena, "unknown option '%.*s'; see fxc --help", STR_ARG(word)));
}

// An empty name would stand for the current folder, or for a file without one.
static bool take_given(Reader *reader, int option, Str word, Str value) {
  if (wants_value(option) && !value.len)
    return fail(reader, str_printf(reader->arena, "'%.*s' needs an argument", STR_ARG(word)));
  return take_option(reader, (OptionId)option, value);
}

static bool take_value(Reader *reader, Str word, Str *value) {
  if (reader->next == reader->words.len)
    return fail(reader, str_printf(reader->arena, "'%.*s' needs an argument", STR_ARG(word)));
  *value = reader->words.data[reader->next++];
  return true;
}

static bool read_long(Reader *reader, Str word) {
  Str rest = str_skip(word, 2), name, value = STR_NONE;
  bool joined = str_find_char(rest, '=') >= 0;
  str_split(&rest, '=', &name);
  for (int i = 0; i < OPTION_COUNT; i++) {
    if (!options[i].name || !str_eq(name, str_from(options[i].name))) continue;
    if (!options[i].argument && joined)
      return fail(reader, str_printf(reader->arena, "'--%.*s' takes no argument", STR_ARG(name)));
    if (joined)
      value = rest.data ? rest : STR("");
    else if (wants_value(i) && !take_value(reader, word, &value))
      return false;
    return take_given(reader, i, str_take(word, 2 + name.len), value);
  }
  return unknown(reader, word);
}

static bool read_short(Reader *reader, Str word) {
  for (int i = 0; i < OPTION_COUNT; i++) {
    if (!options[i].letter || options[i].letter != word.data[1]) continue;
    Str value = str_skip(word, 2);
    bool attached_only = options[i].letter == 'W' || options[i].letter == 'f';
    if (!options[i].argument && value.len) break;
    if (options[i].argument && !value.len && (attached_only || !take_value(reader, word, &value))) break;
    return take_given(reader, i, str_take(word, 2), value);
  }
  return unknown(reader, word);
}

// The first word that is no option names the command, unless it is a file.
static void take_argument(Reader *reader, Str word, bool *named) {
  CommandLine *line = reader->line;
  *named = *named || line->named;  // -c stands for a command
  const Command *command = *named ? NULL : command_find(word);
  if (command) {
    line->command = command;
    line->named = *named = true;
    return;
  }
  if (!*named && !file_exists(word) && str_find_char(word, '.') < 0 && str_find_char(word, '/') < 0) {
    Suggestion near = suggest_start(word);
    for (const Command *known = command_table(); known->name; known++)
      suggest_offer(&near, str_from(known->name));
    if (near.best.len)
      fail(reader, str_printf(reader->arena, "no command is named '%.*s'; did you mean '%.*s'?",
                              STR_ARG(word), STR_ARG(near.best)));
    else
      fail(reader, str_printf(reader->arena, "no command and no file is named '%.*s'; see fxc --help",
                              STR_ARG(word)));
  }
  *named = true;
  vec_push(reader->arena, &line->request.files, word);
}

static bool read_words(Reader *reader) {
  bool options_end = false, named = false;
  while (reader->next < reader->words.len && !reader->error.data) {
    Str word = reader->words.data[reader->next++];
    if (options_end || word.len < 2 || word.data[0] != '-')
      take_argument(reader, word, &named);
    else if (str_eq(word, STR("--")))
      options_end = true;
    else if (word.data[1] == '-')
      read_long(reader, word);
    else
      read_short(reader, word);
  }
  return !reader->error.data;
}

bool command_line_read(Arena *arena, size_t count, char **arguments, CommandLine *line, Str *error) {
  *line = (CommandLine){.command = command_table()};
  line->request.today = date_today();
  Reader reader = {.arena = arena, .line = line};
  bool read = true;
  for (size_t i = 0; i < count && read; i++)
    read = response_add(arena, str_from(arguments[i]), &reader.words, &reader.error);
  if (read) read_words(&reader);
  *error = reader.error;
  line->request.goal = line->command->goal;
  line->request.names.data = line->request.files.data;
  line->request.names.len = line->request.files.len;
  return !error->data;
}

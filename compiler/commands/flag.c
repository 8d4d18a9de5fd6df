/* flag on|off NAME…, flag show [NAME…]: what programs that run do otherwise than they were built to. */
#include "workspace/flag.h"

#include "base/suggest.h"
#include "commands/run.h"

typedef struct Verb {
  const char *word;
  void (*work)(void *compilation);
} Verb;

static void switch_on(void *compilation) { flag_switch(compilation, true); }
static void switch_off(void *compilation) { flag_switch(compilation, false); }
static void show(void *compilation) { flag_show(compilation); }

static const Verb verbs[] = {{"on", switch_on}, {"off", switch_off}, {"show", show}};

static const Verb *find_verb(Str word, Suggestion *near) {
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (str_eq(word, str_from(verbs[i].word))) return &verbs[i];
    suggest_offer(near, str_from(verbs[i].word));
  }
  return NULL;
}

static ExitStatus wrong_verb(const Request *request, const Suggestion *near) {
  if (!request->names.len) return command_wrong_usage("flag needs a verb: on, off or show");
  if (near->best.len)
    return command_wrong_usage("flag takes on, off or show, not '%.*s'; did you mean '%.*s'?",
                               STR_ARG(near->wanted), STR_ARG(near->best));
  return command_wrong_usage("flag takes on, off or show, not '%.*s'", STR_ARG(near->wanted));
}

// What does not go together; NULL: all is well.
static const char *objection(const Request *request, const Verb *verb) {
  bool on = verb->work == switch_on, shows = verb->work == show;
  if (!shows && request->names.len < 2) return "flag needs the name of a flag or of an integration";
  if (shows && (request->canary || request->release_given)) return "flag show takes names alone";
  if (request->format.data && !str_eq(request->format, STR("json")) && !str_eq(request->format, STR("table")))
    return "flag show takes --format=table or --format=json";
  if (request->canary && request->release_given) return "flag takes --canary or --release, not both";
  if (on && request->release_given && !request->release.len) return "flag on needs --release=LABEL";
  if (!on && request->release.len) return "flag off takes --release without a label";
  return NULL;
}

ExitStatus command_flag(const Request *request) {
  Suggestion near = suggest_start(request->names.len ? request->names.data[0] : STR(""));
  const Verb *verb = find_verb(near.wanted, &near);
  if (!verb) return wrong_verb(request, &near);
  const char *wrong = objection(request, verb);
  if (wrong) return command_wrong_usage("%s", wrong);
  Compilation compilation = {0};
  run_work(&compilation, request, verb->work);
  ExitStatus answer = command_answer(buf_str(&compilation.emitted));
  return run_end(&compilation, answer);
}

/* migrate NAME FROM TO: the manifest's migration, applied to all sources or to none. */
#include "workspace/migrate/migrate.h"

#include "base/mem.h"
#include "commands/run.h"

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static void put_lines(const Migrate *migrate, size_t files, Buf *out) {
  for (size_t i = 0; i < migrate->done.len; i++)
    buf_printf(out, "%.*s\n", STR_ARG(migrate->done.data[i].text));
  for (size_t i = 0; i < migrate->kept.len; i++) buf_printf(out, "%.*s\n", STR_ARG(migrate->kept.data[i]));
  if (!files)
    buf_printf(out, "Nothing to migrate from '%.*s' to '%.*s'\n", STR_ARG(migrate->from),
               STR_ARG(migrate->to));
  else
    buf_printf(out, "Migrated '%.*s' from '%.*s' to '%.*s': %zu change%s in %zu file%s\n",
               STR_ARG(migrate->name), STR_ARG(migrate->from), STR_ARG(migrate->to), migrate->done.len,
               plural(migrate->done.len), files, plural(files));
}

static void migrate_all(void *arg) {
  Compilation *compilation = arg;
  Migrate migrate = {.request = compilation->request};
  Buf out = {0};
  const Request *request = migrate.request;
  migrate_plan(&migrate, compilation);
  if (!migrate.refused && request->diff) edit_diff(&migrate.files, &out);
  size_t files = 0;
  if (!migrate.refused && !request->diff) files = edit_write_all(&migrate.files, "fxc migrate", compilation);
  if (!migrate.refused && !request->diff && !request->quiet && !compilation->system_failed)
    put_lines(&migrate, files, &out);
  compilation->emitted = out;
  compilation->request = request;  // the run's own ends with the migration
  migrate_free(&migrate);
}

ExitStatus command_migrate(const Request *request) {
  if (request->names.len != 3)
    return command_wrong_usage(
        "migrate takes three arguments: the integration, the release it is at, the "
        "release it goes to");
  if (request->emit)
    return command_wrong_usage("migrate prints no forms; --dry-run shows what it would change");
  Compilation compilation = {0};
  run_work(&compilation, request, migrate_all);
  ExitStatus answer = command_answer(buf_str(&compilation.emitted));
  return run_end(&compilation, answer);
}

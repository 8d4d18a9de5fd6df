/* fix and the disk: what is written, and what is left alone because somebody else was there. */
#include "workspace/fix.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "unit.h"

static const char manifest[] =
    "geocoding:\n  concept: { render: widget, label: Find, purpos: Places }\n"
    "  prototype: { integration: mapbox, version: \"1.0.0\" }\n";
static const char mended[] =
    "geocoding:\n  concept: { render: widget, label: Find, purpose: Places }\n"
    "  prototype: { integration: mapbox, version: \"1.0.0\" }\n";

static Arena arena;
static char root[] = "/tmp/fxc-fix-XXXXXX";
static FixRun run;
static Request request;
static Compilation writing;

static void begin(void) {
  ck_assert_ptr_nonnull(mkdtemp(root));
  ck_assert_int_eq(chdir(root), 0);
  ck_assert_int_eq(mkdir("integrations", 0755), 0);
  ck_assert_int_eq(file_write_new(STR("integrations/a.yaml"), str_from(manifest)), 0);
  run.request = &request;
  writing.diags.arena = &writing.arena;
  fix_rounds(&run);
}

static Str content(void) {
  Str text;
  ck_assert_int_eq(file_read(STR("integrations/a.yaml"), &arena, 0, &text), 0);
  return text;
}

START_TEST(writes_and_keeps_the_mode) {
  begin();
  ck_assert_uint_eq(run.done.len, 1);
  ck_str(content(), manifest);  // nothing is written before
  ck_assert_int_eq(chmod("integrations/a.yaml", 0640), 0);
  ck_assert_uint_eq(edit_write(&run.files, "fxc fix", &writing), 1);
  ck_str(content(), mended);
  struct stat info;
  ck_assert_int_eq(stat("integrations/a.yaml", &info), 0);
  ck_assert_uint_eq(info.st_mode & 07777, 0640);
  ck_assert(!writing.system_failed);
}
END_TEST

START_TEST(leaves_what_has_changed) {
  begin();
  ck_assert_int_eq(file_write_atomic(STR("integrations/a.yaml"), STR("geocoding: {}\n")), 0);
  ck_assert_uint_eq(edit_write(&run.files, "fxc fix", &writing), 0);
  ck_str(content(), "geocoding: {}\n");
  ck_assert(writing.system_failed);
  ck_assert_uint_eq(writing.diags.list.len, 1);
  ck_assert(writing.diags.list.data[0]->code == FX8003);
}
END_TEST

START_TEST(leaves_what_is_gone) {
  begin();
  ck_assert_int_eq(unlink("integrations/a.yaml"), 0);
  ck_assert_uint_eq(edit_write(&run.files, "fxc fix", &writing), 0);
  ck_assert(!file_exists(STR("integrations/a.yaml")));
  ck_assert(writing.system_failed);
}
END_TEST

UNIT_MAIN("fix", writes_and_keeps_the_mode, leaves_what_has_changed, leaves_what_is_gone)

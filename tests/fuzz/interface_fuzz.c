/* Any bytes as an interface: what is taken is an integration that holds together, whose interface, written
 * and read again, stays the same. */
#include "ir/interface.h"

#include "fuzz.h"

static Str written(Arena *arena, const Ir *ir) {
  Buf out = {0};
  ir_interface_write(ir, ir_find_integration(ir, STR("x")), arena, &out);
  Str bytes = str_copy(arena, buf_str(&out));
  buf_free(&out);
  return bytes;
}

static void fuzz_one(Arena *arena, Str text) {
  Ir ir, again;
  Str what;
  ir_init(&ir, arena, NULL);
  ir_init(&again, arena, NULL);
  if (!ir_interface_read(&ir, STR("x"), text)) {
    if (ir_find_integration(&ir, STR("x")).n) abort();
    return;
  }
  if (!ir_verify(&ir, &what)) abort();
  Str once = written(arena, &ir);
  if (!ir_interface_read(&again, STR("x"), once) || !str_eq(once, written(arena, &again))) abort();
}

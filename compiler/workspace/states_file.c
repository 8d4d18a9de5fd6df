/* In: the text of .fx/states.json. Out: rows; and back. Surprising: nothing in the file is believed that is
 * not exactly as it was written; one wrong value throws all of it away. */
#include "workspace/states_file.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "emit/json_writer.h"

enum { STATES_VERSION = 1, LOCK_TRIES = 100, LOCK_PAUSE_NS = 10 * 1000 * 1000 };

void states_add(Arena *arena, KeptStates *kept, KeptState state) {
  *strmap_put(arena, &kept->by_name, state.name, NULL) = (uint32_t)kept->list.len;
  vec_push(arena, &kept->list, state);
}

const KeptState *states_kept(const KeptStates *kept, Str name) {
  const uint32_t *index = kept->by_name.len ? strmap_find(&kept->by_name, name) : NULL;
  return index ? &kept->list.data[*index] : NULL;
}

/* Reading */

static bool get_text(const cJSON *object, const char *key, Str *text) {
  const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
  *text = str_from(value);
  return value != NULL;
}

// A member that may be missing: then there is no such day.
static bool get_day(const cJSON *object, const char *key, int32_t *day) {
  Str text;
  *day = IR_NO_DATE;
  if (!cJSON_GetObjectItemCaseSensitive(object, key)) return true;
  return get_text(object, key, &text) && date_parse(text, day);
}

static bool get_stage(const cJSON *object, LifeStage *stage) {
  Str text;
  if (!get_text(object, "state", &text)) return false;
  for (LifeStage known = LIFE_DISCOVERED; known <= LIFE_ACTIVE; known++) {
    *stage = known;
    if (str_eq(text, str_from(life_stage_name(known)))) return true;
  }
  return false;
}

static bool hex_digit(char c, uint64_t *value) {
  if (c >= '0' && c <= '9')
    *value = *value << 4 | (uint64_t)(c - '0');
  else if (c >= 'a' && c <= 'f')
    *value = *value << 4 | (uint64_t)(c - 'a' + 10);
  else
    return false;
  return true;
}

static bool get_digest(const cJSON *object, Digest *digest) {
  Str text;
  *digest = (Digest){0};
  if (!get_text(object, "inputs", &text) || text.len != 32) return false;
  for (size_t i = 0; i < 32; i++)
    if (!hex_digit(text.data[i], i < 16 ? &digest->high : &digest->low)) return false;
  return true;
}

static bool get_code(const cJSON *object, const char *key, Arena *arena, KeptCode *code) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (!item) return true;
  Str output;
  code->written = get_digest(item, &code->inputs) && get_day(item, "since", &code->since) &&
                  code->since != IR_NO_DATE && get_text(item, "output", &output);
  if (code->written) code->output = str_copy(arena, output);
  return code->written;
}

static bool get_state(const cJSON *item, Arena *arena, KeptState *state) {
  *state = (KeptState){.name = str_copy(arena, str_from(item->string))};
  return get_stage(item, &state->stage) && get_day(item, "since", &state->since) &&
         state->since != IR_NO_DATE && get_day(item, "deprecated", &state->deprecated) &&
         get_day(item, "migrating", &state->migrating) &&
         get_code(item, "prototype", arena, &state->prototype) &&
         get_code(item, "production", arena, &state->production);
}

static StatesFault get_all(const cJSON *root, Arena *arena, KeptStates *kept) {
  const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "version");
  const cJSON *all = cJSON_GetObjectItemCaseSensitive(root, "integrations"), *item;
  if (!cJSON_IsNumber(version)) return STATES_DAMAGED;
  if (version->valuedouble > STATES_VERSION) return STATES_NEWER;
  if (!cJSON_IsObject(all)) return STATES_DAMAGED;
  cJSON_ArrayForEach(item, all) {
    KeptState state;
    if (!get_state(item, arena, &state) || states_kept(kept, state.name)) return STATES_DAMAGED;
    states_add(arena, kept, state);
  }
  return STATES_FINE;
}

StatesFault states_parse(Str text, Arena *arena, KeptStates *kept) {
  *kept = (KeptStates){0};
  const char *end;
  cJSON *root = cJSON_ParseWithLengthOpts(text.data, text.len, &end, false);
  StatesFault fault = root ? get_all(root, arena, kept) : STATES_DAMAGED;
  if (root && str_trim(str_span(end, text.data + text.len)).len) fault = STATES_DAMAGED;
  cJSON_Delete(root);
  if (fault != STATES_FINE) *kept = (KeptStates){0};
  return fault;
}

/* Writing */

static void put_day(JsonWriter *w, Arena *arena, const char *key, int32_t day) {
  if (day != IR_NO_DATE) json_string_member(w, key, date_text(arena, day));
}

static void put_code(JsonWriter *w, Arena *arena, const char *key, const KeptCode *code) {
  if (!code->written) return;
  json_key(w, str_from(key));
  json_object(w);
  json_string_member(w, "inputs",
                     str_printf(arena, "%016llx%016llx", (unsigned long long)code->inputs.high,
                                (unsigned long long)code->inputs.low));
  put_day(w, arena, "since", code->since);
  json_string_member(w, "output", code->output);
  json_close(w, '}');
}

void states_print(const KeptStates *kept, Arena *arena, Buf *out) {
  JsonWriter w = json_begin(out, STR("states"));
  json_number_member(&w, "version", STATES_VERSION);
  json_key(&w, STR("integrations"));
  json_object(&w);
  for (size_t i = 0; i < kept->list.len; i++) {
    const KeptState *state = &kept->list.data[i];
    json_key(&w, state->name);
    json_object(&w);
    json_string_member(&w, "state", str_from(life_stage_name(state->stage)));
    put_day(&w, arena, "since", state->since);
    put_day(&w, arena, "deprecated", state->deprecated);
    put_day(&w, arena, "migrating", state->migrating);
    put_code(&w, arena, "prototype", &state->prototype);
    put_code(&w, arena, "production", &state->production);
    json_close(&w, '}');
  }
  json_close(&w, '}');
  json_end(&w);
}

/* The lock */

int states_lock(Arena *arena, Str path) {
  static const struct timespec pause = {0, LOCK_PAUSE_NS};
  char *name = str_cstr(arena, str_concat(arena, path, STR(".lock")));
  int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  for (int i = 0; lock >= 0 && i < LOCK_TRIES; i++) {
    if (!flock(lock, LOCK_EX | LOCK_NB)) return lock;
    if (errno != EWOULDBLOCK && errno != EINTR) break;
    nanosleep(&pause, NULL);
  }
  if (lock >= 0) close(lock);
  return -1;
}

void states_unlock(int lock) {
  if (lock >= 0) close(lock);
}

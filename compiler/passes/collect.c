/* The symbol table. In: the integrations of all manifests. Out: ir->by_name, and `shadowed` on every
 * declaration that another one hides. A name is looked up in the project, then in included directories,
 * then in the standard library. */
#include "passes/passes.h"

// Which of the -I directories a manifest comes from; they are searched one after the other.
static size_t directory_of(const Ir *ir, const PassSettings *settings, const Integration *integration) {
  Str path = source_path(ir->sources, integration->source);
  size_t i = 0;
  for (; i < settings->include_count; i++) {
    Str rest = str_skip(path, settings->includes[i].len);
    if (str_starts(path, settings->includes[i]) &&
        (str_starts(rest, STR("/")) || str_ends(settings->includes[i], STR("/"))))
      break;
  }
  return i;
}

static bool same_place(const Ir *ir, const PassSettings *settings, const Integration *a,
                       const Integration *b) {
  if (a->place != b->place) return false;
  return a->place != IR_PLACE_INCLUDE || directory_of(ir, settings, a) == directory_of(ir, settings, b);
}

static void note_shadowed(const Integration *hidden, const Integration *first, Str name, DiagBag *diags) {
  Diag *d = diag_add(diags, FX2003, hidden->span, "this manifest of '%.*s' is not used", STR_ARG(name));
  d->severity = DIAG_NOTE;
  diag_label(d, hidden->span, "shadowed");
  diag_note(d, first->span, "the manifest that is used instead");
}

static void declare(Ir *ir, IntegrationId id, const PassSettings *settings, DiagBag *diags) {
  Integration *integration = ir_integration(ir, id);
  Str name = ir_str(ir, integration->name);
  bool added;
  uint32_t *known = strmap_put(ir->arena, &ir->by_name, name, &added);
  if (added) {
    *known = id.n;
    return;
  }
  integration->shadowed = true;
  const Integration *first = ir_integration(ir, (IntegrationId){*known});
  if (!same_place(ir, settings, integration, first)) {
    if (settings->note_shadowed) note_shadowed(integration, first, name, diags);
    return;
  }
  Diag *d =
      diag_add(diags, FX2003, integration->span, "the integration '%.*s' is declared twice", STR_ARG(name));
  diag_label(d, integration->span, "declared again here");
  diag_note(d, first->span, "'%.*s' is declared here first", STR_ARG(name));
  diag_help(d, "remove one of the two, or give one another name");
}

// What the lock prefers, where that release is still there.
static void link_locks(Ir *ir) {
  for (size_t i = 0; i < ir->locks.len; i++) {
    const Lock *lock = &ir->locks.data[i];
    IntegrationId id = ir_find_integration(ir, ir_str(ir, lock->name));
    if (id.n && !lock->fresh)
      ir_integration(ir, id)->locked_release = ir_find_release(ir, id, lock->label.sym);
  }
}

void pass_collect(Ir *ir, const PassSettings *settings, DiagBag *diags) {
  for (int place = IR_PLACE_PROJECT; place <= IR_PLACE_STDLIB; place++) {
    for (uint32_t n = 1; n <= ir->integrations.len; n++) {
      if ((int)ir_integration(ir, (IntegrationId){n})->place == place)
        declare(ir, (IntegrationId){n}, settings, diags);
    }
  }
  link_locks(ir);
}

// The catalogue as a table: the lines of catalogue.def, each with its long text. The texts are files
// in explain/, which explain.awk turns into macros EXPLAIN_nnnn; a code without one does not compile.
#include "diag/render.h"
#include "diag_explain.h"

static const DiagInfo infos[DIAG_CODE_COUNT] = {
    [DIAG_NONE] = {"", DIAG_ERROR, STAGE_DRIVER, NULL, true, "", ""},
#define DIAG(code, severity, stage, flag, on, title) \
  [FX##code] = {"FX" #code, DIAG_##severity, STAGE_##stage, flag, on, title, EXPLAIN_##code},
#include "diag/catalogue.def"
#undef DIAG
};

const DiagInfo *diag_info(DiagCode code) { return &infos[code < DIAG_CODE_COUNT ? code : DIAG_NONE]; }

DiagCode diag_code_find(Str name) {
  bool prefixed = str_eq_nocase(str_take(name, 2), STR("FX"));
  Str digits = prefixed ? str_skip(name, 2) : name;
  for (DiagCode code = 1; code < DIAG_CODE_COUNT; code++)
    if (str_eq(digits, str_from(infos[code].name + 2))) return code;
  return DIAG_NONE;
}

const char *diag_stage_name(DiagStage stage) {
  static const char *const names[] = {"concept",    "discovery", "validation", "resolution",
                                      "generation", "runtime",   "monitoring", "driver"};
  return names[stage];
}

const char *diag_severity_name(DiagSeverity severity) {
  static const char *const names[] = {"note", "warning", "error"};
  return names[severity];
}

static void put_flag_line(Buf *out, const DiagInfo *info) {
  if (!info->flag) return;
  const char *state = info->on ? "on" : "off";
  if (info->severity == DIAG_WARNING)
    buf_printf(out, "Warning of the %s stage, -W%s, %s by default.\n", diag_stage_name(info->stage),
               info->flag, state);
  else
    buf_printf(out, "Error of the %s stage; where it is a warning only, -W%s switches it.\n",
               diag_stage_name(info->stage), info->flag);
}

void diag_explain(Buf *out, DiagCode code) {
  const DiagInfo *info = diag_info(code);
  buf_printf(out, "%s: %s\n\n", info->name, info->title);
  if (info->flag)
    put_flag_line(out, info);
  else
    buf_printf(out, "Error of the %s stage.\n", diag_stage_name(info->stage));
  buf_printf(out, "\n%s", info->explanation);
}

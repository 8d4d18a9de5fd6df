/* In: clauses of grammar/manifest.def. Out: what writing them needs beyond the table: where YAML puts them,
 * and which of them .fx writes together. */
#include "edit/look.h"

static bool has_prefix(Str path, Str prefix) {
  return str_starts(path, prefix) && path.len > prefix.len && path.data[prefix.len] == '.';
}

ClausePath clause_keys(ClauseId clause, Str prefix) {
  Str ways = str_from(clause_info(clause)->yaml), way, chosen = STR_NONE, part;
  while (str_split(&ways, '|', &way))
    if (!chosen.data || (prefix.len && has_prefix(way, prefix) && !has_prefix(chosen, prefix))) chosen = way;
  if (prefix.len && has_prefix(chosen, prefix)) chosen = str_skip(chosen, prefix.len + 1);
  ClausePath path = {0};
  while (path.count < PATH_PARTS && str_split(&chosen, '.', &part))
    if (!str_eq(part, STR("*"))) path.parts[path.count++] = part;
  return path;
}

Str clause_prefix(ClauseId clause) {
  Str detail = str_from(clause_info(clause)->detail), shape;
  if (clause_info(clause)->kind != KIND_BLOCK || !str_split(&detail, ':', &shape)) return STR("");
  return detail.data ? detail : STR("");
}

bool clause_is_head(ClauseId clause) {
  switch (clause) {
    case CLAUSE_integration_stub:
    case CLAUSE_release_version:
    case CLAUSE_release_status:
    case CLAUSE_behavior_event:
    case CLAUSE_behavior_of:
    case CLAUSE_behavior_after:
    case CLAUSE_binding_get:
    case CLAUSE_binding_post:
    case CLAUSE_binding_put:
    case CLAUSE_binding_patch:
    case CLAUSE_binding_delete:
    case CLAUSE_binding_head:
    case CLAUSE_canary_version:
    case CLAUSE_migrate_from:
    case CLAUSE_migrate_to:
    case CLAUSE_project_name:
      return true;
    default:
      return strcmp(clause_info(clause)->fx, "///") == 0;
  }
}

ClauseId clause_group(ClauseId clause) {
  switch (clause) {
    case CLAUSE_release_config:
    case CLAUSE_overlay_config:
    case CLAUSE_overlay_monitoring:
    case CLAUSE_release_origin:
    case CLAUSE_overlay_origin:
    case CLAUSE_integration_alert:
    case CLAUSE_project_alert:
    case CLAUSE_project_rule:
      return clause;
    case CLAUSE_integration_strategy:
    case CLAUSE_integration_route:
      return CLAUSE_integration_route;
    default:
      return CLAUSE_none;
  }
}

bool clause_is_joined(ClauseId clause) {
  const ClauseInfo *info = clause_info(clause);
  if (info->form != FORM_MANY || clause_group(clause) || clause_is_head(clause)) return false;
  return info->kind != KIND_BLOCK || strcmp(info->detail, "link") == 0 ||
         strcmp(info->detail, "condition") == 0;
}

bool clause_has_lines(ClauseId clause) {
  if (!clause || clause_info(clause)->kind != KIND_BLOCK) return false;
  uint16_t way;
  switch (clause_block(clause, &way)) {
    case SHAPE_integration:
    case SHAPE_record:
    case SHAPE_behavior:
    case SHAPE_release:
    case SHAPE_overlay:
    case SHAPE_binding:
    case SHAPE_compatibility:
    case SHAPE_canary:
    case SHAPE_limits:
    case SHAPE_migrate:
    case SHAPE_environment:
    case SHAPE_discover:
      return true;
    default:
      return false;
  }
}

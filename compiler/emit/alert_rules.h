/* Bounds on the calls of integrations as alerting rules for Prometheus. */
#ifndef FXC_EMIT_ALERT_RULES_H
#define FXC_EMIT_ALERT_RULES_H

#include "ast/project.h"
#include "base/buf.h"
#include "emit/project_files.h"

/// `alerts.rules.yml`, a whole file: a group for each integration, a rule for each of its bounds
/// (emit/bounds.h). Nothing where no integration is in use. The metrics are those of the runtime's server
/// half.
void emit_alert_rules(const Ir *ir, UsedIntegrations used, const ProjectSettings *settings, Arena *arena,
                      Buf *out);

#endif

/* What a project has once: integration-config.ts (integration_config.c), runtime-config.json
 * (runtime_config.c), providers.tsx and index.ts. Their shape is fixed in runtime/README.md, section 6, and
 * in the contract. `used` lists the integrations that are part of the build, in byte order of their names. */
#ifndef FXC_EMIT_PROJECT_FILES_H
#define FXC_EMIT_PROJECT_FILES_H

#include "ast/project.h"
#include "base/buf.h"
#include "emit/templates.h"
#include "emit/tsx.h"
#include "ir/ir.h"

typedef struct UsedIntegrations {
  const IntegrationId *list;
  size_t count;
} UsedIntegrations;

/// The integrations that uses and requirements reach and that have a release chosen, by name.
UsedIntegrations emit_used_integrations(const Ir *ir, Arena *arena);

/// `integration-config.ts`, `providers.tsx` and `index.ts`, whole files. `templates` NULL: the built-in
/// shells. The project's `settings` have alerts of their own.
void emit_integration_config(const Ir *ir, UsedIntegrations used, const ProjectSettings *settings,
                             const Templates *templates, Arena *arena, Buf *out);
void emit_providers(const Ir *ir, UsedIntegrations used, const Templates *templates, Arena *arena, Buf *out);
void emit_index(const Ir *ir, UsedIntegrations used, const Templates *templates, Arena *arena, Buf *out);

/// `runtime-config.json`: what may change without a build.
void emit_runtime_config(const Ir *ir, UsedIntegrations used, Arena *arena, Buf *out);

/// What files that are made from no single source say in their first line.
#define PROJECT_ORIGIN STR("the project")
/// Prints such a module in its shell, which is told the names of the integrations.
void project_file_print(const Ir *ir, UsedIntegrations used, const Templates *templates, TemplateId id,
                        const TsxModule *module, Buf *out);

#endif

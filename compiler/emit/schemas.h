/* What editors and other tools are told about a project: JSON Schemas (2020-12) of the files that people
 * write and of the JSON files that fxc writes, and custom data of HTML for language servers. */
#ifndef FXC_EMIT_SCHEMAS_H
#define FXC_EMIT_SCHEMAS_H

#include "emit/reports.h"

/// The schema of manifests, or of the project file, in YAML or JSON; made of grammar/manifest.def.
void emit_manifest_schema(Buf *out);
void emit_project_schema(Buf *out);

/// The schema of "discovery-map.json" and its like, by the name of the interface; "" for a name without one.
Str emit_interface_schema(Str name);

/// html-data.json: our attributes with the names and values that this project knows, in the format of HTML
/// custom data, version 1.1 (github.com/microsoft/vscode-custom-data).
void emit_html_data(const Ir *ir, const Str *aliases, size_t alias_count, Arena *arena, Buf *out);

#endif

/* graph: the dependency graph, as a tree of text or in the formats of other tools. It is drawn also when
 * something in it is wrong. */
#include <stdio.h>

#include "commands/run.h"
#include "emit/graph_text.h"
#include "emit/reports.h"

ExitStatus command_graph(const Request *request) {
  Str word = request->format.data ? request->format : STR("tree");
  GraphFormat format;
  if (!graph_format_find(word, &format))
    return command_wrong_usage("--format is one of tree, dot, mermaid, json, svg, not '%.*s'", STR_ARG(word));
  Compilation compilation = {0};
  Request look = *request;
  look.only_look = true;
  run_begin(&compilation, &look);
  Buf out = {0};
  ReportInput input = {.ir = &compilation.ir,
                       .usage = &compilation.usage,
                       .diags = &compilation.diags,
                       .arena = &compilation.arena};
  if (format == GRAPH_JSON)
    emit_dependency_graph(&input, &out);
  else
    emit_graph(&compilation.ir, &compilation.diags, format, &out);
  ExitStatus answer = command_answer(buf_str(&out));
  buf_free(&out);
  return run_end(&compilation, answer);
}

/* -c FILE -o FILE.fxo: a page or a view to an object. -c [MANIFEST…] -o DIR: manifests to interfaces. */
#include "commands/run.h"
#include "workspace/object/compile.h"

ExitStatus command_object(const Request *request) {
  bool object = str_ends(request->output, STR(".fxo"));
  Request compile = *request;
  if (!request->output.len) return command_wrong_usage("-c needs -o: FILE.fxo for a page, DIR for manifests");
  if (object && request->files.len != 1)
    return command_wrong_usage("-c makes one object of one page or view, not of %zu", request->files.len);
  compile.manifests_alone = object ? !request->interfaces.data : !request->files.len;
  if (!object && request->interfaces.data)
    return command_wrong_usage("--interfaces is for objects; '-o %.*s' is none", STR_ARG(request->output));
  Compilation compilation = {0};
  run_work(&compilation, &compile, object ? object_compile : object_compile_manifests);
  return run_end(&compilation, EXIT_GOOD);
}

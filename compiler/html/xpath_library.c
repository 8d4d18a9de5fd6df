/* In: the name of libxml2 on this system. Out: its functions. It is never unloaded: it keeps memory for every
 * thread that has called it. */
#include "html/xpath_library.h"

#include <dlfcn.h>
#include <stddef.h>

// Version 2.14 changed the number of the interface.
#if LIBXML_VERSION >= 21400
static const char file[] = "libxml2.so.16";
#else
static const char file[] = "libxml2.so.2";
#endif

// ISO C has no conversion between pointers to functions and to objects; POSIX has, through their bytes.
static bool find(void *handle, const char *name, void *into) {
  void *found = dlsym(handle, name);
  *(void **)into = found;
  return found != NULL;
}

static bool load(XpathLibrary *library) {
  void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
#define FIND(name) &&find(handle, #name, &library->name)
  bool found = handle != NULL XPATH_LIBRARY_FUNCTIONS(FIND);
#undef FIND
#define FIND(name, function) &&find(handle, #function, &library->string_functions[XPATH_##function])
  found = found XPATH_STRING_FUNCTIONS(FIND);
#undef FIND
  if (found) library->xmlInitParser();
  return found;
}

const XpathLibrary *xpath_library(const char **error) {
  static XpathLibrary library;
  static bool ready;
  if (!ready) ready = load(&library);
  if (!ready) *error = dlerror();
  return ready ? &library : NULL;
}

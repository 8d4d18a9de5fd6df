/* libxml2, loaded when the first pattern is met.
 *
 * Linked in the usual way it would bring eight more libraries (ICU among them) into every start of fxc, which
 * takes three times as long then; a project without `suggest` never needs it. The headers are those of the
 * build, so that types and calls are checked by the compiler. */
#ifndef FXC_HTML_XPATH_LIBRARY_H
#define FXC_HTML_XPATH_LIBRARY_H

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdbool.h>

#define XPATH_LIBRARY_FUNCTIONS(F) \
  F(xmlInitParser)                 \
  F(xmlSetGenericErrorFunc)        \
  F(xmlXPathNewContext)            \
  F(xmlXPathFreeContext)           \
  F(xmlXPathRegisterNs)            \
  F(xmlXPathRegisterFuncLookup)    \
  F(xmlXPathCtxtCompile)           \
  F(xmlXPathFreeCompExpr)          \
  F(xmlXPathCompiledEval)          \
  F(xmlXPathFreeObject)            \
  F(xmlXPathOrderDocElems)         \
  F(xmlXPathNodeSetSort)

/// The functions of XPath that read whole texts, by name.
#define XPATH_STRING_FUNCTIONS(F)                        \
  F("string", xmlXPathStringFunction)                    \
  F("number", xmlXPathNumberFunction)                    \
  F("sum", xmlXPathSumFunction)                          \
  F("concat", xmlXPathConcatFunction)                    \
  F("contains", xmlXPathContainsFunction)                \
  F("starts-with", xmlXPathStartsWithFunction)           \
  F("substring", xmlXPathSubstringFunction)              \
  F("substring-before", xmlXPathSubstringBeforeFunction) \
  F("substring-after", xmlXPathSubstringAfterFunction)   \
  F("string-length", xmlXPathStringLengthFunction)       \
  F("normalize-space", xmlXPathNormalizeFunction)        \
  F("translate", xmlXPathTranslateFunction)

enum {
#define COUNT(name, function) XPATH_##function,
  XPATH_STRING_FUNCTIONS(COUNT)
#undef COUNT
      XPATH_STRING_FUNCTION_COUNT
};

typedef struct XpathLibrary {
#define MEMBER(name) __typeof__(&(name)) name;
  XPATH_LIBRARY_FUNCTIONS(MEMBER)
#undef MEMBER
  xmlXPathFunction string_functions[XPATH_STRING_FUNCTION_COUNT];
} XpathLibrary;

/// The library, loaded and ready at the first call, which must not be one of several at once; NULL with a
/// reason in *error when it is not installed.
const XpathLibrary *xpath_library(const char **error);

#endif

/* Tokens of version ranges, and whole versions, as node-semver reads them. In: a NUL-terminated text.
 * Out: tokens with byte offsets. A partial version ("v1.2.x-beta") is one token, because white space
 * decides between "1.2.3-4" (a prerelease) and "1.2.3 - 4" (a span). */
#include "ir/range_build.h"
#include "range_parse.h"

/*!rules:re2c:shared
  re2c:define:YYCTYPE = "unsigned char";
  re2c:yyfill:enable = 0;
  re2c:yych:conversion = 1;
  re2c:sentinel = 0;

  number  = "0" | [1-9][0-9]*;
  wild    = [xX*];
  xr      = number | wild;
  mixed   = [0-9]* [a-zA-Z-] [0-9a-zA-Z-]*;
  id      = number | mixed;
  pre     = "-" id ("." id)*;
  build   = "+" [0-9a-zA-Z-]+ ("." [0-9a-zA-Z-]+)*;
  space   = [ \t\n\v\f\r];
*/

static RangeLoc here(const RangeBuild *build, const char *from, const char *to) {
  return (RangeLoc){(uint32_t)(from - build->text.data), (uint32_t)(to - build->text.data)};
}

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// A fault in a word is shown at all of what is left of it.
static int wrong(RangeBuild *build, const char *at, const char *message) {
  const char *end = build->text.data + build->text.len, *stop = at < end ? at + 1 : at;
  while (stop < end && in_word(stop[-1]) && in_word(*stop)) stop++;
  range_fault(build, here(build, at, stop), message);
  return RANGE_RANGE_YYerror;
}

// Why a version cannot go on with '.' or '-'.
static const char *dot_message(const RangePartial *partial, const char *at, bool whole) {
  if (partial->pre.len) return "a part of this prerelease is empty";
  if (whole) return "a version has three numbers at most";
  return at[1] == '.' ? "a number is missing between these dots" : "expected a number, x or * after this dot";
}

static const char *hyphen_message(bool whole) {
  return whole ? "expected a prerelease such as beta.1 after '-'"
               : "a prerelease needs all three numbers before it, as in 1.2.3-beta";
}

// A version ends at white space, "||" or the end of the text: "1.2.3.4" and "1.2.3<2" are wrong.
static int partial_end(RangeBuild *build, const RangePartial *partial, const char *at) {
  const char *end = build->text.data + build->text.len;
  bool whole = partial->patch.loc.end != 0;
  if (at == end || (*at && strchr(" \t\n\v\f\r|", *at))) return RANGE_PARTIAL;
  if (*at >= '0' && *at <= '9' && at[-1] == '0') return wrong(build, at - 1, "a number has no leading zeros");
  if (*at == '.') return wrong(build, at, dot_message(partial, at, whole));
  if (*at == '-') return wrong(build, at, hyphen_message(whole));
  return wrong(build, at, "this does not belong in a version");
}

int range_yylex(RANGE_YYSTYPE *value, RangeLoc *loc, RangeBuild *build) {
  const char *YYCURSOR = build->cursor, *YYMARKER, *start;
  const char *major, *minor, *patch, *pre_start, *pre_end;
  const char *end = build->text.data + build->text.len;
  int token;
  /*!stags:re2c format = 'const char *@@ = NULL;'; */
again:
  start = YYCURSOR;
  /*!local:re2c
    !use:shared;
    re2c:tags = 1;

    space+    { goto again; }
    build     { goto again; }
    "||"      { token = RANGE_OR; goto done; }
    "<"       { token = RANGE_LESS; goto done; }
    "<="      { token = RANGE_LESS_EQUAL; goto done; }
    ">"       { token = RANGE_GREATER; goto done; }
    ">="      { token = RANGE_GREATER_EQUAL; goto done; }
    "="       { token = RANGE_EQUAL; goto done; }
    "^"       { token = RANGE_CARET; goto done; }
    "~"       { token = RANGE_TILDE; goto done; }
    "~>"      { token = RANGE_TILDE_GREATER; goto done; }
    "-"       {
      bool spaced = strchr(" \t\n\v\f\r", *YYCURSOR) != NULL;
      token = spaced ? RANGE_HYPHEN : wrong(build, start, "'-' between two versions needs white space on both sides");
      goto done;
    }
    [v=]* @major xr build*
      { minor = patch = pre_start = pre_end = NULL; goto partial; }
    [v=]* @major xr "." @minor xr build*
      { patch = pre_start = pre_end = NULL; goto partial; }
    [v=]* @major xr "." @minor xr "." @patch xr (@pre_start pre @pre_end)? build*
      { goto partial; }
    "|"       { token = wrong(build, start, "alternatives are separated by '||'"); goto done; }
    [\x00]    {
      if (start == end) { YYCURSOR = end; token = RANGE_END; }
      else token = wrong(build, start, "this does not belong in a version range");
      goto done;
    }
    *         { token = wrong(build, start, "this does not belong in a version range"); goto done; }
  */
partial:
  value->partial = (RangePartial){.major = range_part(build, major), .minor = range_part(build, minor),
                                  .patch = range_part(build, patch), .prefix = str_span(start, major),
                                  .loc = here(build, start, YYCURSOR)};
  if (pre_start) value->partial.pre = str_span(pre_start + 1, pre_end);
  token = partial_end(build, &value->partial, YYCURSOR);
done:
  build->cursor = YYCURSOR;
  *loc = here(build, start, YYCURSOR);
  return token;
}

const char *version_scan(const char *text, VersionMarks *marks, const char **stopped) {
  const char *YYCURSOR = text, *YYMARKER = text, *major, *minor, *patch, *pre_start, *pre_end;
  /*!stags:re2c format = 'const char *@@ = NULL;'; */
  /*!local:re2c
    !use:shared;
    re2c:tags = 1;

    "v"? @major number "." @minor number "." @patch number (@pre_start pre @pre_end)? build? {
      *marks = (VersionMarks){major, minor, patch, pre_start, pre_end};
      return YYCURSOR;
    }
    "v"? number ("." number)? "."?  { *stopped = YYCURSOR; return NULL; }
    *                          { *stopped = text + (*text == 'v'); return NULL; }
  */
}

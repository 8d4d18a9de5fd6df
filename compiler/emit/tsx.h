/* The TSX tree: every piece of code that fxc writes is built here and printed by one printer.
 *
 * Nodes lie on an arena, strings are views that must outlive it, and every node may carry the span of the
 * source text that it stands for (the printer can record where each lands, for source maps). Text comes in
 * two sorts: names, types and fixed code, which the compiler itself chose (TSX_CODE, element and attribute
 * names, identifiers), and data from pages and manifests (strings, JSX text, comments), which the printer
 * always escapes. Never put data into the first sort: tsx_is_identifier() and friends decide what is a name.
 *
 * Surprising: nothing is ever put between a JSX tag and its children, no line break and no indentation. A
 * page's own white space stands in its text, so its lines come out as the concept has them, and a document
 * nested 100,000 deep costs what it is long. JSX is printed without recursion; expressions are as deep as
 * manifests allow. Members of objects and arrays stand on one line unless TSX_BREAK is set. */
#ifndef FXC_EMIT_TSX_H
#define FXC_EMIT_TSX_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "source/source.h"

typedef enum TsxKind {
  // expressions
  TSX_CODE,      // text: code of our own
  TSX_STRING,    // text: data
  TSX_TEMPLATE,  // text: data, as a template string without holes
  TSX_ARRAY,     // children
  TSX_OBJECT,    // children: PROPERTY, SPREAD
  TSX_PROPERTY,  // text: the key, data; first: the value
  TSX_SPREAD,    // first: ...value
  TSX_CALL,      // text: the callee, code; children: arguments
  TSX_AS,        // first as text (code): "const", "object", "const satisfies X"
  // JSX; also expressions
  TSX_ELEMENT,    // text: the name; attrs: ATTR, SPREAD; children
  TSX_FRAGMENT,   // children
  TSX_ATTR,       // text: the name; first: the value, none for a bare attribute
  TSX_ATTR_TEXT,  // text: the name; value: data (an ATTR with a STRING in one node: pages are full of them)
  TSX_TEXT,       // text: data; neighbours are one run, plain or in one template string
  TSX_HOLE,       // first: an expression in braces
  TSX_PRINTED,    // text: JSX that is printed already; marks: counted from its start
  // statements
  TSX_DOC,          // text: data; the documentation comment of what follows
  TSX_INTERFACE,    // text: the name and what it extends, code; children: FIELD, DOC, STATEMENT
  TSX_FIELD,        // text: the name, data; first: the type
  TSX_TYPE_ALIAS,   // text: the name; first: the type
  TSX_CONST,        // text: the name; attrs: the type, may be none; first: the value
  TSX_FUNCTION,     // text: the name, parameters and result, code; children: statements
  TSX_RETURN,       // first: the value
  TSX_STATEMENT,    // text: code; or first: an expression
  TSX_EXPORT_FROM,  // text: the module, data; children: CODE; none: everything
} TsxKind;

enum {
  TSX_EXPORT = 1 << 0,     // statements: export …
  TSX_READONLY = 1 << 1,   // fields
  TSX_OPTIONAL = 1 << 2,   // fields: name?
  TSX_BREAK = 1 << 3,      // objects and arrays: one member a line
  TSX_CONTINUED = 1 << 4,  // a statement that follows the one before without an empty line
  TSX_ASYNC = 1 << 5,      // functions
};

typedef struct TsxMarks TsxMarks;
typedef struct TsxNode TsxNode;
struct TsxNode {
  uint8_t kind;  // TsxKind
  uint8_t flags;
  Span span;  // may be absent; of a TEXT: from its first character that is not white space
  Str text;
  union {
    struct {
      TsxNode *attrs, *last_attr;
    };
    Str value;              // of an ATTR_TEXT
    const TsxMarks *marks;  // of a PRINTED; may be NULL
  };
  TsxNode *first, *last;
  TsxNode *next;
};

typedef struct TsxImport {
  Str from, name, local;
  bool type_only;
  Span span;  // what asked for it first; may be absent
} TsxImport;

typedef struct TsxModule {
  Arena *arena;
  Str from;                // what the file is made from, data: "concept/checkout.html", "the project"
  bool client;             // 'use client'
  VEC(TsxImport) imports;  // the import table
  StrMap names;            // taken at top level; the last number that was put behind each
  TsxNode body;            // the statements, as children
} TsxModule;

/// A node on the arena.
TsxNode *tsx_node(Arena *arena, TsxKind kind, Str text, Span span);
/// Appends a child or an attribute (parameter); answers what was appended.
TsxNode *tsx_add(TsxNode *parent, TsxNode *child);
TsxNode *tsx_add_attr(TsxNode *parent, TsxNode *attr);

/// Short forms for the usual nodes, without a span.
TsxNode *tsx_code(Arena *arena, Str code);
TsxNode *tsx_codef(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
TsxNode *tsx_string(Arena *arena, Str data);
TsxNode *tsx_number(Arena *arena, double number);
/// An object literal, with TSX_BREAK or 0, and a member of it; the key is data.
TsxNode *tsx_object(Arena *arena, uint8_t flags);
void tsx_member(Arena *arena, TsxNode *object, Str key, TsxNode *value);
/// A node of that kind with one child.
TsxNode *tsx_wrap(Arena *arena, TsxKind kind, Str text, TsxNode *child);
/// Appends a documentation comment (data) for what is appended next.
TsxNode *tsx_doc(Arena *arena, TsxNode *parent, Str text);

/// A module; names in it are unique at top level.
void tsx_module_init(TsxModule *module, Arena *arena, Str from);
/// Takes `wanted` as a name at top level; when it is taken, the same with a number behind: "Cart2".
Str tsx_module_name(TsxModule *module, Str wanted);
/// The local name of something imported; the same import twice is one.
Str tsx_import(TsxModule *module, Str from, Str name, bool type_only);
/// The same on behalf of a place in a source.
Str tsx_import_for(TsxModule *module, Str from, Str name, Span span);

/// Where something comes from, a source and an offset in it, in one word, since a page has very many of them;
/// 0: from nowhere.
typedef uint64_t TsxOrigin;

static inline TsxOrigin tsx_origin(Span span) {
  return span_exists(span) ? (TsxOrigin)span.source << 32 | span.start : 0;
}
static inline SourceId tsx_origin_source(TsxOrigin origin) { return (SourceId)(origin >> 32); }
static inline uint32_t tsx_origin_start(TsxOrigin origin) { return (uint32_t)origin; }

/// A place in the output that stands for a place in a source.
typedef struct TsxMark {
  TsxOrigin origin;
  uint32_t at;  // offset in the output; of an element at its '<', of a value at its quote or brace
} TsxMark;

struct TsxMarks {
  Arena *arena;
  VEC(TsxMark) list;
};

/// Prints a module: the first-line mark, the directive, the imports (by module, then name; types before
/// values), the statements. `marks`, in the order of the output, may be NULL. The arena holds the printer's
/// stack.
void tsx_print(const TsxModule *module, Arena *arena, TsxMarks *marks, Buf *out);
/// Its two parts: the first line, which says what the file is made from, and all the rest. Marks count from
/// `start` in `out`, where the file begins.
void tsx_print_mark(const TsxModule *module, Buf *out);
void tsx_print_code(const TsxModule *module, Arena *arena, TsxMarks *marks, size_t start, Buf *out);

/// Whether the string is an identifier in ASCII letters and no reserved word.
bool tsx_is_identifier(Str s);
/// Whether it can stand as the name of a JSX attribute ("data-x").
bool tsx_is_attr_name(Str s);
/// Whether data as JSX text keeps its meaning: no brace, bracket or ampersand, no line break, nothing hidden.
bool tsx_is_plain_text(Str s);
/// Whether data can stand between double quotes in a JSX attribute as it is.
bool tsx_is_plain_attr(Str s);

/// Whether a reader can not see the code point, beyond ASCII, or a parser takes it for a line end.
static inline bool tsx_is_hidden(uint32_t point) {
  return (point >= 0x80 && point <= 0x9F) || point == 0xAD || point == 0x61C || point == 0x180E ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || (point >= 0xFFF9 && point <= 0xFFFB) ||
         (point >= 0xE0000 && point <= 0xE007F);
}

/// The escaper: appends data as the inside of a literal or comment.
void tsx_put_string(Buf *out, Str data);    // with its single quotes
void tsx_put_template(Buf *out, Str data);  // without the back quotes; stretches may follow each other
void tsx_put_comment(Buf *out, Str data);   // inside a block comment: its end can not occur
void tsx_put_line(Buf *out, Str data);      // inside a // comment: no line end can occur

#endif

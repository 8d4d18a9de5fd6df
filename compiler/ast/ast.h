/* What the notations have in common: a tree of clauses, each with its places. Containers of one notation
 * (`concept:`, `versions:`) have vanished; repeated clauses stand one behind the other. Every value has
 * been read by the kind that grammar/manifest.def gives its clause; what could not be read has been
 * reported, once, and its node is `wrong` and neutral. Trees lie on the arena of who asked for them; texts
 * may point into the bytes of the file, which must live as long. */
#ifndef FXC_AST_AST_H
#define FXC_AST_AST_H

#include "base/map.h"
#include "clause/clause.h"
#include "diag/diag.h"
#include "source/events.h"

typedef enum AstKind {
  AST_NONE,   // a name without a value
  AST_BLOCK,  // clauses
  AST_TEXT,   // text
  AST_NULL,
  AST_BOOL,           // number 0 or 1
  AST_INT,            // number
  AST_NUMBER,         // number
  AST_DATE,           // number: days since 1970-01-01
  AST_DURATION,       // number: ms
  AST_SHARE,          // number: 0..1
  AST_SIZE,           // number: bytes
  AST_RATE,           // number: a second
  AST_CHOICE,         // number: index of the word; text: the word
  AST_REFERENCE,      // text: "env.MAPS_KEY"
  AST_LIST,           // items
  AST_RECORD,         // items with names
  AST_TYPE_NAME,      // text: "string", "Address"
  AST_TYPE_UNION,     // AST_TEXT children
  AST_TYPE_ARRAY,     // of its one child
  AST_TYPE_OPTIONAL,  // of its one child
  AST_ELEMENT,        // text: "input"; number 1 when optional
  AST_THRESHOLD,      // text: as written; name: the metric; number: an AstOperator; children: bound, window
  AST_HOLE,           // still to be filled in: text starts with [TODO or [REQUIRES, or is empty
} AstKind;

typedef enum AstOperator { AST_EQ, AST_NE, AST_LT, AST_LE, AST_GT, AST_GE, AST_IN, AST_NOT_IN } AstOperator;

typedef struct AstNode AstNode;
struct AstNode {
  ClauseId clause;  // CLAUSE_none inside values, types and thresholds
  AstKind kind;
  bool wrong;  // reported already
  Str name;    // of a keyed clause, a record's item, a metric
  Str text;
  double number;
  Span span;      // of the value, where there is one, else of the key
  Span key_span;  // of the key or keyword; of the name where there is one
  AstNode *first, *last, *next;
  uint64_t seen;  // clauses that it has, or that something misspelt was meant to be: clause_bit()
};

typedef struct Ast {
  SourceId source;
  AstNode *root;  // AST_BLOCK of the shape that was asked for
  DocNotation notation;
  bool nameless;  // a document does not say which integration it declares (reported)
} Ast;

/// Reads the events of a manifest. Never NULL; what is wrong is in the bag.
Ast *ast_read_manifest(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag);
/// The same for a project file: the root's clauses are of the shape `project`.
Ast *ast_read_project(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag);
/// The same, `project` says which, with what has no meaning for a build: ignored clauses have their values,
/// and a key of the project's own is a node without a clause. For who writes the file anew.
Ast *ast_read_all(Arena *arena, SourceId source, DocEvents *doc, DiagBag *bag, bool project);
/// Whether a path is that of a .fx file.
bool ast_is_fx(Str path);
/// Chooses the notation by the extension of `path`. NULL when the syntax is wrong (reported).
Ast *ast_read_manifest_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag);
/// The same for a project file.
Ast *ast_read_project_file(Arena *arena, SourceId source, Str path, Str bytes, DiagBag *bag);
/// Adds the names that a file declares, as far as it can be read, and its stem. Keys lie on the arena.
void ast_declared_names(Arena *arena, Str path, Str bytes, StrMap *names);

/// Prints the tree, a clause a line: --emit=ast.
void ast_print(const Ast *ast, Buf *out);
const char *ast_kind_name(AstKind kind);

/// The first child that is that clause, or NULL; ast_next() goes on to the next one.
const AstNode *ast_child(const AstNode *node, ClauseId clause);
const AstNode *ast_next(const AstNode *node);
/// Whether the clause is absent because of something that has been reported: a misspelt key.
bool ast_excused(const AstNode *node, ClauseId clause);
AstNode *ast_add(Arena *arena, AstNode *parent, AstNode node);

#endif

/* What React and its types know about elements and attributes; the tables are runtime/attributes.def,
 * elements.def and styles.def, which a tool makes from React itself. */
#ifndef FXC_EMIT_REACT_H
#define FXC_EMIT_REACT_H

#include <stdint.h>

#include "html/tree.h"

/// An element that JSX types, by number; 0: it does not.
typedef uint16_t ReactElementId;

typedef enum ReactKind {
  REACT_STRING,      // written as it is
  REACT_BOOLEAN,     // bare, whatever the value
  REACT_OVERLOADED,  // bare when empty
  REACT_NUMBER,      // typed as a number
  REACT_POSITIVE,    // rendered only as a number of at least 1
  REACT_NUMERIC,     // rendered only as a number
  REACT_ENUM,        // typed as some words
  REACT_NEWER,       // spelled differently by the versions of React
  REACT_REFUSED,     // means something else in React, or can not be made
} ReactKind;

/// A line of the table; lines of one name lie together.
typedef struct ReactAttr {
  Str html, react;
  ReactKind kind;
  Str words;  // of an ENUM, divided by spaces; a leading space: the empty one too
} ReactAttr;

/// An element of HTML by its tag.
typedef struct ReactTag {
  Str name;
  ReactElementId element;
} ReactTag;

enum { REACT_MOST_ELEMENTS = 256 };

/// A known attribute where it takes any text.
typedef struct ReactText {
  Str name;                               // React's
  uint64_t on[REACT_MOST_ELEMENTS / 64];  // a bit for each element
} ReactText;

/// What is asked most, by number.
typedef struct ReactTables {
  ReactTag tags[HTML_TAG_COUNT];
  ReactText texts[HTML_ATTR_COUNT];
} ReactTables;

/// The tables, which live as long as the process.
const ReactTables *react_tables(void);

/// React's name of a known attribute on an element that JSX types, where it takes any text there; else empty.
static inline Str react_text_attr(const ReactTables *tables, HtmlAttrName known, ReactElementId element) {
  const ReactText *text = &tables->texts[known];
  return text->on[element / 64] >> (element % 64) & 1 ? text->name : STR_NONE;
}

/// The number of an element, by its name as the tree has it; 0 when JSX does not type it.
ReactElementId react_element(const HtmlTree *tree, HtmlNodeId node);

/// The table's line for an attribute on an element. NULL: the table has no such name. `*typed` says whether
/// JSX knows the attribute on that element; if not, the line is the first of the name. `known` may be
/// HTML_ATTR_OTHER; `name` is in lower case.
const ReactAttr *react_attr(HtmlAttrName known, Str name, ReactElementId element, bool *typed);

/// Whether the types of style objects take any string for the property: "backgroundColor".
bool react_types_style(Str name);
/// Whether React renders an attribute of that name at all (its own rule).
bool react_can_name(Str name);
/// Whether the tag names a custom element for React.
bool react_is_custom(Str tag);
/// Whether the value is one of the words.
bool react_has_word(const ReactAttr *attr, Str value);

#endif

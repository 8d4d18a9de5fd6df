/* Tag and attribute names as small numbers, from the tables in grammar/. */
#ifndef FXC_HTML_TAG_H
#define FXC_HTML_TAG_H

#include "base/str.h"

typedef enum HtmlTag {
  HTML_TAG_OTHER,
#define TAG(constant, name) HTML_TAG_##constant,
#include "html_tags.def"
#undef TAG
  HTML_TAG_COUNT,
} HtmlTag;

/// The number of a name in lower case; HTML_TAG_OTHER when the table has none.
HtmlTag html_tag_find(Str name);
/// The name of a tag of the table; empty for HTML_TAG_OTHER.
Str html_tag_name(HtmlTag tag);

typedef enum HtmlAttrName {
  HTML_ATTR_OTHER,
#define ATTR(constant, name) HTML_ATTR_##constant,
#include "html_attrs.def"
#undef ATTR
  HTML_ATTR_COUNT,
} HtmlAttrName;

/// The number of an attribute name in lower case; HTML_ATTR_OTHER when the table has none.
HtmlAttrName html_attr_find(Str name);
/// The name of an attribute of the table; empty for HTML_ATTR_OTHER.
Str html_attr_name(HtmlAttrName attr);

#endif

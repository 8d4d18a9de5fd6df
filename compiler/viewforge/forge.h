/* Inside viewforge/: one ViewForge configuration on its way to pages. Nodes of the file are told by their
 * index; 0, the root, stands for "not given". */
#ifndef FXC_VIEWFORGE_FORGE_H
#define FXC_VIEWFORGE_FORGE_H

#include "base/map.h"
#include "source/events.h"
#include "viewforge/words.h"
#include "viewforge/writer.h"

enum {  // kinds of values
  TEXT = 1,
  BOOL = 2,
  NUMBER = 4,
  MAP = 8,
  LIST = 16,
  SCALAR = TEXT | BOOL | NUMBER,
  ANY = SCALAR | MAP | LIST,
};

typedef enum ForgeShape {
  SHAPE_FILE,
  SHAPE_VIEW,
  SHAPE_DISPLAY,
  SHAPE_SECTION,
  SHAPE_ROWS,
  SHAPE_ROW,
  SHAPE_FIELD,
  SHAPE_OPTION,
  SHAPE_INTEGRATION,
  SHAPE_ACTION,
  SHAPE_LINK,
  SHAPE_HIERARCHY,
  SHAPE_MODULE,
  SHAPE_STORY,
} ForgeShape;

enum { MOST_MEMBERS = 24 };  // of one shape

/* The members of each shape, counted from 0 in every one. */
enum { FILE_VIEW, FILE_APPLICATION, FILE_HIERARCHY, FILE_VERSION, FILE_TITLE, FILE_LANG };
enum {
  VIEW_ID,
  VIEW_NAME,
  VIEW_TITLE,
  VIEW_DESCRIPTION,
  VIEW_ENTITY,
  VIEW_TYPE,
  VIEW_LANG,
  VIEW_VERSION,
  VIEW_DISPLAY,
  VIEW_FIELDS,
  VIEW_SECTIONS,
  VIEW_HEADER,
  VIEW_BODY,
  VIEW_ACTIONS,
  VIEW_NAVIGATION
};
enum { DISPLAY_FIELDS, DISPLAY_SECTIONS, DISPLAY_HEADER, DISPLAY_BODY, DISPLAY_ACTIONS, DISPLAY_NAVIGATION };
enum {
  SECTION_TITLE,
  SECTION_NAME,
  SECTION_DESCRIPTION,
  SECTION_FIELDS,
  SECTION_SECTIONS,
  SECTION_ACTIONS,
  SECTION_INTEGRATION
};
enum { ROWS_ROWS, ROWS_FIELDS };
enum { ROW_FIELDS };
enum {
  FIELD_NAME,
  FIELD_LABEL,
  FIELD_TYPE,
  FIELD_REQUIRED,
  FIELD_SORTABLE,
  FIELD_READONLY,
  FIELD_OPTIONS,
  FIELD_PLACEHOLDER,
  FIELD_DESCRIPTION,
  FIELD_VALUE,
  FIELD_SLOT,
  FIELD_INTEGRATION
};
enum { OPTION_VALUE, OPTION_LABEL };
enum { USE_TYPE, USE_VERSION, USE_REQUIRED, USE_CAPABILITIES, USE_DEPENDS_ON };
enum { ACTION_NAME, ACTION_LABEL, ACTION_TYPE, ACTION_TARGET };
enum { LINK_NAME, LINK_LABEL, LINK_TARGET };
enum { HIERARCHY_MODULES };
enum { MODULE_ID, MODULE_NAME, MODULE_PARTS, MODULE_STORIES };
enum { STORY_ID, STORY_TITLE, STORY_DESCRIPTION, STORY_VIEW };

typedef uint32_t ForgeMembers[MOST_MEMBERS];

/// How the fields of a view are shown.
typedef enum ForgeMode { FORGE_DETAIL, FORGE_FORM, FORGE_LIST, FORGE_TABLE } ForgeMode;

typedef struct Forge {
  Arena *arena;
  DiagBag *diags;
  const DocEvents *doc;
  Str stem;  // of the file
  ViewPages *pages;
  StrMap page_ids;    // to the node that says the id
  ViewText language;  // of the file
  bool failed;
} Forge;

/// One page while it is written.
typedef struct ForgePage {
  Forge *forge;
  ViewWriter out;
  ForgeMode mode;
  ViewText entity;
  StrMap ids;  // ids of the page, to the node that says them
  size_t fields, sections, submits;
  uint32_t about;       // what the story around says of it, 0: nothing
  uint32_t inside_use;  // the "integration" of a section around, 0: none
} ForgePage;

typedef enum ForgeControl { INPUT, FILES, CHECK, SELECT, RADIO, AREA } ForgeControl;

typedef struct ForgeType {
  const char *name;
  ForgeControl control;
  const char *input, *attributes;  // the type of an <input>, and what else it says
  unsigned takes;                  // of the members of a field, a bit each
} ForgeType;

enum { HOLDER = 1 << FIELD_PLACEHOLDER, READONLY = 1 << FIELD_READONLY };
enum { VALUE = 1 << FIELD_VALUE, REQUIRED = 1 << FIELD_REQUIRED };

typedef struct ForgeField {
  uint32_t node;
  ForgeMembers members;
  ViewText name, id, label, type_name;
  const ForgeType *type;
} ForgeField;

/* reading (read.c) */

static inline const DocNode *forge_node(const Forge *forge, uint32_t at) { return doc_node(forge->doc, at); }
static inline Span forge_span(const Forge *forge, uint32_t at) { return doc_span(forge->doc, at); }
/// The first byte of a node, for what concerns the whole of it.
Span forge_start(const Forge *forge, uint32_t at);

/// The members of an object. FX1401 for keys that the shape does not have (but where `open`), FX1402 for
/// values of the wrong kind and members given twice; null stands for "not given".
void forge_members(Forge *forge, uint32_t map, ForgeShape shape, bool open, ForgeMembers members);
/// The member that a key means; -1 when the shape has none of that name.
int forge_member_of(ForgeShape shape, Str key);
/// Whether the value has one of the kinds, else FX1402 about `what`.
bool forge_expect(Forge *forge, uint32_t at, unsigned kinds, const char *what);
bool forge_is(const Forge *forge, uint32_t at, unsigned kinds);
/// The text of a scalar with its place; of node 0: not given.
ViewText forge_text(const Forge *forge, uint32_t at);
bool forge_true(const Forge *forge, uint32_t at);

/// FX1401 and FX1402, for help and fixes.
Diag *forge_gap(Forge *forge, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));
Diag *forge_error(Forge *forge, Span span, const char *format, ...) __attribute__((format(printf, 3, 4)));

/// The first item of a list and the one behind another; 0 at the end.
uint32_t forge_first(const Forge *forge, uint32_t list);
uint32_t forge_next(const Forge *forge, uint32_t list, uint32_t item);

/* parts of a page */

/// A label that is given, or one that is made of the name (FX1401 at `name`).
ViewText forge_label(Forge *forge, uint32_t label, uint32_t name, const char *what);
/// Takes an id for an element of the page, made of `name`; FX1402 when the page has it already.
ViewText forge_take_id(ForgePage *page, uint32_t name);

/// What stands in the page, in order: the fields of a list; the attributes of an "integration" (inside a
/// start tag; 0: none); the control of a field.
void forge_fields(ForgePage *page, uint32_t list);
void forge_use_attributes(ForgePage *page, uint32_t integration);
void forge_control(ForgePage *page, const ForgeField *field);

/// The type of that name, NULL when there is none; the names by index, NULL behind the last.
const ForgeType *forge_type(Str name);
const char *forge_type_name(size_t index);
bool forge_type_has_options(const ForgeType *type);

/// Everything inside <main> behind the heading, of the view `node` with its members and those of "display".
void forge_content(ForgePage *page, uint32_t node, const ForgeMembers view, const ForgeMembers display);
void forge_actions(ForgePage *page, uint32_t list);
void forge_navigation(ForgePage *page, uint32_t node);

/// The names of the levels of an application above a page.
typedef struct ForgeTrail {
  const struct ForgeTrail *above;
  ViewText name;
} ForgeTrail;

#endif

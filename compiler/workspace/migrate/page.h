/* Inside migrate: one page or view, and what is changed in it. An attribute is written differently in HTML,
 * in ViewForge JSON and in a view of .fx: that is known here alone. */
#ifndef FXC_WORKSPACE_MIGRATE_PAGE_H
#define FXC_WORKSPACE_MIGRATE_PAGE_H

#include "fx/tree.h"
#include "html/encoding.h"
#include "ir/facts.h"
#include "source/events.h"
#include "workspace/migrate/round.h"

typedef struct PagePlan {
  Round *round;
  const ProjectFile *file;
  Arena *arena;     // of the page
  HtmlInput input;  // the page's text; of a view: what was made of it
  Str bytes;        // of the file
  const struct HtmlTree *tree;
  PageFacts facts;
  const FxTree *fx;      // of a view in .fx
  const DocEvents *doc;  // of one in JSON
  const FactElement *element;
  size_t use;                   // index of its name
  Str range;                    // of the use
  uint32_t held;                // MIGRATE_ bits of the use
  VEC(const FactAttr *) drops;  // of a view, where those of one list go together
} PagePlan;

typedef VEC(FactText) PageList;

/// Reads the facts of plan->file anew. False when it cannot be read, which a run has said.
bool page_open(PagePlan *plan, Arena *arena);

/// The items of a comma-separated value, with their places.
PageList page_list(PagePlan *plan, const FactText *value);

/// Whether an attribute is written with a value; in a view all are.
bool page_has_value(const PagePlan *plan, const FactAttr *attr);

/// Each plans one edit; a use in a view is ended by page_end_use(). An attribute without a value may get one
/// with its new name, else data NULL.
void page_put_range(PagePlan *plan, const FactText *range, Str text);
void page_put_name(PagePlan *plan, const FactAttr *attr, Str prop, Str value);
void page_put_value(PagePlan *plan, const FactAttr *attr, Str text);
void page_drop(PagePlan *plan, const FactAttr *attr);
void page_put_item(PagePlan *plan, const FactAttr *attr, const FactText *item, Str text);
void page_drop_item(PagePlan *plan, const PageList *list, size_t i);
void page_end_use(PagePlan *plan);

#endif

/* What stands inside <main>: fields, sections and rows, in the order in which a reader expects them. */
#include "viewforge/forge.h"

enum { DEEPEST_HEADING = 6 };

static void put_paragraph(ForgePage *page, uint32_t text) {
  if (!text) return;
  view_line(&page->out);
  view_put(&page->out, STR("<p>"));
  view_text(&page->out, forge_text(page->forge, text));
  view_put(&page->out, STR("</p>"));
}

/* Sections */

static void put_sections(ForgePage *page, uint32_t list, int level);

static ViewText section_title(ForgePage *page, uint32_t section, const ForgeMembers members) {
  Forge *forge = page->forge;
  if (members[SECTION_TITLE]) return forge_text(forge, members[SECTION_TITLE]);
  if (members[SECTION_NAME]) return forge_label(forge, 0, members[SECTION_NAME], "the section");
  Str title = str_printf(forge->arena, "Section %zu", page->sections);
  forge_gap(forge, forge_start(forge, section), "the section has no title; assumed '%.*s'", STR_ARG(title));
  return view_made(title, forge_node(forge, section)->start);
}

static void put_heading(ForgePage *page, int level, ViewText title) {
  ViewWriter *out = &page->out;
  if (level > DEEPEST_HEADING) level = DEEPEST_HEADING;
  view_line(out);
  view_put(out, str_printf(page->forge->arena, "<h%d>", level));
  view_text(out, title);
  view_put(out, str_printf(page->forge->arena, "</h%d>", level));
}

static void put_section(ForgePage *page, uint32_t section, int level) {
  Forge *forge = page->forge;
  ViewWriter *out = &page->out;
  if (!forge_expect(forge, section, MAP, "a section")) return;
  ForgeMembers members;
  forge_members(forge, section, SHAPE_SECTION, false, members);
  page->sections++;
  view_at(out, forge_node(forge, section)->start);
  ViewText title = section_title(page, section, members);
  ViewText name = members[SECTION_NAME] ? forge_take_id(page, members[SECTION_NAME])
                                        : view_made(view_slug(forge->arena, title.text), title.start);
  view_line(out);
  view_put(out, STR("<section"));
  view_attr(out, "data-section", name);
  forge_use_attributes(page, members[SECTION_INTEGRATION]);
  view_put(out, STR(">"));
  out->depth++;
  uint32_t around = page->inside_use;
  if (members[SECTION_INTEGRATION]) page->inside_use = members[SECTION_INTEGRATION];
  put_heading(page, level, title);
  put_paragraph(page, members[SECTION_DESCRIPTION]);
  forge_fields(page, members[SECTION_FIELDS]);
  put_sections(page, members[SECTION_SECTIONS], level + 1);
  forge_actions(page, members[SECTION_ACTIONS]);
  page->inside_use = around;
  out->depth--;
  view_line(out);
  view_put(out, STR("</section>"));
}

static void put_sections(ForgePage *page, uint32_t list, int level) {
  for (uint32_t item = forge_first(page->forge, list); item; item = forge_next(page->forge, list, item))
    put_section(page, item, level);
}

/* Rows */

static void put_row(ForgePage *page, uint32_t row) {
  Forge *forge = page->forge;
  ForgeMembers members = {row};
  if (!forge_expect(forge, row, MAP | LIST, "a row")) return;
  if (forge_is(forge, row, MAP)) forge_members(forge, row, SHAPE_ROW, false, members);
  view_at(&page->out, forge_node(forge, row)->start);
  view_line(&page->out);
  view_put(&page->out, STR("<div class=\"row\">"));
  page->out.depth++;
  forge_fields(page, members[ROW_FIELDS]);
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</div>"));
}

// "header" and "body": a list of rows, or an object that has them.
static void put_rows(ForgePage *page, uint32_t node, const char *class_name) {
  Forge *forge = page->forge;
  if (!node) return;
  ForgeMembers members = {0};
  uint32_t rows = node;
  if (forge_is(forge, node, MAP)) {
    forge_members(forge, node, SHAPE_ROWS, false, members);
    rows = members[ROWS_ROWS];
  }
  view_at(&page->out, forge_node(forge, node)->start);
  view_line(&page->out);
  view_put(&page->out, STR("<div"));
  view_attr_made(&page->out, "class", str_from(class_name));
  view_put(&page->out, STR(">"));
  page->out.depth++;
  if (members[ROWS_FIELDS]) put_row(page, members[ROWS_FIELDS]);
  for (uint32_t row = forge_first(forge, rows); row; row = forge_next(forge, rows, row)) put_row(page, row);
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</div>"));
}

/* All of it */

// A view says each part itself or in its "display"; both are shown.
static void put_parts(ForgePage *page, const ForgeMembers view, const ForgeMembers display) {
  put_rows(page, view[VIEW_HEADER], "view-header");
  put_rows(page, display[DISPLAY_HEADER], "view-header");
  forge_fields(page, view[VIEW_FIELDS]);
  forge_fields(page, display[DISPLAY_FIELDS]);
  put_sections(page, view[VIEW_SECTIONS], 2);
  put_sections(page, display[DISPLAY_SECTIONS], 2);
  put_rows(page, view[VIEW_BODY], "view-body");
  put_rows(page, display[DISPLAY_BODY], "view-body");
  forge_actions(page, view[VIEW_ACTIONS]);
  forge_actions(page, display[DISPLAY_ACTIONS]);
}

// What cannot be sent is no form, so a button is made up.
static void assume_submit(ForgePage *page, uint32_t at) {
  if (page->submits) return;
  Span span = forge_is(page->forge, at, MAP) ? forge_start(page->forge, at) : forge_span(page->forge, at);
  forge_gap(page->forge, span, "the form has no action that sends it; assumed 'Save'");
  view_line(&page->out);
  view_put(&page->out, STR("<div class=\"actions\">"));
  page->out.depth++;
  view_line(&page->out);
  view_put(&page->out, STR("<button type=\"submit\" name=\"intent\" value=\"save\">Save</button>"));
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</div>"));
}

void forge_content(ForgePage *page, uint32_t node, const ForgeMembers view, const ForgeMembers display) {
  put_paragraph(page, page->about);
  put_paragraph(page, view[VIEW_DESCRIPTION]);
  if (page->mode != FORGE_FORM) {
    put_parts(page, view, display);
    return;
  }
  view_line(&page->out);
  view_put(&page->out, STR("<form method=\"post\">"));
  page->out.depth++;
  put_parts(page, view, display);
  view_at(&page->out, forge_node(page->forge, node)->start);
  if (page->fields) assume_submit(page, view[VIEW_TYPE] ? view[VIEW_TYPE] : node);
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</form>"));
}

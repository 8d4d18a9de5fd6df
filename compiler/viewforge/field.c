/* Fields. In: an object with a name or path. Out: the group that language.md describes, a label and a
 * control in it; in a table a cell, whose label is the head of its column. */
#include "base/suggest.h"
#include "viewforge/forge.h"

/* Labels and ids */

ViewText forge_label(Forge *forge, uint32_t label, uint32_t name, const char *what) {
  if (label) return forge_text(forge, label);
  Str said = forge_node(forge, name)->text, made = view_humanise(forge->arena, said);
  Span span = forge_span(forge, name);
  Diag *diag =
      forge_gap(forge, span, "%s '%.*s' has no label; assumed '%.*s'", what, STR_ARG(said), STR_ARG(made));
  if (forge_node(forge, name - 1)->kind == DOC_SCALAR && !memchr(made.data, '"', made.len) &&
      !memchr(made.data, '\\', made.len))
    diag_fix(diag, DIAG_MAYBE, (Span){span.source, span.end, span.end},
             str_printf(forge->arena, ", \"label\": \"%.*s\"", STR_ARG(made)), "add the label '%.*s'",
             STR_ARG(made));
  return view_made(made, forge_node(forge, name)->start);
}

ViewText forge_take_id(ForgePage *page, uint32_t name) {
  Forge *forge = page->forge;
  ViewText id = forge_text(forge, name);
  bool added;
  for (size_t i = 0; i < id.text.len; i++)  // white space would end it
    if (strchr(" \t\n\f\r", id.text.data[i])) id = view_made(view_slug(forge->arena, id.text), id.start);
  uint32_t *first = strmap_put(forge->arena, &page->ids, id.text, &added);
  if (added) {
    *first = name;
    return id;
  }
  Diag *diag =
      forge_error(forge, forge_span(forge, name), "'%.*s' is there twice on this page", STR_ARG(id.text));
  diag_note(diag, forge_span(forge, *first), "here it is first");
  diag_help(diag, "fields and sections of a page have names of their own; a path tells them apart");
  return id;
}

/* Reading */

static void report_type(Forge *forge, uint32_t type) {
  Str said = forge_node(forge, type)->text;
  Suggestion search = suggest_start(said);
  for (size_t i = 0; forge_type_name(i); i++) suggest_offer(&search, str_from(forge_type_name(i)));
  Diag *diag = forge_gap(forge, forge_span(forge, type),
                         "there is no control for the type '%.*s'; assumed 'text'", STR_ARG(said));
  if (!search.best.data) return;
  diag_help(diag, "did you mean '%.*s'?", STR_ARG(search.best));
  diag_fix(diag, DIAG_MAYBE, forge_span(forge, type),
           str_printf(forge->arena, "\"%.*s\"", STR_ARG(search.best)), "replace with '%.*s'",
           STR_ARG(search.best));
}

// In a form, what the control cannot take is said; where values are only shown, nothing of it counts.
static void leave_out(ForgePage *page, ForgeField *field) {
  Forge *forge = page->forge;
  static const struct {
    uint8_t member;
    const char *name;
  } parts[] = {{FIELD_PLACEHOLDER, "placeholder"},
               {FIELD_READONLY, "readonly"},
               {FIELD_VALUE, "value"},
               {FIELD_REQUIRED, "required"}};
  for (size_t i = 0; page->mode == FORGE_FORM && i < sizeof parts / sizeof *parts; i++) {
    uint32_t *member = &field->members[parts[i].member];
    if (!*member || (field->type->takes & 1u << parts[i].member)) continue;
    bool counts = !forge_is(forge, *member, BOOL) || forge_true(forge, *member);
    if (counts)
      forge_gap(forge, forge_span(forge, *member - 1), "a control of the type '%s' has no '%s'; left out",
                field->type->name, parts[i].name);
    *member = 0;
  }
}

static void read_type(Forge *forge, ForgeField *field) {
  uint32_t type = field->members[FIELD_TYPE];
  field->type = forge_type(type ? forge_node(forge, type)->text : STR("text"));
  field->type_name =
      type ? forge_text(forge, type) : view_made(STR("text"), forge_node(forge, field->node)->start);
  if (!field->type) {
    report_type(forge, type);
    field->type = forge_type(STR("text"));
  }
  bool wants = forge_type_has_options(field->type), has = field->members[FIELD_OPTIONS] != 0;
  Span span = type ? forge_span(forge, type) : forge_start(forge, field->node);
  if (wants && !has) forge_gap(forge, span, "'%.*s' has no options; assumed none", STR_ARG(field->name.text));
  if (!wants && has)
    forge_gap(forge, forge_span(forge, field->members[FIELD_OPTIONS] - 1),
              "a field of the type '%s' has no options; they are left out", field->type->name);
}

// A machine can say what the field's name says; whether it is meant, somebody has to know.
static void suggest(ForgePage *page, const ForgeField *field) {
  Forge *forge = page->forge;
  Str name = forge_node(forge, field->members[FIELD_NAME])->text;
  uint32_t use = field->members[FIELD_INTEGRATION];
  if (forge_true(forge, use)) {
    Diag *diag = forge_error(forge, forge_span(forge, use), "'integration' does not say which");
    diag_help(diag, "name it, or say false where none is meant");
  }
  if (use || page->inside_use) return;
  Str wanted = view_suggestion(name, field->type_name.text);
  if (!wanted.len) return;
  Span span = forge_span(forge, field->members[FIELD_NAME]);
  Diag *diag = diag_add(forge->diags, FX1203, span, "the field '%.*s' could use '%.*s'", STR_ARG(name),
                        STR_ARG(wanted));
  diag_label(diag, span, "no integration is declared");
  Str member = str_printf(forge->arena, ", \"integration\": {\"type\": \"%.*s\"}", STR_ARG(wanted));
  diag_help(diag, "say \"integration\": {\"type\": \"%.*s\"}, or \"integration\": false where none is meant",
            STR_ARG(wanted));
  diag_fix(diag, DIAG_MAYBE, (Span){span.source, span.end, span.end}, member, "add the integration '%.*s'",
           STR_ARG(wanted));
}

static bool read_field(ForgePage *page, uint32_t node, ForgeField *field) {
  Forge *forge = page->forge;
  if (!forge_expect(forge, node, MAP, "a field")) return false;
  *field = (ForgeField){.node = node};
  forge_members(forge, node, SHAPE_FIELD, false, field->members);
  uint32_t name = field->members[FIELD_NAME];
  if (!name || !forge_node(forge, name)->text.len) {
    Span span = name ? forge_span(forge, name) : forge_start(forge, node);
    diag_help(forge_error(forge, span, "the field has no name"), "say \"name\" or \"path\"");
    return false;
  }
  view_at(&page->out, forge_node(forge, node)->start);
  field->name = forge_text(forge, name);
  field->label = forge_label(forge, field->members[FIELD_LABEL], name, "the field");
  field->id = forge_take_id(page, name);
  read_type(forge, field);
  leave_out(page, field);
  suggest(page, field);
  page->fields++;
  return true;
}

/* Writing */

static void put_group(ForgePage *page, const ForgeField *field) {
  Forge *forge = page->forge;
  ViewWriter *out = &page->out;
  uint32_t use = field->members[FIELD_INTEGRATION];
  if (use) view_at(out, forge_node(forge, use)->start);
  view_put(out, STR("<div class=\"field-group\""));
  view_attr(out, "data-entity", page->entity);
  view_attr(out, "data-field", field->name);
  view_attr(out, "data-type", field->type_name);
  if (!forge_is(forge, use, BOOL)) forge_use_attributes(page, use);
  view_put(out, STR(">"));
  view_at(out, forge_node(forge, field->node)->start);
  out->depth++;
}

static void put_label(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  bool group = page->mode == FORGE_FORM && field->type->control == RADIO;
  view_line(out);
  view_put(out, group ? STR("<span") : STR("<label"));
  view_attr(out, group ? "id" : "for", field->id);
  view_put(out, STR(">"));
  view_text(out, field->label);
  view_put(out, group ? STR("</span>") : STR("</label>"));
}

static void put_description(ForgePage *page, const ForgeField *field) {
  if (!field->members[FIELD_DESCRIPTION]) return;
  view_line(&page->out);
  view_put(&page->out, STR("<small>"));
  view_text(&page->out, forge_text(page->forge, field->members[FIELD_DESCRIPTION]));
  view_put(&page->out, STR("</small>"));
}

static void put_field(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  view_line(out);
  put_group(page, field);
  if (page->mode != FORGE_TABLE) put_label(page, field);
  view_line(out);
  forge_control(page, field);
  put_description(page, field);
  out->depth--;
  view_line(out);
  view_put(out, STR("</div>"));
}

static void put_head(ForgePage *page, const ForgeField *field) {
  ViewWriter *out = &page->out;
  bool sortable = forge_true(page->forge, field->members[FIELD_SORTABLE]);
  view_at(out, forge_node(page->forge, field->node)->start);
  view_line(out);
  view_put(out, STR("<th scope=\"col\""));
  view_attr(out, "id", field->id);
  view_put(out, sortable ? STR(" aria-sort=\"none\"><button type=\"button\">") : STR(">"));
  view_text(out, field->label);
  view_put(out, sortable ? STR("</button></th>") : STR("</th>"));
}

static void open_element(ForgePage *page, const char *tag) {
  view_line(&page->out);
  view_put(&page->out, str_from(tag));
  page->out.depth++;
}

static void close_element(ForgePage *page, const char *tag) {
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, str_from(tag));
}

static void put_cell(ForgePage *page, const ForgeField *field) {
  view_at(&page->out, forge_node(page->forge, field->node)->start);
  open_element(page, "<td>");
  put_field(page, field);
  close_element(page, "</td>");
}

typedef VEC(ForgeField) ForgeFields;

static void put_table(ForgePage *page, const ForgeFields *fields) {
  open_element(page, "<table>");
  open_element(page, "<thead>");
  open_element(page, "<tr>");
  for (size_t i = 0; i < fields->len; i++) put_head(page, &fields->data[i]);
  close_element(page, "</tr>");
  close_element(page, "</thead>");
  open_element(page, "<tbody>");
  open_element(page, "<tr>");
  for (size_t i = 0; i < fields->len; i++) put_cell(page, &fields->data[i]);
  close_element(page, "</tr>");
  close_element(page, "</tbody>");
  close_element(page, "</table>");
}

void forge_fields(ForgePage *page, uint32_t list) {
  Forge *forge = page->forge;
  ForgeFields fields = {0};
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item)) {
    ForgeField field;
    if (read_field(page, item, &field)) vec_push(forge->arena, &fields, field);
  }
  if (!fields.len) return;
  view_at(&page->out, forge_node(forge, list)->start);
  if (page->mode == FORGE_TABLE) {
    put_table(page, &fields);
    return;
  }
  if (page->mode == FORGE_LIST) open_element(page, "<ul>"), open_element(page, "<li>");
  for (size_t i = 0; i < fields.len; i++) {
    view_at(&page->out, forge_node(forge, fields.data[i].node)->start);
    put_field(page, &fields.data[i]);
  }
  if (page->mode == FORGE_LIST) close_element(page, "</li>"), close_element(page, "</ul>");
}

/* Actions and navigation. In: their lists. Out: buttons and links. What only some name is given for is
 * completed, and said. */
#include "viewforge/forge.h"

/* Actions */

typedef struct Action {
  uint32_t node;
  ViewText name, label, target;
  enum { BUTTON, SUBMIT, RESET, LINK } kind;
} Action;

static void read_kind(Forge *forge, uint32_t type, bool in_form, Action *action) {
  static const char *const names[] = {"button", "submit", "reset", "link"};
  if (action->target.text.data) action->kind = LINK;
  if (!type) return;
  Str said = forge_node(forge, type)->text;
  for (int i = 0; i < 4; i++) {
    if (!str_eq_nocase(said, str_from(names[i]))) continue;
    bool fits = i == BUTTON || i == LINK || in_form;
    if (fits && (i == LINK) == (action->target.text.data != NULL)) {
      action->kind = (unsigned)i;
      return;
    }
    forge_gap(forge, forge_span(forge, type), "'%.*s' is %s; assumed '%s'", STR_ARG(said),
              !fits                  ? "for forms only"
              : action->kind == LINK ? "no type for an action with a target"
                                     : "for an action with a target",
              names[action->kind]);
    return;
  }
  diag_help(forge_gap(forge, forge_span(forge, type), "an action has no type '%.*s'; assumed '%s'",
                      STR_ARG(said), names[action->kind]),
            "the types are 'submit', 'button', 'reset' and 'link'");
}

static bool read_action(ForgePage *page, uint32_t node, Action *action) {
  Forge *forge = page->forge;
  *action = (Action){.node = node};
  if (!forge_expect(forge, node, TEXT | MAP, "an action")) return false;
  if (forge_is(forge, node, TEXT)) {
    action->name = forge_text(forge, node);
    action->label = action->name;
    Str label = view_humanise(forge->arena, action->name.text);
    if (!str_eq(label, action->name.text)) action->label = view_made(label, action->name.start);
    return true;
  }
  ForgeMembers members;
  forge_members(forge, node, SHAPE_ACTION, false, members);
  uint32_t name = members[ACTION_NAME], label = members[ACTION_LABEL];
  if (!name && !label) {
    diag_help(forge_error(forge, forge_start(forge, node), "the action has no name"),
              "say \"name\" and \"label\"");
    return false;
  }
  action->name = forge_text(forge, name ? name : label);
  if (!name) action->name = view_made(view_slug(forge->arena, action->name.text), action->name.start);
  action->label = forge_label(forge, label, name, "the action");
  action->target = forge_text(forge, members[ACTION_TARGET]);
  read_kind(forge, members[ACTION_TYPE], page->mode == FORGE_FORM, action);
  return true;
}

static void put_action(ForgePage *page, const Action *action) {
  static const char *const buttons[] = {"button", "submit", "reset"};
  ViewWriter *out = &page->out;
  view_at(out, forge_node(page->forge, action->node)->start);
  view_line(out);
  if (action->kind == LINK) {
    view_put(out, STR("<a"));
    view_attr(out, "href", action->target);
    if (action->name.text.data != action->label.text.data) view_attr(out, "data-action", action->name);
  } else {
    view_put(out, STR("<button"));
    view_attr_made(out, "type", str_from(buttons[action->kind]));
    view_attr_made(out, "name", STR("intent"));
    view_attr(out, "value", action->name);
  }
  view_put(out, STR(">"));
  view_text(out, action->label);
  view_put(out, action->kind == LINK ? STR("</a>") : STR("</button>"));
}

typedef VEC(Action) Actions;

// A form has to be sent somehow: by what says so, else by the first button.
static void choose_submit(ForgePage *page, Actions *actions) {
  if (page->mode != FORGE_FORM || page->submits) return;
  for (size_t i = 0; i < actions->len; i++) page->submits += actions->data[i].kind == SUBMIT;
  for (size_t i = 0; i < actions->len && !page->submits; i++) {
    if (actions->data[i].kind != BUTTON) continue;
    actions->data[i].kind = SUBMIT;
    page->submits++;
  }
}

void forge_actions(ForgePage *page, uint32_t list) {
  Actions actions = {0};
  for (uint32_t item = forge_first(page->forge, list); item; item = forge_next(page->forge, list, item)) {
    Action action;
    if (read_action(page, item, &action)) vec_push(page->forge->arena, &actions, action);
  }
  choose_submit(page, &actions);
  if (!actions.len) return;
  view_at(&page->out, forge_node(page->forge, list)->start);
  view_line(&page->out);
  view_put(&page->out, STR("<div class=\"actions\">"));
  page->out.depth++;
  for (size_t i = 0; i < actions.len; i++) put_action(page, &actions.data[i]);
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</div>"));
}

/* Navigation */

static ViewText assumed_target(Forge *forge, uint32_t at, Str label, Span span) {
  Str target = view_slug(forge->arena, label);
  forge_gap(forge, span, "the navigation to '%.*s' has no target; assumed '%.*s'", STR_ARG(label),
            STR_ARG(target));
  return view_made(target, forge_node(forge, at)->start);
}

static void put_link(ForgePage *page, uint32_t at, ViewText label, ViewText target) {
  ViewWriter *out = &page->out;
  view_at(out, forge_node(page->forge, at)->start);
  view_line(out);
  view_put(out, STR("<li><a"));
  view_attr(out, "href", target);
  view_put(out, STR(">"));
  view_text(out, label);
  view_put(out, STR("</a></li>"));
}

static ViewText humanised(Forge *forge, ViewText name) {
  Str label = view_humanise(forge->arena, name.text);
  return str_eq(label, name.text) ? name : view_made(label, name.start);
}

// "shop/order-history.html" → "Order history"
static ViewText label_of_target(Forge *forge, uint32_t target) {
  Str said = forge_node(forge, target)->text, name = said;
  ptrdiff_t slash = str_rfind_char(name, '/');
  if (slash >= 0 && (size_t)slash + 1 < name.len) name = str_skip(name, (size_t)slash + 1);
  ptrdiff_t dot = str_find_char(name, '.');
  if (dot > 0) name = str_take(name, (size_t)dot);
  Str label = view_humanise(forge->arena, name);
  forge_gap(forge, forge_span(forge, target), "the navigation to '%.*s' has no label; assumed '%.*s'",
            STR_ARG(said), STR_ARG(label));
  return view_made(label, forge_node(forge, target)->start);
}

// `key` names an entry of a map; 0 in a list.
static void put_entry(ForgePage *page, uint32_t key, uint32_t item) {
  Forge *forge = page->forge;
  if (!forge_expect(forge, item, TEXT | MAP, "a navigation entry")) return;
  ForgeMembers members = {0};
  if (forge_is(forge, item, MAP)) forge_members(forge, item, SHAPE_LINK, false, members);
  bool text = forge_is(forge, item, TEXT);
  uint32_t target = text && key ? item : members[LINK_TARGET], label = members[LINK_LABEL];
  uint32_t name = members[LINK_NAME] ? members[LINK_NAME] : key ? key : text ? item : 0;
  uint32_t said = label ? label : name;
  if (!said && !target) {
    forge_error(forge, forge_start(forge, item), "the navigation entry has neither a label nor a target");
    return;
  }
  bool listed = said && (label || key || text);  // a key, and an entry that is one word, are labels
  ViewText shown = !said    ? label_of_target(forge, target)
                   : listed ? label ? forge_text(forge, label) : humanised(forge, forge_text(forge, said))
                            : forge_label(forge, 0, name, "the navigation to");
  ViewText to =
      target ? forge_text(forge, target) : assumed_target(forge, item, shown.text, forge_span(forge, said));
  put_link(page, item, shown, to);
}

static void put_entries(ForgePage *page, uint32_t node) {
  Forge *forge = page->forge;
  if (forge_is(forge, node, LIST)) {
    for (uint32_t item = forge_first(forge, node); item; item = forge_next(forge, node, item))
      put_entry(page, 0, item);
    return;
  }
  uint32_t key = node + 1;
  for (uint32_t i = 0; i < forge_node(forge, node)->count; i++) {
    if (forge_is(forge, key + 1, LIST))  // "items": […] and the like
      put_entries(page, key + 1);
    else
      put_entry(page, key, key + 1);
    key = forge_node(forge, key + 1)->next;
  }
}

void forge_navigation(ForgePage *page, uint32_t node) {
  if (!node || !forge_node(page->forge, node)->count) return;
  ViewWriter *out = &page->out;
  view_at(out, forge_node(page->forge, node)->start);
  view_line(out);
  view_put(out, STR("<nav aria-label=\"Views\">"));
  out->depth++;
  view_line(out);
  view_put(out, STR("<ul>"));
  out->depth++;
  put_entries(page, node);
  out->depth--;
  view_line(out);
  view_put(out, STR("</ul>"));
  out->depth--;
  view_line(out);
  view_put(out, STR("</nav>"));
}

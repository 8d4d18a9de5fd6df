/* The shapes that a ViewForge configuration may have. In: its nodes. Out: a page for each view in it.
 * Surprising: a flat configuration, the inside of {"view": …} and a user story are one shape, told apart
 * only by where they stand. */
#include "json/json.h"
#include "viewforge/forge.h"

static const char *const mode_names[] = {"detail", "form", "list", "table"};

/* One view */

static ForgeMode read_mode(Forge *forge, uint32_t view, uint32_t type) {
  if (!type && forge->failed) return FORGE_DETAIL;  // it may be given, and wrong
  if (!type) {
    forge_gap(forge, forge_start(forge, view), "the view has no type; assumed 'detail'");
    return FORGE_DETAIL;
  }
  Str said = forge_node(forge, type)->text;
  for (int i = 0; i < 4; i++)
    if (str_eq_nocase(said, str_from(mode_names[i]))) return (ForgeMode)i;
  Diag *diag = forge_error(forge, forge_span(forge, type), "unknown view type '%.*s'", STR_ARG(said));
  diag_help(diag, "expected one of 'detail', 'form', 'list', 'table'");
  return FORGE_DETAIL;
}

// What the page is called: its title, else what its name says.
static ViewText read_title(Forge *forge, uint32_t view, const ForgeMembers members, uint32_t story_title) {
  uint32_t said = members[VIEW_TITLE] ? members[VIEW_TITLE] : story_title;
  if (said) return forge_text(forge, said);
  uint32_t from = members[VIEW_NAME] ? members[VIEW_NAME] : members[VIEW_ID];
  Str title = view_humanise(forge->arena, from ? forge_node(forge, from)->text : forge->stem);
  Span span = from ? forge_span(forge, from) : forge_start(forge, view);
  if (!forge->failed) forge_gap(forge, span, "the view has no title; assumed '%.*s'", STR_ARG(title));
  return view_made(title, span.start);
}

// A page's id becomes a file's name; false when the file has another page of that name. `id` of 0: the file's
// own name does.
static bool name_page(Forge *forge, uint32_t id, bool below, ViewPage *page) {
  page->below = below;
  if (!id) return true;
  page->span = forge_span(forge, id);
  page->id = forge_node(forge, id)->text;
  if (!view_is_file_name(page->id)) {
    Str slug = view_slug(forge->arena, page->id);
    forge_gap(forge, page->span, "no file can be named '%.*s'; assumed '%.*s'", STR_ARG(page->id),
              STR_ARG(slug));
    page->id = slug;
  }
  bool added;
  uint32_t *first = strmap_put(forge->arena, &forge->page_ids, page->id, &added);
  if (added) {
    *first = id;
    return true;
  }
  Diag *diag = forge_error(forge, page->span, "there are two pages '%.*s'", STR_ARG(page->id));
  diag_note(diag, forge_span(forge, *first), "the other one");
  return false;
}

static void put_trail(ForgePage *page, const ForgeTrail *trail) {
  if (!trail) return;
  put_trail(page, trail->above);
  if (!trail->name.text.len) return;
  view_line(&page->out);
  view_put(&page->out, STR("<li>"));
  view_text(&page->out, trail->name);
  view_put(&page->out, STR("</li>"));
}

static void put_breadcrumb(ForgePage *page, const ForgeTrail *trail) {
  if (!trail) return;
  view_line(&page->out);
  view_put(&page->out, STR("<nav aria-label=\"Breadcrumb\">"));
  page->out.depth++;
  view_line(&page->out);
  view_put(&page->out, STR("<ol>"));
  page->out.depth++;
  put_trail(page, trail);
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</ol>"));
  page->out.depth--;
  view_line(&page->out);
  view_put(&page->out, STR("</nav>"));
}

static void put_main(ForgePage *page, uint32_t view, const ForgeMembers members, const ForgeMembers display,
                     ViewText title) {
  ViewWriter *out = &page->out;
  view_at(out, forge_node(page->forge, view)->start);
  view_line(out);
  view_put(out, STR("<main"));
  view_attr_made(out, "class", str_printf(page->forge->arena, "view-%s", mode_names[page->mode]));
  view_attr(out, "data-entity", page->entity);
  view_put(out, STR(">"));
  out->depth++;
  view_line(out);
  view_put(out, STR("<h1>"));
  view_text(out, title);
  view_put(out, STR("</h1>"));
  forge_content(page, view, members, display);
  out->depth--;
  view_line(out);
  view_put(out, STR("</main>"));
}

static ViewText language_of(const Forge *forge, const ForgeMembers view, uint32_t at) {
  if (view[VIEW_LANG]) return forge_text(forge, view[VIEW_LANG]);
  if (forge->language.text.data) return forge->language;
  return view_made(STR("en"), forge_node(forge, at)->start);
}

static void report_no_fields(Forge *forge, uint32_t view, const ForgeMembers members,
                             const ForgeMembers display) {
  uint32_t list = members[VIEW_FIELDS] ? members[VIEW_FIELDS] : display[DISPLAY_FIELDS];
  Span span = list ? forge_span(forge, list) : forge_start(forge, view);
  Diag *diag = forge_error(forge, span, "the view shows no fields");
  diag_help(diag, "say \"fields\": [{\"name\": …, \"label\": …}], in the view, its sections or its rows");
}

// Names a page by the story around a view, else by the view's own id.
typedef struct PageNames {
  uint32_t id, title, about;
  bool below;
} PageNames;

// What names the page: the story around it, else its id; below an application its name or title will do.
static uint32_t page_id(const ForgeMembers view, PageNames names) {
  if (names.id || view[VIEW_ID] || !names.below) return names.id ? names.id : view[VIEW_ID];
  return view[VIEW_NAME] ? view[VIEW_NAME] : view[VIEW_TITLE];
}

static void write_page(ForgePage *page, uint32_t view, PageNames names, const ForgeTrail *trail,
                       const ForgeMembers members) {
  Forge *forge = page->forge;
  ForgeMembers display = {0};
  if (members[VIEW_DISPLAY]) forge_members(forge, members[VIEW_DISPLAY], SHAPE_DISPLAY, false, display);
  page->mode = read_mode(forge, view, members[VIEW_TYPE]);
  page->entity = forge_text(forge, members[VIEW_ENTITY]);
  ViewText title = read_title(forge, view, members, names.title);
  view_shell_begin(&page->out, language_of(forge, members, view), title);
  put_breadcrumb(page, trail);
  forge_navigation(page, members[VIEW_NAVIGATION]);
  forge_navigation(page, display[DISPLAY_NAVIGATION]);
  put_main(page, view, members, display, title);
  view_shell_end(&page->out);
  if (!page->fields && !forge->failed) report_no_fields(forge, view, members, display);
}

static void make_page(Forge *forge, uint32_t view, PageNames names, const ForgeTrail *trail) {
  ForgeMembers members;
  ViewPage result = {.span = forge_start(forge, view)};
  ForgePage page = {.forge = forge, .about = names.about};
  bool failed = forge->failed;
  forge->failed = false;
  forge_members(forge, view, SHAPE_VIEW, false, members);
  bool is_new = name_page(forge, page_id(members, names), names.below, &result);
  view_begin(&page.out, forge->arena, forge_node(forge, view)->start);
  write_page(&page, view, names, trail, members);
  view_end(&page.out, &result);
  forge->failed |= failed;
  if (is_new) vec_push(forge->arena, forge->pages, result);
}

/* An application */

static void make_story(Forge *forge, uint32_t story, const ForgeTrail *trail) {
  if (!forge_expect(forge, story, MAP, "a user story")) return;
  uint32_t key = story + 1;
  bool wrapped = false;
  for (uint32_t i = 0; i < forge_node(forge, story)->count && !wrapped; i++) {
    wrapped = str_eq(forge_node(forge, key)->text, STR("view"));
    key = forge_node(forge, key + 1)->next;
  }
  PageNames names = {.below = true};
  uint32_t view = story;
  if (wrapped) {
    ForgeMembers members;
    forge_members(forge, story, SHAPE_STORY, false, members);
    names.id = members[STORY_ID] ? members[STORY_ID] : members[STORY_TITLE];
    names.title = members[STORY_TITLE];
    names.about = members[STORY_DESCRIPTION];
    view = members[STORY_VIEW];
    if (!view) return;  // of the wrong kind, which is said
  }
  make_page(forge, view, names, trail);
}

// Modules, and the modules below them, which may go on.
static void make_modules(Forge *forge, uint32_t list, const ForgeTrail *above, const char *what) {
  for (uint32_t item = forge_first(forge, list); item; item = forge_next(forge, list, item)) {
    ForgeMembers members;
    if (!forge_expect(forge, item, MAP, what)) continue;
    forge_members(forge, item, SHAPE_MODULE, false, members);
    uint32_t name = members[MODULE_NAME] ? members[MODULE_NAME] : members[MODULE_ID];
    ForgeTrail trail = {.above = above, .name = forge_text(forge, name)};
    uint32_t stories = members[MODULE_STORIES];
    for (uint32_t story = forge_first(forge, stories); story; story = forge_next(forge, stories, story))
      make_story(forge, story, &trail);
    make_modules(forge, members[MODULE_PARTS], &trail, "a sub-module");
  }
}

static void make_application(Forge *forge, const ForgeMembers file) {
  ForgeMembers members = {0};
  uint32_t name = file[FILE_APPLICATION];
  if (forge_is(forge, name, MAP)) {
    ForgeMembers application;
    forge_members(forge, name, SHAPE_MODULE, false, application);
    name = application[MODULE_NAME] ? application[MODULE_NAME] : application[MODULE_ID];
  }
  if (!name) name = file[FILE_TITLE];
  if (file[FILE_HIERARCHY]) forge_members(forge, file[FILE_HIERARCHY], SHAPE_HIERARCHY, false, members);
  ForgeTrail trail = {.name = forge_text(forge, name)};
  size_t before = forge->pages->len;
  make_modules(forge, members[HIERARCHY_MODULES], &trail, "a module");
  if (forge->pages->len > before || forge->failed) return;
  Diag *diag = forge_error(forge, forge_start(forge, 0), "the application has no user stories");
  diag_help(diag, "they stand in \"hierarchy\": {\"modules\": [{\"subModules\": [{\"userStories\": […]}]}]}");
}

/* The file */

static bool has_key(const Forge *forge, Str wanted) {
  uint32_t key = 1;
  for (uint32_t i = 0; i < forge_node(forge, 0)->count; i++) {
    if (str_eq(forge_node(forge, key)->text, wanted)) return true;
    key = forge_node(forge, key + 1)->next;
  }
  return false;
}

static void read_file(Forge *forge) {
  const DocNode *root = forge_node(forge, 0);
  if (root->kind != DOC_MAP) {
    Diag *diag = forge_error(forge, forge_start(forge, 0), "a ViewForge configuration is an object");
    diag_help(diag, "leave the file out with 'exclude' in the project file if it is something else");
    return;
  }
  ForgeMembers members;
  bool application = has_key(forge, STR("application")) || has_key(forge, STR("hierarchy"));
  if (!application && !has_key(forge, STR("view"))) {
    make_page(forge, 0, (PageNames){0}, NULL);
    return;
  }
  forge_members(forge, 0, SHAPE_FILE, false, members);
  forge->language = forge_text(forge, members[FILE_LANG]);
  if (application)
    make_application(forge, members);
  else if (members[FILE_VIEW])
    make_page(forge, members[FILE_VIEW], (PageNames){.title = members[FILE_TITLE]}, NULL);
}

// A browser would read another character in its place.
static void refuse_nul(Forge *forge) {
  for (uint32_t i = 0; i < forge->doc->nodes.len; i++) {
    Str text = forge_node(forge, i)->text;
    if (!text.len || !memchr(text.data, '\0', text.len)) continue;
    Diag *diag = forge_error(forge, forge_span(forge, i), "no page can hold the character U+0000");
    diag_help(diag, "remove '\\u0000'");
  }
}

bool viewforge_read(Arena *arena, SourceId source, Str stem, Str bytes, DiagBag *diags, ViewPages *pages) {
  DocEvents doc;
  if (!json_events(arena, source, bytes, diags, &doc)) return false;
  Forge forge = {.arena = arena, .diags = diags, .doc = &doc, .stem = stem, .pages = pages};
  size_t before = pages->len;
  refuse_nul(&forge);
  read_file(&forge);
  return pages->len > before;
}

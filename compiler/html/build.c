/* Tree construction: what is there before the first token, the rule of a token by its insertion mode, and
 * what is done after the last one.
 * In: text and options; out: an HtmlTree. Surprising: the loop itself is in html/loop.def, since it is
 * compiled for each kind of processor. */
#include "html/builder.h"

static HtmlRule *const mode_rules[HTML_MODE_COUNT] = {
    [HTML_MODE_INITIAL] = html_mode_initial,
    [HTML_MODE_BEFORE_HTML] = html_mode_before_html,
    [HTML_MODE_BEFORE_HEAD] = html_mode_before_head,
    [HTML_MODE_IN_HEAD] = html_mode_in_head,
    [HTML_MODE_IN_HEAD_NOSCRIPT] = html_mode_in_head_noscript,
    [HTML_MODE_AFTER_HEAD] = html_mode_after_head,
    [HTML_MODE_IN_BODY] = html_mode_in_body,
    [HTML_MODE_TEXT] = html_mode_text,
    [HTML_MODE_IN_TABLE] = html_mode_in_table,
    [HTML_MODE_IN_TABLE_TEXT] = html_mode_in_table_text,
    [HTML_MODE_IN_CAPTION] = html_mode_in_caption,
    [HTML_MODE_IN_COLUMN_GROUP] = html_mode_in_column_group,
    [HTML_MODE_IN_TABLE_BODY] = html_mode_in_table_body,
    [HTML_MODE_IN_ROW] = html_mode_in_row,
    [HTML_MODE_IN_CELL] = html_mode_in_cell,
    [HTML_MODE_IN_TEMPLATE] = html_mode_in_template,
    [HTML_MODE_AFTER_BODY] = html_mode_after_body,
    [HTML_MODE_IN_FRAMESET] = html_mode_in_frameset,
    [HTML_MODE_AFTER_FRAMESET] = html_mode_after_frameset,
    [HTML_MODE_AFTER_AFTER_BODY] = html_mode_after_after_body,
    [HTML_MODE_AFTER_AFTER_FRAMESET] = html_mode_after_after_frameset,
};

HtmlRule *html_mode_rule(HtmlMode mode) { return mode_rules[mode]; }

void html_error(HtmlBuilder *b, const HtmlToken *token, const char *code) {
  if (b->errors && b->errors->arena)
    vec_push(b->errors->arena, &b->errors->list, (HtmlError){code, token->start});
}

void html_stop(HtmlBuilder *b, uint32_t at) {
  b->stopped = b->tree->limit_hit = true;
  b->tree->limit_at = at;
}

/// The mode for the highest element of a list that decides it; `last` says that it is the context.
static HtmlMode mode_for(HtmlBuilder *b, HtmlTag tag, bool last) {
  switch (tag) {
    case HTML_TAG_TD:
    case HTML_TAG_TH:
      return last ? HTML_MODE_IN_BODY : HTML_MODE_IN_CELL;
    case HTML_TAG_TR:
      return HTML_MODE_IN_ROW;
    case HTML_TAG_TBODY:
    case HTML_TAG_THEAD:
    case HTML_TAG_TFOOT:
      return HTML_MODE_IN_TABLE_BODY;
    case HTML_TAG_CAPTION:
      return HTML_MODE_IN_CAPTION;
    case HTML_TAG_COLGROUP:
      return HTML_MODE_IN_COLUMN_GROUP;
    case HTML_TAG_TABLE:
      return HTML_MODE_IN_TABLE;
    case HTML_TAG_TEMPLATE:
      return (HtmlMode)vec_last(&b->template_modes);
    case HTML_TAG_HEAD:
      return last ? HTML_MODE_IN_BODY : HTML_MODE_IN_HEAD;
    case HTML_TAG_FRAMESET:
      return HTML_MODE_IN_FRAMESET;
    case HTML_TAG_HTML:
      return b->head ? HTML_MODE_AFTER_HEAD : HTML_MODE_BEFORE_HEAD;
    default:
      return HTML_MODE_IN_BODY;
  }
}

/// "Reset the insertion mode appropriately", without walking the stack.
void html_reset_mode(HtmlBuilder *b) {
  static const uint16_t deciding[] = {HTML_TAG_TD,    HTML_TAG_TH,       HTML_TAG_TR,      HTML_TAG_TBODY,
                                      HTML_TAG_THEAD, HTML_TAG_TFOOT,    HTML_TAG_CAPTION, HTML_TAG_COLGROUP,
                                      HTML_TAG_TABLE, HTML_TAG_TEMPLATE, HTML_TAG_HEAD,    HTML_TAG_FRAMESET,
                                      HTML_TAG_BODY,  HTML_TAG_HTML};
  uint32_t index = 0;
  for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++)
    index = html_max(index, b->last[deciding[i]]);
  bool last = b->fragment && index <= 1;
  b->mode = mode_for(b, last ? (HtmlTag)b->context.tag : (HtmlTag)b->open[index].tag, last);
}

static bool in_foreign(HtmlBuilder *b) { return html_adjusted(b)->space != HTML_NS_HTML; }

static void dispatch(HtmlBuilder *b, HtmlToken *token, bool foreign) {
  while (foreign && html_is_foreign(b, token) ? html_foreign_rule(b, token) : mode_rules[b->mode](b, token))
    foreign = in_foreign(b);
}

/// The newline right behind <pre>, <listing> and <textarea> is dropped. True: nothing is left.
static bool drop_newline(HtmlBuilder *b, HtmlToken *token) {
  b->skip_newline = false;
  if (token->kind != HTML_TOKEN_TEXT) return false;
  token->name_start += html_leading_newline(b, token);
  return token->name_start == token->name_end;
}

void html_step(HtmlBuilder *b, HtmlToken *token, bool foreign) {
  if (b->skip_newline && drop_newline(b, token)) return;
  dispatch(b, token, foreign);
  if (b->tree->nodes.len > b->max_nodes || b->work > b->max_work) html_stop(b, token->start);
}

static void reserve(Arena *arena, HtmlTree *tree, size_t bytes) {
  tree->nodes.space = bytes / 16 + 64;
  tree->nodes.data = arena_alloc(arena, tree->nodes.space * sizeof *tree->nodes.data);
  tree->starts.space = bytes / 32 + 32;
  tree->starts.data = arena_alloc(arena, tree->starts.space * sizeof *tree->starts.data);
  tree->attrs.space = bytes / 32 + 32;
  tree->attrs.data = arena_alloc(arena, tree->attrs.space * sizeof *tree->attrs.data);
  tree->texts.space = bytes / 32 + 32;
  tree->texts.data = arena_alloc(arena, tree->texts.space * sizeof *tree->texts.data);
}

static HtmlTree *new_tree(Arena *arena, Str text, const HtmlOptions *options) {
  HtmlTree *tree = arena_new(arena, HtmlTree);
  tree->arena = arena;
  tree->text = text;
  tree->scripting = options->scripting;
  tree->context = options->fragment_context;
  tree->fragment = options->fragment_context.len > 0;
  reserve(arena, tree, text.len);
  vec_push(arena, &tree->starts, (HtmlStart){0});
  html_new_node(tree, arena, HTML_DOCUMENT);  // 0, no node
  html_new_node(tree, arena, HTML_DOCUMENT);
  return tree;
}

// A byte makes one node at most, but for clones of formatting elements that are never closed: of these few
// pages have many, while their number can grow with the square of the text.
enum { SPARE_NODES = 65536 };

static void init(HtmlBuilder *b, Arena *arena, HtmlTree *tree, const HtmlOptions *options, bool keeps_text) {
  b->tree = tree;
  b->arena = arena;
  b->text = tree->text.data;
  b->errors = options->errors;
  b->seen = options->seen;
  b->seen_context = options->seen_context;
  b->scripting = options->scripting;
  b->frameset_ok = true;
  b->lexer = html_lexer_new(arena, tree->text, options->errors);
  html_lexer_option(b->lexer, HTML_LEXER_NARROW, options->narrow);
  html_lexer_option(b->lexer, HTML_LEXER_STRICT_STATES, options->strict);
  b->open_space = 64;
  b->open = arena_array(arena, HtmlOpen, b->open_space);
  b->ark_size = 64;
  b->ark = arena_array(arena, uint32_t, b->ark_size);
  b->max_nodes = options->max_nodes ? options->max_nodes : 2 * tree->text.len + SPARE_NODES;
  b->settled_from = options->settled_from ? options->settled_from : SIZE_MAX;
  b->max_work = (uint64_t)tree->text.len * 64 + (1u << 26);
  b->keeps_text = keeps_text;
  if (keeps_text) return;
  // What text could at most add to both; among the children that are moved, it is every other one.
  b->max_nodes -= b->max_nodes < tree->text.len ? b->max_nodes : tree->text.len;
  b->max_work /= 4;
}

static HtmlContentModel model_for(HtmlTag tag, bool scripting) {
  switch (tag) {
    case HTML_TAG_TITLE:
    case HTML_TAG_TEXTAREA:
      return HTML_RCDATA;
    case HTML_TAG_STYLE:
    case HTML_TAG_XMP:
    case HTML_TAG_IFRAME:
    case HTML_TAG_NOEMBED:
    case HTML_TAG_NOFRAMES:
      return HTML_RAWTEXT;
    case HTML_TAG_SCRIPT:
      return HTML_SCRIPT_DATA;
    case HTML_TAG_NOSCRIPT:
      return scripting ? HTML_RAWTEXT : HTML_DATA;
    case HTML_TAG_PLAINTEXT:
      return HTML_PLAINTEXT;
    default:
      return HTML_DATA;
  }
}

/// "svg path" is a path in SVG; any other name is HTML's.
static HtmlOpen context_entry(HtmlBuilder *b, Str name) {
  HtmlOpen entry = {0};
  if (str_starts(name, STR("svg ")))
    entry.space = HTML_NS_SVG, name = str_skip(name, 4);
  else if (str_starts(name, STR("math ")))
    entry.space = HTML_NS_MATHML, name = str_skip(name, 5);
  HtmlTag tag = html_tag_find(str_lower(b->arena, name));
  uint16_t traits = html_tag_traits[tag];
  if (!entry.space) entry.tag = (uint16_t)tag;
  if (entry.space == HTML_NS_SVG && traits & HTML_IS_GRAPHICS) entry.points = HTML_HTML_POINT;
  if (entry.space == HTML_NS_MATHML && traits & HTML_IS_MATH)
    entry.points = tag == HTML_TAG_ANNOTATION_XML ? HTML_ANNOTATION : HTML_MATH_TEXT_POINT;
  return entry;
}

/// A context of form keeps nested forms away, though it is no node of the tree.
static void start_fragment(HtmlBuilder *b, Str name) {
  b->fragment = true;
  b->context = context_entry(b, name);
  HtmlContentModel model = model_for((HtmlTag)b->context.tag, b->scripting);
  if (model != HTML_DATA) html_lexer_set_content_model(b->lexer, model, STR_NONE);
  b->plaintext = model == HTML_PLAINTEXT;
  html_insert_implied(b, HTML_TAG_HTML);
  if (b->context.tag == HTML_TAG_TEMPLATE) vec_push(b->arena, &b->template_modes, HTML_MODE_IN_TEMPLATE);
  if (b->context.tag == HTML_TAG_FORM) b->form = html_new_node(b->tree, b->arena, HTML_ELEMENT);
  html_reset_mode(b);
}

/// A fragment's nodes are the children of its root; they become the document's.
static void finish_fragment(HtmlBuilder *b) {
  HtmlNodeId root = b->tree->nodes.data[HTML_DOCUMENT_NODE].first_child;
  html_detach(b->tree, root);
  html_move_children(b->tree, root, HTML_DOCUMENT_NODE);
}

static HtmlTree *parse(Arena *arena, Str text, const HtmlOptions *options, bool keeps_text) {
  HtmlTree *tree = new_tree(arena, text, options);
  HtmlBuilder *b = arena_new(arena, HtmlBuilder);
  init(b, arena, tree, options, keeps_text);
  b->open[0].node = HTML_DOCUMENT_NODE;
  if (tree->fragment) start_fragment(b, options->fragment_context);
  html_lend_attr_room(b);
  if (b->lexer->wide)
    html_run_wide(b);
  else
    html_run(b);
  html_fill_mirrors(b);
  html_settle_lent(b);
  if (tree->fragment) finish_fragment(b);
  return tree;
}

HtmlTree *html_parse(Arena *arena, Str text, const HtmlOptions *options) {
  static const HtmlOptions defaults;
  if (!options) options = &defaults;
  HtmlTree *tree = parse(arena, text, options, !options->settled_from);
  // Whether a bound is reached, and where, must not depend on what is wanted.
  return tree->limit_hit && options->settled_from ? parse(arena, text, options, true) : tree;
}

/* In: a tree of YAML nodes. Out: its text: blocks indented by two, small things in flow style, texts of
 * several lines as literal blocks. An empty line stands above the outermost key that opens at a place,
 * comments right above their own. */
#include "edit/yaml_node.h"

static void put_block(const YamlNode *node, size_t indent, bool behind_dash, Buf *out);

YamlNode *yaml_add(Arena *arena, YamlNode *parent, YamlKind kind, Str key) {
  YamlNode *node = arena_new(arena, YamlNode);
  node->kind = kind;
  node->key = key;
  if (!parent) return node;
  if (parent->last)
    parent->last->next = node;
  else
    parent->first = node;
  parent->last = node;
  return node;
}

YamlNode *yaml_open(Arena *arena, YamlNode *map, YamlKind kind, Str key, YamlFlow flow) {
  YamlNode *node = map->ways;
  while (node && !str_eq(node->key, key)) node = node->next_way;
  if (node) return node;
  node = yaml_add(arena, map, kind, key);
  node->flow = flow;
  node->next_way = map->ways;
  map->ways = node;
  return node;
}

/* On one line */

static void put_flow(const YamlNode *node, Buf *out);

static void put_flow_entries(const YamlNode *node, Buf *out) {
  for (const YamlNode *child = node->first; child; child = child->next) {
    if (child != node->first) buf_put(out, STR(", "));
    if (node->kind == YAML_MAP) {
      yaml_put_key(out, child->key, true);
      buf_put(out, STR(": "));
    }
    put_flow(child, out);
  }
}

static void put_flow(const YamlNode *node, Buf *out) {
  if (node->kind == YAML_TEXT) {
    yaml_put_text(out, node->text, true);
  } else if (node->kind == YAML_QUOTED) {
    yaml_put_quoted(out, node->text);
  } else if (node->kind == YAML_BARE) {
    buf_put(out, node->text);
  } else {
    const char *brackets = node->kind == YAML_LIST ? "[]" : node->first ? "{ }" : "{}";
    buf_char(out, brackets[0]);
    if (brackets[1] == ' ') buf_char(out, ' ');
    put_flow_entries(node, out);
    buf_put(out, str_from(brackets + 1));
  }
}

static bool is_collection(const YamlNode *node) { return node->kind >= YAML_MAP; }

static bool goes_in_flow(const YamlNode *node, size_t column) {
  if (!is_collection(node) || !node->first || node->flow == FLOW_YES) return true;
  if (node->flow == FLOW_NO) return false;
  Buf line = {0};
  put_flow(node, &line);
  bool fits = column + line.len <= YAML_WIDTH;
  buf_free(&line);
  return fits;
}

/* Comments and empty lines */

static void put_remark(const Remark *remark, size_t indent, Buf *out) {
  Str rest = remark->text, line;
  do {
    if (!str_split(&rest, '\n', &line)) line = STR("");
    buf_repeat(out, ' ', indent);
    buf_char(out, '#');
    if (line.len) buf_char(out, ' ');
    buf_put(out, line);
    buf_char(out, '\n');
  } while (rest.len);
}

static void put_remarks(const Remarks *remarks, size_t indent, bool first, Buf *out) {
  for (size_t i = 0; i < remarks->len; i++) {
    if (remarks->data[i].blank && !(first && i == 0)) buf_char(out, '\n');
    put_remark(&remarks->data[i], indent, out);
  }
}

static bool starts_blank(const YamlNode *node) {
  while (node && !node->item) node = node->first;
  if (!node) return false;
  return node->item->before.len ? node->item->before.data[0].blank : node->item->blank;
}

/// What stands above an entry; the first empty line has been written already, above the outermost key.
static void put_above(const YamlNode *node, size_t indent, Buf *out) {
  if (!node->item) return;
  put_remarks(&node->item->before, indent, true, out);
  if (node->item->before.len && node->item->blank) buf_char(out, '\n');
}

static void put_behind(const YamlNode *node, Buf *out) {
  if (!node->item || !node->item->behind.data) return;
  buf_put(out, node->item->behind.len ? STR("  # ") : STR("  #"));
  buf_put(out, node->item->behind);
}

/* Blocks */

static bool suits_literal(Str text) {
  if (str_find_char(text, '\n') <= 0 || strchr(" \t", text.data[0])) return false;
  if (str_ends(text, STR("\n\n"))) return false;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if ((c < ' ' && c != '\n') || c == 0x7F) return false;
  }
  Buf quoted = {0};  // escapes are needed for what cannot be seen
  yaml_put_text(&quoted, text, true);
  bool plain = str_find(buf_str(&quoted), STR("\\u")) < 0 && str_find(buf_str(&quoted), STR("\\x")) < 0 &&
               str_find(buf_str(&quoted), STR("\\U")) < 0;
  buf_free(&quoted);
  return plain;
}

static void put_literal(const YamlNode *node, size_t indent, Buf *out) {
  Str rest = node->text, line;
  bool ends = str_ends(rest, STR("\n"));
  if (ends) rest.len--;
  buf_put(out, ends ? STR("|") : STR("|-"));
  put_behind(node, out);
  buf_char(out, '\n');
  while (str_split(&rest, '\n', &line)) {
    if (line.len) buf_repeat(out, ' ', indent);
    buf_put(out, line);
    buf_char(out, '\n');
  }
}

/// What stands behind `key:` or `-`, to the end of the line and below.
static void put_value(const YamlNode *node, size_t indent, size_t column, Buf *out) {
  if (node->kind == YAML_TEXT && suits_literal(node->text)) {
    buf_char(out, ' ');
    put_literal(node, indent, out);
  } else if (goes_in_flow(node, column + 1)) {
    buf_char(out, ' ');
    if (node->kind == YAML_TEXT)
      yaml_put_text(out, node->text, false);
    else
      put_flow(node, out);
    put_behind(node, out);
    buf_char(out, '\n');
  } else {
    put_behind(node, out);
    buf_char(out, '\n');
    put_block(node, indent, false, out);
  }
}

static void put_pair(const YamlNode *node, size_t indent, Buf *out) {
  size_t start = out->len;
  yaml_put_key(out, node->key, false);
  buf_char(out, ':');
  put_value(node, indent + 2, indent + out->len - start, out);
}

/// `- key: value`: the first pair of a map stands behind the dash, if nothing stands above it.
static void put_entry(const YamlNode *node, size_t indent, Buf *out) {
  buf_char(out, '-');
  bool map = node->kind == YAML_MAP && !goes_in_flow(node, indent + 2);
  bool tight = map && !(node->first->item && node->first->item->before.len);
  if (!tight) {
    put_value(node, indent + 2, indent + 1, out);
    return;
  }
  buf_char(out, ' ');
  put_block(node, indent + 2, true, out);
}

static void put_block(const YamlNode *node, size_t indent, bool behind_dash, Buf *out) {
  for (const YamlNode *child = node->first; child; child = child->next) {
    if (child != node->first && starts_blank(child)) buf_char(out, '\n');
    put_above(child, indent, out);
    if (!behind_dash) buf_repeat(out, ' ', indent);
    behind_dash = false;
    if (node->kind == YAML_MAP)
      put_pair(child, indent, out);
    else
      put_entry(child, indent, out);
  }
  if (node->item) put_remarks(&node->item->inside, indent, !node->first, out);
}

void yaml_print(const YamlNode *root, Buf *out) {
  if (root->item) put_remarks(&root->item->before, 0, true, out);
  put_block(root, 0, false, out);
}

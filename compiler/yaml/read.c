/* In: bytes. Out: nodes in the order of the text, aliases still unexpanded. libyaml's marks count code
 * points from behind a byte order mark, so a cursor maps them to bytes; a block collection ends where its
 * last leaf does, since libyaml only notices the end at the next token. */
#include "yaml/read.h"

#include "base/mem.h"

static bool continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

uint32_t yaml_byte(YamlRead *run, size_t index) {
  const char *text = run->doc->bytes.data;
  if (run->ascii) {
    size_t byte = run->begin + index;
    return byte < run->end ? (uint32_t)byte : run->end;
  }
  while (run->index < index && run->byte < run->end) {
    run->byte++, run->index++;
    while (run->byte < run->end && continuation(text[run->byte])) run->byte++;
  }
  while (run->index > index && run->byte > run->begin) {
    run->byte--, run->index--;
    while (run->byte > run->begin && continuation(text[run->byte])) run->byte--;
  }
  return run->byte;
}

/// Behind the anchors and tags that libyaml counts to the node.
static uint32_t skip_properties(YamlRead *run, uint32_t at) {
  const char *text = run->doc->bytes.data;
  while (at < run->end && (text[at] == '&' || text[at] == '!')) {
    while (at < run->end && !strchr(" \t\r\n", text[at])) at++;
    for (;;) {
      while (at < run->end && strchr(" \t\r\n", text[at])) at++;
      if (at >= run->end || text[at] != '#') break;
      while (at < run->end && text[at] != '\n') at++;
    }
  }
  return at;
}

static uint32_t add_node(YamlRead *run, DocKind kind, const yaml_event_t *event, bool properties) {
  DocNode node = {.kind = (uint8_t)kind};
  node.start = yaml_byte(run, event->start_mark.index);
  node.end = yaml_byte(run, event->end_mark.index);
  if (properties) node.start = skip_properties(run, node.start);
  if (node.end < node.start) node.end = node.start;
  vec_push(run->arena, &run->doc->nodes, node);
  uint32_t at = (uint32_t)run->doc->nodes.len - 1;
  run->doc->nodes.data[at].next = at + 1;
  if (run->open.len) run->doc->nodes.data[vec_last(&run->open)].count++;
  return at;
}

static void name_node(YamlRead *run, const yaml_char_t *anchor, uint32_t node) {
  if (!anchor) return;
  Str name = str_copy(run->arena, str_from((const char *)anchor));
  *strmap_put(run->arena, &run->anchors, name, NULL) = node + 1;
}

static DocStyle scalar_style(const yaml_event_t *event) {
  switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return DOC_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return DOC_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
      return DOC_BLOCK;
    default:
      return DOC_PLAIN;
  }
}

static Span tag_span(const YamlRead *run, const DocNode *node) {
  const char *text = run->doc->bytes.data;
  uint32_t end = node->start, start;
  while (end > run->begin && strchr(" \t\r\n", text[end - 1])) end--;
  for (start = end; start > run->begin && !strchr(" \t\r\n", text[start - 1]);) start--;
  return (Span){run->doc->source, start, end};
}

static void check_tag(YamlRead *run, const yaml_char_t *tag, DocNode *node) {
  static const char core[] = "tag:yaml.org,2002:";
  if (!tag || strcmp((const char *)tag, "!") == 0) return;
  const char *name = (const char *)tag;
  if (strncmp(name, core, sizeof core - 1) == 0) {
    if (strcmp(name + sizeof core - 1, "str") == 0 && node->style == DOC_PLAIN) node->style = DOC_BLOCK;
    return;
  }
  Diag *d = diag_add(run->bag, FX2005, tag_span(run, node), "the tag '%s' means nothing here", name);
  diag_help(d, "remove the tag, or quote the value if its '!' belongs to the text");
  run->failed = true;
}

/// The text where it lies in the file, if it stands there as it is; else a copy.
static Str scalar_text(YamlRead *run, const DocNode *node, Str value) {
  uint32_t quotes = node->style == DOC_SINGLE || node->style == DOC_DOUBLE ? 1 : 0;
  Str raw = {run->doc->bytes.data + node->start + quotes, value.len};
  bool same =
      node->end - node->start == value.len + 2 * quotes && memcmp(raw.data, value.data, value.len) == 0;
  return same ? raw : str_copy(run->arena, value);
}

static void read_scalar(YamlRead *run, const yaml_event_t *event) {
  const yaml_char_t *anchor = event->data.scalar.anchor, *tag = event->data.scalar.tag;
  uint32_t at = add_node(run, DOC_SCALAR, event, anchor || tag);
  DocNode *node = &run->doc->nodes.data[at];
  node->style = (uint8_t)scalar_style(event);
  node->text =
      scalar_text(run, node, (Str){(const char *)event->data.scalar.value, event->data.scalar.length});
  const char *text = run->doc->bytes.data;
  while (node->style == DOC_BLOCK && node->end > node->start && strchr(" \r\n", text[node->end - 1]))
    node->end--;
  check_tag(run, tag, node);
  name_node(run, anchor, at);
}

static void read_alias(YamlRead *run, const yaml_event_t *event) {
  uint32_t at = add_node(run, DOC_ALIAS, event, false);
  DocNode *node = &run->doc->nodes.data[at];
  Str name = str_from((const char *)event->data.alias.anchor);
  uint32_t *target = strmap_find(&run->anchors, name);
  run->aliases = true;
  node->count = target ? *target - 1 : at;
  bool inside = target && run->doc->nodes.data[*target - 1].next == 0;
  if (target && !inside) return;
  Diag *d = diag_add(run->bag, FX2005, (Span){run->doc->source, node->start, node->end},
                     inside ? "the alias '*%.*s' stands inside what it repeats"
                            : "no anchor is named '&%.*s' above this alias",
                     STR_ARG(name));
  if (!inside) diag_help(d, "quote the value if its '*' belongs to the text");
  run->failed = true;
}

static bool open_node(YamlRead *run, DocKind kind, const yaml_event_t *event, const yaml_char_t *anchor) {
  bool properties =
      anchor || (kind == DOC_MAP ? event->data.mapping_start.tag : event->data.sequence_start.tag);
  uint32_t at = add_node(run, kind, event, properties);
  run->doc->nodes.data[at].next = 0;  // until it is closed
  name_node(run, anchor, at);
  vec_push(run->arena, &run->open, at);
  if (run->open.len <= YAML_DEPTH_LIMIT) return true;
  Span span = {run->doc->source, run->doc->nodes.data[at].start, run->doc->nodes.data[at].start + 1};
  diag_add(run->bag, FX8006, span, "maps and lists are nested more than %d levels deep", YAML_DEPTH_LIMIT);
  run->failed = true;
  return false;
}

static void check_keys(YamlRead *run, uint32_t map) {
  DocNode *nodes = run->doc->nodes.data;
  for (uint32_t key = map + 1; key < nodes[map].next; key = nodes[nodes[key].next].next) {
    if (nodes[key].kind == DOC_SCALAR && (nodes[key].text.len || nodes[key].style != DOC_PLAIN)) {
      if (nodes[key].style == DOC_PLAIN && str_eq(nodes[key].text, STR("<<"))) run->merges = true;
      continue;
    }
    Diag *d =
        diag_add(run->bag, FX2005, (Span){run->doc->source, nodes[key].start, nodes[key].end},
                 nodes[key].kind == DOC_SCALAR ? "a name is missing before ':'" : "a key must be a text");
    if (nodes[key].kind == DOC_MAP) diag_help(d, "put quotes around a value that starts with '{'");
    run->failed = true;
  }
}

static void close_node(YamlRead *run, const yaml_event_t *event) {
  uint32_t at = vec_last(&run->open);
  run->open.len--;
  DocNode *node = &run->doc->nodes.data[at];
  uint32_t last = (uint32_t)run->doc->nodes.len - 1;
  bool flow =
      strchr("{[", run->doc->bytes.data[node->start]) && event->end_mark.index > event->start_mark.index;
  if (flow)
    node->end = yaml_byte(run, event->end_mark.index);
  else
    node->end = last > at ? run->doc->nodes.data[last].end : node->start;
  node->next = last + 1;
  if (node->kind != DOC_MAP) return;
  node->count /= 2;
  check_keys(run, at);
}

static bool take_event(YamlRead *run, const yaml_event_t *event) {
  switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
      run->anchors = (StrMap){0};
      vec_push(run->arena, &run->doc->roots, (uint32_t)run->doc->nodes.len);
      return true;
    case YAML_SCALAR_EVENT:
      read_scalar(run, event);
      return true;
    case YAML_ALIAS_EVENT:
      read_alias(run, event);
      return true;
    case YAML_MAPPING_START_EVENT:
      return open_node(run, DOC_MAP, event, event->data.mapping_start.anchor);
    case YAML_SEQUENCE_START_EVENT:
      return open_node(run, DOC_LIST, event, event->data.sequence_start.anchor);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
      close_node(run, event);
      return true;
    default:
      return true;
  }
}

typedef struct Loop {
  YamlRead *run;
  yaml_event_t event;
  bool good;
} Loop;

static void read_loop(void *arg) {
  Loop *loop = arg;
  for (bool more = true; more;) {
    if (!yaml_parser_parse(&loop->run->parser, &loop->event)) {
      if (loop->run->parser.error == YAML_MEMORY_ERROR) mem_exhausted();
      loop->good = false;
      return;
    }
    more = loop->event.type != YAML_STREAM_END_EVENT && loop->event.type != YAML_NO_EVENT;
    if (!take_event(loop->run, &loop->event)) more = false;
    yaml_event_delete(&loop->event);
  }
}

bool yaml_start(YamlRead *run) {
  Str part = str_span(run->doc->bytes.data + run->begin, run->doc->bytes.data + run->end);
  if (str_starts(part, STR("\xEF\xBB\xBF"))) {
    run->begin += 3;
    part = str_skip(part, 3);
  }
  run->byte = run->begin;
  run->index = 0;
  if (!yaml_parser_initialize(&run->parser)) return false;
  yaml_parser_set_encoding(&run->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&run->parser, (const unsigned char *)part.data, part.len);
  return true;
}

bool yaml_read_part(YamlRead *run) {
  if (!yaml_start(run)) mem_exhausted();
  Loop loop = {.run = run, .good = true};
  bool finished = mem_guard(read_loop, &loop);
  if (!finished) yaml_event_delete(&loop.event);
  if (finished && !loop.good) yaml_report_error(run);
  yaml_parser_delete(&run->parser);
  if (!finished) mem_exhausted();
  return loop.good;
}

/* The list of active formatting elements: "Noah's Ark", markers, reconstruction.
 * In: formatting elements; out: the clones that misnested markup asks for. Surprising: elements are
 * compared by a hash, which a short list computes only where three entries have the same name; in a
 * long one a counting table tells first whether three equal entries can exist. */
#include "base/hash.h"
#include "html/builder.h"

static HtmlNode *node_of(HtmlBuilder *b, HtmlNodeId id) { return &b->tree->nodes.data[id]; }

static uint64_t hash_attr(HtmlBuilder *b, const HtmlAttr *attr) {
  Str name = html_decode_name(b->arena, str_span(b->text + attr->name_start, b->text + attr->name_end),
                              attr->name_flags);
  Str value = html_decode(b->arena, str_span(b->text + attr->value_start, b->text + attr->value_end),
                          attr->value_flags, true, true);
  return hash_str(name) * 0x9E3779B97F4A7C15u ^ hash_str(value);
}

/// Equal for elements with the same name and attributes, in whatever order.
static uint64_t hash_element(HtmlBuilder *b, HtmlNodeId id) {
  const HtmlNode *node = node_of(b, id);
  const HtmlStart *start = &b->tree->starts.data[node->data];
  uint64_t hash = (node->tag + 1u) * 0xC2B2AE3D27D4EB4Fu;
  for (uint32_t i = 0; i < start->attr_count; i++) {
    uint64_t one = hash_attr(b, &b->tree->attrs.data[start->attrs + i]);
    hash += (one ^ one >> 29) * 0xBF58476D1CE4E5B9u;
  }
  return hash ? hash : 1;
}

/// Lists up to this length are compared without the counting table.
enum { SHORT_LIST = 16 };

static uint32_t *ark_slot(HtmlBuilder *b, uint64_t hash) {
  return &b->ark[(hash ^ hash >> 32) & (b->ark_size - 1)];
}

static void grow_ark(HtmlBuilder *b) {
  b->ark_size *= 4;
  b->ark = arena_array(b->arena, uint32_t, b->ark_size);
  for (size_t i = 0; i < b->active.len; i++)
    if (b->active.data[i].hash) ++*ark_slot(b, b->active.data[i].hash);
}

static uint64_t hash_entry(HtmlBuilder *b, HtmlActive *entry) {
  if (entry->hash || !entry->node) return entry->hash;
  entry->hash = hash_element(b, entry->node);
  ++*ark_slot(b, entry->hash);
  return entry->hash;
}

static size_t count_tag(HtmlBuilder *b, HtmlTag tag) {
  size_t count = 0;
  for (size_t i = b->active.len; i > 0 && b->active.data[i - 1].node; i--)
    count += b->active.data[i - 1].tag == tag;
  return count;
}

/// The hash of an element about to be listed, with all those hashed that it may equal; 0: no need.
static uint64_t hash_for_ark(HtmlBuilder *b, HtmlNodeId node) {
  HtmlTag tag = (HtmlTag)node_of(b, node)->tag;
  if (b->active.len < SHORT_LIST && count_tag(b, tag) < 3) return 0;
  for (size_t i = 0; i < SHORT_LIST && i < b->active.len; i++) hash_entry(b, &b->active.data[i]);
  return hash_element(b, node);
}

/// Removes the earliest of three equal entries since the last marker.
static void noahs_ark(HtmlBuilder *b, uint64_t hash) {
  size_t same = 0, earliest = 0, i = b->active.len;
  if (!hash || *ark_slot(b, hash) < 3) return;
  while (i > 0 && b->active.data[i - 1].node) {
    i--;
    if (b->active.data[i].hash != hash) continue;
    same++;
    earliest = i;
  }
  html_work(b, b->active.len - i);
  if (same >= 3) html_active_remove(b, earliest);
}

void html_active_insert(HtmlBuilder *b, size_t index, HtmlActive entry) {
  vec_push(b->arena, &b->active, entry);
  html_work(b, b->active.len - index);
  memmove(&b->active.data[index + 1], &b->active.data[index], (b->active.len - 1 - index) * sizeof entry);
  b->active.data[index] = entry;
  node_of(b, entry.node)->flags |= HTML_NODE_LISTED;
  if (entry.hash) ++*ark_slot(b, entry.hash);
}

void html_active_push(HtmlBuilder *b, HtmlNodeId node) {
  uint64_t hash = hash_for_ark(b, node);
  noahs_ark(b, hash);
  html_active_insert(b, b->active.len, (HtmlActive){node, node_of(b, node)->tag, hash});
  if (b->active.len > b->ark_size) grow_ark(b);
}

void html_active_marker(HtmlBuilder *b) { vec_push(b->arena, &b->active, (HtmlActive){0}); }

static void forget(HtmlBuilder *b, HtmlActive entry) {
  node_of(b, entry.node)->flags &= (uint8_t)~HTML_NODE_LISTED;
  if (entry.hash) --*ark_slot(b, entry.hash);
}

void html_active_clear(HtmlBuilder *b) {
  while (b->active.len) {
    HtmlActive entry = b->active.data[--b->active.len];
    if (!entry.node) return;
    forget(b, entry);
  }
}

void html_active_remove(HtmlBuilder *b, size_t index) {
  forget(b, b->active.data[index]);
  html_work(b, b->active.len - index);
  b->active.len--;
  memmove(&b->active.data[index], &b->active.data[index + 1], (b->active.len - index) * sizeof(HtmlActive));
}

ptrdiff_t html_active_find(HtmlBuilder *b, HtmlNodeId node) {
  if (!(node_of(b, node)->flags & HTML_NODE_LISTED)) return -1;
  size_t i = b->active.len;
  while (b->active.data[--i].node != node) continue;
  html_work(b, b->active.len - i);
  return (ptrdiff_t)i;
}

ptrdiff_t html_active_by_tag(HtmlBuilder *b, HtmlTag tag) {
  size_t i = b->active.len;
  while (i > 0 && b->active.data[i - 1].node && b->active.data[i - 1].tag != tag) i--;
  html_work(b, b->active.len - i);
  return i > 0 && b->active.data[i - 1].node ? (ptrdiff_t)i - 1 : -1;
}

/// Opens again, as clones, the entries behind the last one that is a marker or still open.
void html_reconstruct_slow(HtmlBuilder *b) {
  size_t i = b->active.len;
  while (i > 0 && b->active.data[i - 1].node &&
         !(node_of(b, b->active.data[i - 1].node)->flags & HTML_NODE_OPEN))
    i--;
  b->tree->odd = true;
  for (; i < b->active.len; i++) {
    HtmlNodeId old = b->active.data[i].node;
    HtmlPlace place = html_place_in(b, b->top);
    HtmlNodeId clone = html_clone_element(b->tree, b->arena, old);
    html_insert_at(b, place, clone);
    html_push(b, clone);
    node_of(b, old)->flags &= (uint8_t)~HTML_NODE_LISTED;
    node_of(b, clone)->flags |= HTML_NODE_LISTED;
    b->active.data[i].node = clone;
    if (b->tree->nodes.len > b->max_nodes) return;
  }
}

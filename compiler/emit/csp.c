/* content-security-policy.json: for each page the header that it can be sent with, also as directives. In:
 * what its markup needs, what its integrations need, and those that they require. Out: JSON. Surprising: the
 * policy is no part of the page's code, which stays the same whichever releases are chosen; and most pages
 * have a policy that another one has had, which is then repeated as it was written. */
#include "emit/csp.h"

#include <stdlib.h>

#include "emit/json_writer.h"

// Of some directives 'self' is what default-src says already.
typedef struct DirectiveInfo {
  const char *name;
  const char *first;  // its source where there is no other
  bool always;
} DirectiveInfo;

static const DirectiveInfo directives[CSP_DIRECTIVES] = {
    [CSP_SCRIPT] = {"script-src", "'self'", true},
    [CSP_STYLE] = {"style-src", "'self'", true},
    [CSP_IMG] = {"img-src", "'self'", true},
    [CSP_FONT] = {"font-src", "'self'", true},
    [CSP_CONNECT] = {"connect-src", "'self'", true},
    [CSP_MEDIA] = {"media-src", "'self'", false},
    [CSP_FRAME] = {"frame-src", "'self'", true},
    [CSP_WORKER] = {"worker-src", "'self'", false},
    [CSP_MANIFEST] = {"manifest-src", "'self'", false},
    [CSP_FORM] = {"form-action", "'self'", true},
    [CSP_OBJECT] = {"object-src", "'none'", true},
    [CSP_BASE] = {"base-uri", "'self'", true},
};

typedef VEC(IntegrationId) Queue;

// So many different policies are remembered, each of some 2 KB; a text of this length is handed on.
enum { MOST_WRITTEN = 2000, LONG_TEXT = 64 * 1024 };

typedef struct Job {
  const Ir *ir;
  Arena *arena;
  Arena page;        // of the page at hand
  CspNeeds **of;     // by IntegrationId.n, made when first asked for
  uint32_t *seen;    // by IntegrationId.n: the last page that has it
  IrRange *live;     // by IntegrationId.n: LiveRelease
  StrMap known;      // by what a policy follows from: its number in `written`
  VEC(Str) written;  // members of a page's object
} Job;

// A policy in the making.
typedef struct Policy {
  Queue integrations;
  VEC(CspSource) sources;
  VEC(Str) undeclared;
  bool inline_style, plugins;
} Policy;

static int by_directive(const void *a, const void *b) {
  const CspSource *x = a, *y = b;
  if (x->directive != y->directive) return x->directive < y->directive ? -1 : 1;
  return str_cmp(x->source, y->source);
}

static int by_text(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

/* Whose needs count */

static void add_needs(Job *job, Policy *policy, const CspNeeds *needs) {
  for (size_t i = 0; i < needs->sources.len; i++)
    vec_push(&job->page, &policy->sources, needs->sources.data[i]);
  policy->inline_style |= needs->inline_style;
  policy->plugins |= needs->plugins;
}

static const CspNeeds *needs_of(Job *job, IntegrationId id) {
  if (!job->of[id.n]) {
    job->of[id.n] = arena_new(job->arena, CspNeeds);
    *job->of[id.n] = csp_of_integration(job->ir, id, job->live[id.n], job->arena);
  }
  return job->of[id.n];
}

static void reach(Job *job, Queue *queue, uint32_t page, IntegrationId id) {
  if (!id.n || job->seen[id.n] == page || !ir_decided_release(job->ir, id).n) return;
  job->seen[id.n] = page;
  vec_push(&job->page, queue, id);
}

static int by_id(const void *a, const void *b) {
  uint32_t x = ((const IntegrationId *)a)->n, y = ((const IntegrationId *)b)->n;
  return (x > y) - (x < y);
}

// An integration starts what it requires, and what the element says that it depends on.
static void find_integrations(Job *job, Queue *queue, uint32_t page) {
  const Ir *ir = job->ir;
  IrRange uses = ir_page(ir, (PageId){page})->uses;
  for (uint32_t i = 0; i < uses.count; i++) {
    const Use *use = ir_use_at(ir, uses, i);
    reach(job, queue, page, use->integration);
    for (uint32_t d = 0; d < use->depends.count; d++)
      reach(job, queue, page, ir_use_depends_at(ir, use->depends, d)->integration);
  }
  for (size_t i = 0; i < queue->len; i++) {
    IrRange rows = ir_integration(ir, queue->data[i])->requirements;
    for (uint32_t r = 0; r < rows.count; r++)
      if (ir_requirement_at(ir, rows, r)->kind == IR_REQUIRES)
        reach(job, queue, page, ir_requirement_at(ir, rows, r)->resolved);
  }
  if (queue->len) qsort(queue->data, queue->len, sizeof *queue->data, by_id);
}

static void add_integrations(Job *job, Policy *policy) {
  for (size_t i = 0; i < policy->integrations.len; i++) {
    IntegrationId id = policy->integrations.data[i];
    const CspNeeds *needs = needs_of(job, id);
    add_needs(job, policy, needs);
    if (needs->undeclared) vec_push(&job->page, &policy->undeclared, ir_integration_name(job->ir, id));
  }
}

/* Directives */

typedef struct Directive {
  Str name;
  VEC(Str) sources;
} Directive;

typedef VEC(Directive) Directives;

static void add_directive(Job *job, Directives *list, const char *name, const char *source) {
  Directive one = {.name = str_from(name)};
  vec_push(&job->page, &one.sources, str_from(source));
  vec_push(&job->page, list, one);
}

static void add_sourced(Job *job, Directives *list, const Policy *policy, CspDirective kind, size_t *at) {
  Directive one = {.name = str_from(directives[kind].name)};
  const CspSource *sources = policy->sources.data;
  bool some = *at < policy->sources.len && sources[*at].directive == kind;
  bool own = some || (kind == CSP_OBJECT && policy->plugins);
  if (!own && !directives[kind].always) return;
  vec_push(&job->page, &one.sources, own ? STR("'self'") : str_from(directives[kind].first));
  if (kind == CSP_STYLE && policy->inline_style) vec_push(&job->page, &one.sources, STR("'unsafe-inline'"));
  for (; *at < policy->sources.len && sources[*at].directive == kind; ++*at)
    if (!str_eq(vec_last(&one.sources), sources[*at].source))
      vec_push(&job->page, &one.sources, sources[*at].source);
  vec_push(&job->page, list, one);
}

static Directives directives_of(Job *job, Policy *policy) {
  Directives list = {0};
  size_t at = 0;
  if (policy->sources.len)
    qsort(policy->sources.data, policy->sources.len, sizeof *policy->sources.data, by_directive);
  add_directive(job, &list, "default-src", "'self'");
  for (int kind = 0; kind < CSP_DIRECTIVES; kind++) add_sourced(job, &list, policy, (CspDirective)kind, &at);
  add_directive(job, &list, "frame-ancestors", "'self'");
  return list;
}

/* JSON */

static Str header_of(Job *job, const Directives *list) {
  Buf text = {0};
  for (size_t i = 0; i < list->len; i++) {
    if (i) buf_put(&text, STR("; "));
    buf_put(&text, list->data[i].name);
    for (size_t s = 0; s < list->data[i].sources.len; s++) {
      buf_char(&text, ' ');
      buf_put(&text, list->data[i].sources.data[s]);
    }
  }
  Str header = str_copy(&job->page, buf_str(&text));
  buf_free(&text);
  return header;
}

static void write_texts(JsonWriter *w, const Str *texts, size_t count) {
  json_list(w, true);
  for (size_t i = 0; i < count; i++) json_string(w, texts[i]);
  json_close(w, ']');
}

static void write_policy(Job *job, JsonWriter *w, Policy *policy, const CspNeeds *markup) {
  add_needs(job, policy, markup);
  add_integrations(job, policy);
  Directives list = directives_of(job, policy);
  json_string_member(w, "policy", header_of(job, &list));
  json_key(w, STR("directives"));
  json_object(w);
  for (size_t i = 0; i < list.len; i++) {
    json_key(w, list.data[i].name);
    write_texts(w, list.data[i].sources.data, list.data[i].sources.len);
  }
  json_close(w, '}');
  if (!policy->undeclared.len) return;
  qsort(policy->undeclared.data, policy->undeclared.len, sizeof *policy->undeclared.data, by_text);
  json_key(w, STR("undeclared"));
  write_texts(w, policy->undeclared.data, policy->undeclared.len);
}

// All that a policy follows from, as bytes.
static Str key_of(Job *job, const Policy *policy, const CspNeeds *markup) {
  Buf key = {0};
  buf_printf(&key, "%zu;", policy->integrations.len);
  buf_put(&key, (Str){(const char *)policy->integrations.data,
                      policy->integrations.len * sizeof *policy->integrations.data});
  buf_printf(&key, ";%d%d", markup->inline_style, markup->plugins);
  for (size_t i = 0; i < markup->sources.len; i++) {
    Str source = markup->sources.data[i].source;
    buf_printf(&key, ";%d;%zu;", (int)markup->sources.data[i].directive, source.len);
    buf_put(&key, source);
  }
  Str text = str_copy(&job->page, buf_str(&key));
  buf_free(&key);
  return text;
}

// Behind its path: the members that other pages may have as well.
static void write_shared(Job *job, JsonWriter *w, Policy *policy, const CspNeeds *markup) {
  Str key = key_of(job, policy, markup);
  const uint32_t *known = strmap_find(&job->known, key);
  if (known) {
    buf_put(w->out, job->written.data[*known]);
    return;
  }
  size_t start = w->out->len;
  write_policy(job, w, policy, markup);
  if (job->written.len == MOST_WRITTEN) return;
  *strmap_put(job->arena, &job->known, str_copy(job->arena, key), NULL) = (uint32_t)job->written.len;
  vec_push(job->arena, &job->written, str_copy(job->arena, str_skip(buf_str(w->out), start)));
}

static void write_page(Job *job, JsonWriter *w, uint32_t page, const CspNeeds *markup) {
  const Page *row = ir_page(job->ir, (PageId){page});
  Policy policy = {0};
  find_integrations(job, &policy.integrations, page);
  json_key(w, ir_str(job->ir, row->name));
  json_object(w);
  json_string_member(w, "path", ir_str(job->ir, row->path));
  write_shared(job, w, &policy, markup);
  json_close(w, '}');
  arena_reset(&job->page);
}

// Those of one integration lie together.
static IrRange *live_ranges(const Ir *ir, Arena *arena) {
  IrRange *ranges = arena_array(arena, IrRange, ir->integrations.len + 1);
  for (uint32_t n = 1; n <= ir->live_releases.len; n++) {
    IrRange *range = &ranges[ir_live_release(ir, (LiveReleaseId){n})->integration.n];
    if (!range->count++) range->first = n;
  }
  return ranges;
}

typedef struct NamedPage {
  Str name;
  uint32_t page;
} NamedPage;

static int by_page_name(const void *a, const void *b) {
  return str_cmp(((const NamedPage *)a)->name, ((const NamedPage *)b)->name);
}

// By name, so that a page from a view stands where its HTML would. Without views they mostly come so.
static NamedPage *sorted_pages(const Ir *ir, Arena *arena) {
  NamedPage *pages = arena_array(arena, NamedPage, ir->pages.len + 1);
  bool sorted = true;
  for (uint32_t n = 1; n <= ir->pages.len; n++) {
    pages[n - 1] = (NamedPage){ir_str(ir, ir_page(ir, (PageId){n})->name), n};
    sorted &= n == 1 || by_page_name(&pages[n - 2], &pages[n - 1]) <= 0;
  }
  if (!sorted) qsort(pages, ir->pages.len, sizeof *pages, by_page_name);
  return pages;
}

void emit_content_security_policy(const Ir *ir, const CspNeeds *markup, Arena *arena, Buf *out,
                                  CspFlush *flush, void *context) {
  static const CspNeeds none = {0};
  size_t count = ir->integrations.len + 1;
  Job job = {.ir = ir,
             .arena = arena,
             .of = arena_array(arena, CspNeeds *, count),
             .seen = arena_array(arena, uint32_t, count),
             .live = live_ranges(ir, arena)};
  JsonWriter w = json_begin(out, STR("content-security-policy"));
  json_key(&w, STR("pages"));
  json_object(&w);
  const NamedPage *pages = sorted_pages(ir, arena);
  for (uint32_t i = 0; i < ir->pages.len; i++) {
    write_page(&job, &w, pages[i].page, markup ? &markup[pages[i].page - 1] : &none);
    if (flush && out->len >= LONG_TEXT) flush(context, out);
  }
  json_close(&w, '}');
  json_end(&w);
  arena_free(&job.page);
}

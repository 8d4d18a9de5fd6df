/* Pages as editors and template engines write them: a head with links, navigation, cards, a table, a
 * form, and paragraphs with references and inline tags. Which part comes next is pseudo-random, with
 * a fixed seed. */
#include "pages.h"

#include <time.h>

#include "base/buf.h"
#include "base/file.h"

static const char *const words[] = {"the",     "order", "of",      "delivery", "customer", "and",
                                    "price",   "was",   "changed", "because",  "a",        "shop",
                                    "sends",   "every", "message", "to",       "partners", "within",
                                    "minutes", "so",    "that",    "stock",    "remains",  "correct"};

static unsigned next(unsigned *seed) {
  *seed = *seed * 1103515245u + 12345u;
  return *seed >> 16;
}

static void put_words(Buf *out, unsigned *seed, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    if (i) buf_char(out, i % 13 == 12 ? '\n' : ' ');
    buf_put(out, str_from(words[next(seed) % (sizeof words / sizeof *words)]));
  }
}

static void put_head(Buf *out, unsigned *seed, unsigned page) {
  buf_printf(
      out,
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>Page %u</title>\n"
      "  <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
      page);
  for (unsigned i = 0; i < 4; i++) {
    buf_printf(out, "  <link rel=\"stylesheet\" href=\"/assets/css/site-%u.css?v=%u\">\n", i, next(seed));
  }
  buf_put(out,
          STR("  <style>body { margin: 0; font: 16px/1.5 sans-serif } .card { padding: 1rem }</style>\n"
              "  <script>window.page = { id: 1, tags: [] }; if (1 < 2) init();</script>\n</head>\n<body>\n"));
}

static void put_nav(Buf *out, unsigned *seed) {
  buf_put(out, STR("<nav class=\"navbar navbar-expand-lg\" role=\"navigation\">\n  <ul class=\"nav\">\n"));
  for (unsigned i = 0; i < 9; i++) {
    buf_printf(out, "    <li class=\"nav-item\"><a class=\"nav-link\" href=\"/section/%u\">",
               next(seed) % 99);
    put_words(out, seed, 2);
    buf_put(out, STR("</a></li>\n"));
  }
  buf_put(out, STR("  </ul>\n</nav>\n"));
}

static void put_card(Buf *out, unsigned *seed) {
  unsigned id = next(seed);
  buf_printf(out,
             "      <div class=\"col-md-4 card\" id=\"card-%u\" data-kind=\"product\">\n        <img "
             "src=\"/images/p%u.jpg\" alt=\"Product\" width=\"320\" height=\"200\">\n        <h3 "
             "class=\"card-title\"><a href=\"/products/%u\">",
             id, id, id);
  put_words(out, seed, 3);
  buf_put(out, STR("</a></h3>\n        <p class=\"card-text\">"));
  put_words(out, seed, 18);
  buf_printf(out, " &mdash; <b>%u&nbsp;&euro;</b></p>\n      </div>\n", next(seed) % 1000);
}

static void put_table(Buf *out, unsigned *seed) {
  buf_put(out, STR("    <table class=\"table\">\n      <tr><th>Name</th><th>Amount</th></tr>\n"));
  for (unsigned i = 0; i < 8; i++) {
    buf_put(out, STR("      <tr>\n        <td>"));
    put_words(out, seed, 2);
    buf_printf(out, "</td>\n        <td class=\"number\">%u</td>\n      </tr>\n", next(seed));
  }
  buf_put(out, STR("    </table>\n"));
}

static void put_form(Buf *out, unsigned *seed) {
  buf_put(out, STR("    <form action=\"/send\" method=\"post\" class=\"form\">\n"));
  for (unsigned i = 0; i < 4; i++) {
    unsigned id = next(seed);
    buf_printf(out,
               "      <label for=\"f%u\">Field</label>\n      <input type=\"text\" id=\"f%u\" name=\"f%u\" "
               "placeholder=\"Your answer\" required>\n",
               id, id, id);
  }
  buf_put(out, STR("      <button type=\"submit\" class=\"btn btn-primary\">Send</button>\n    </form>\n"));
}

static void put_paragraph(Buf *out, unsigned *seed) {
  buf_put(out, STR("    <p>"));
  put_words(out, seed, 60);
  buf_put(out, STR(" <em>"));
  put_words(out, seed, 4);
  buf_put(out, STR("</em> <a href=\"https://example.org/more?x=1&amp;y=2\">"));
  put_words(out, seed, 3);
  buf_put(out, STR("</a>.</p>\n    <!-- end of paragraph -->\n"));
}

static void put_page(Buf *out, unsigned *seed, unsigned page) {
  static void (*const parts[])(Buf *, unsigned *) = {put_card, put_card,      put_card,      put_table,
                                                     put_form, put_paragraph, put_paragraph, put_nav};
  put_head(out, seed, page);
  put_nav(out, seed);
  buf_put(out, STR("<main class=\"container\">\n"));
  while (out->len < 13900) parts[next(seed) % 8](out, seed);
  buf_put(out, STR("</main>\n</body>\n</html>\n"));
}

static Str padded(Arena *arena, Str s) {
  char *copy = arena_alloc(arena, s.len + FILE_PADDING + 1);
  memcpy(copy, s.data, s.len);
  memset(copy + s.len, 0, FILE_PADDING + 1);
  return (Str){copy, s.len};
}

void bench_make_pages(Arena *arena, size_t count, Pages *pages) {
  Buf page = {0};
  unsigned seed = 1;
  for (size_t i = 0; i < count; i++) {
    buf_clear(&page);
    put_page(&page, &seed, (unsigned)i);
    vec_push(arena, pages, padded(arena, buf_str(&page)));
  }
  buf_free(&page);
}

bool bench_read_page(Arena *arena, Str path, Pages *pages) {
  Str text;
  if (file_read(path, arena, 0, &text) != 0) return false;
  vec_push(arena, pages, text);
  return true;
}

size_t bench_bytes(const Pages *pages) {
  size_t bytes = 0;
  for (size_t i = 0; i < pages->len; i++) bytes += pages->data[i].len;
  return bytes;
}

double bench_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* fxc-html5lib: answers the requests of an html5lib runner, one JSON object a line.
 *
 *   {"op":"tokens","data":STR,"state":STR,"lastStartTag":STR}  -> {"tokens":[...],"errors":[...]}
 *   {"op":"tree","data":STR,"fragment":STR,"scripting":BOOL}   -> {"tree":STR}
 *
 * What cannot be answered is {"skip":WHY}. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "html5lib.h"

typedef struct Line {
  Arena arena;
  Str text;
  Buf out, tree;
} Line;

static void answer_tree(Line *line, const Html5libRequest *request) {
  const char *fragment = request->fragment.data ? str_cstr(&line->arena, request->fragment) : NULL;
  if (!html5lib_tree ||
      !html5lib_tree(request->data.data, request->data.len, fragment, request->scripting, &line->tree)) {
    buf_put(&line->out, STR("{\"skip\":\"tree\"}"));
    return;
  }
  buf_put(&line->out, STR("{\"tree\":"));
  html5lib_put_string(&line->out, buf_str(&line->tree));
  buf_char(&line->out, '}');
}

static void answer(void *arg) {
  Line *line = arg;
  Html5libRequest request;
  if (!html5lib_read(&line->arena, line->text, &request)) {
    buf_put(&line->out, STR("{\"skip\":\"not a request\"}"));
  } else if (str_eq(request.op, STR("tokens"))) {
    html5lib_tokens(&line->arena, &request, &line->out);
  } else if (str_eq(request.op, STR("tree"))) {
    answer_tree(line, &request);
  } else {
    buf_put(&line->out, STR("{\"skip\":\"unknown op\"}"));
  }
}

int main(void) {
  Line line = {0};
  char *text = NULL;
  size_t space = 0;
  ssize_t len;
  int status = 0;
  while (status == 0 && (len = getline(&text, &space, stdin)) > 0) {
    line.text = (Str){text, (size_t)len};
    buf_clear(&line.out);
    buf_clear(&line.tree);
    if (mem_guard(answer, &line)) {
      fwrite(line.out.data, 1, line.out.len, stdout);
      putchar('\n');
      fflush(stdout);
    } else {
      fputs("fxc-html5lib: out of memory\n", stderr);
      status = 3;
    }
    arena_reset(&line.arena);
  }
  free(text);
  arena_free(&line.arena);
  buf_free(&line.out);
  buf_free(&line.tree);
  return status;
}

/* In: the URL of a binding, with holes. Out: what is wrong with it. Who calls an operation may choose parts
 * of the path and of the query, never where the request goes. */
#include "passes/binding_url.h"

#include "ir/interpolation.h"
#include "passes/bindings.h"

size_t binding_url_host_end(Str url) {
  size_t i = 0;
  if (str_starts(url, STR("https://"))) i = 8;
  if (str_starts(url, STR("http://"))) i = 7;
  if (i == 0 && str_starts(url, STR("{"))) {
    ptrdiff_t end = str_find_char(url, '}');
    return end > 0 ? (size_t)end + 1 : url.len;
  }
  while (i < url.len && url.data[i] != '/' && url.data[i] != '?' && url.data[i] != '#') i++;
  return i;
}

static void check_hole(const RefScope *scope, const Binding *binding, const InterpolationPart *part,
                       DiagBag *diags) {
  Str url = ir_str(scope->ir, binding->url.sym);
  Span span = reference_part(binding->url.span, url, part->at, part->text.len);
  Reference ref;
  if (!reference_resolve(scope, part->text, span, &ref, diags)) {
    if (!scope->operation) return;  // reported already: nothing has parameters then
    if (diags->list.len && vec_last(&diags->list)->code == FX2006)
      diag_help(vec_last(&diags->list), "a brace that is meant as such is written twice: {{%.*s}}",
                STR_ARG(part->text));
    return;
  }
  Str name = part->text;
  if (!reference_is_scalar(ref.type)) {
    Str type = reference_type_text(diags->arena, scope->ir, ref.type);
    diag_label(diag_add(diags, FX2007, span, "'%.*s' can not be part of a URL: it is %.*s", STR_ARG(name),
                        STR_ARG(type)),
               span, "expected a text, a number or a boolean");
  } else if (ref.kind == REF_PARAM && part->at < binding_url_host_end(url)) {
    Diag *d = diag_add(diags, FX2007, span, "a parameter can not choose the host of a request");
    diag_label(d, span, "part of the address's beginning");
    diag_help(d, "let a config value say it, or write it out");
  } else if (ref.type.optional) {
    Diag *d = diag_add(diags, FX2007, span, "'%.*s' may be missing, and the URL needs it", STR_ARG(name));
    diag_label(d, span, "optional");
    diag_help(d, "put it into 'query', where it is left out when it is missing");
  }
}

static void check_form(const RefScope *scope, const Binding *binding, DiagBag *diags) {
  Str url = ir_str(scope->ir, binding->url.sym);
  bool rooted = str_starts(url, STR("/")) && !str_starts(url, STR("//"));
  bool http = str_starts(url, STR("https://")) || str_starts(url, STR("http://"));
  for (size_t i = 0; i < url.len; i++) {
    if ((unsigned char)url.data[i] > ' ' && url.data[i] != '\\' && url.data[i] != 0x7F) continue;
    Span span = reference_part(binding->url.span, url, i, 1);
    Diag *d = diag_add(diags, FX2007, span, "a URL has no white space, control character or backslash in it");
    diag_help(d, "write a space as %%20");
    return;
  }
  if (!rooted && !http && !str_starts(url, STR("{"))) {
    Diag *d = diag_add(diags, FX2007, binding->url.span, "'%.*s' is no address of a provider", STR_ARG(url));
    diag_help(d, "write https://…, or a path on the page's own host: /…");
    return;
  }
  if (!rooted || !binding_is_secret(scope->ir, scope->release, binding)) return;
  Diag *d = diag_add(diags, FX2007, binding->url.span, "the server half needs a whole address");
  diag_label(d, binding->url.span, "a path alone is one for browsers");
  diag_help(d, "the binding uses the environment, so that it runs on the server: write https://…");
}

void binding_check_url(const RefScope *scope, const Binding *binding, DiagBag *diags) {
  if (!binding->url.sym) return;
  Interpolation parts = interpolation_read(diags->arena, ir_str(scope->ir, binding->url.sym));
  check_form(scope, binding, diags);
  for (size_t i = 0; i < parts.len; i++)
    if (parts.data[i].hole) check_hole(scope, binding, &parts.data[i], diags);
}

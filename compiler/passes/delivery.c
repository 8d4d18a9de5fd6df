/* How an integration is delivered. In: releases, routes, fallbacks, names. Out: FX2013 deprecated without a
 * guide, FX2014 production without a fallback, FX2015 shares that do not add up, FX2018 names of vendors. */
#include <math.h>

#include "passes/types.h"

static void check_guides(Ir *ir, const Integration *integration, DiagBag *diags) {
  for (uint32_t i = 0; i < integration->releases.count; i++) {
    const Release *release = ir_release_at(ir, integration->releases, i);
    if (release->status != IR_DEPRECATED || release->guide.sym) continue;
    Str name = ir_str(ir, integration->name), label = ir_str(ir, release->label.sym);
    Diag *d = diag_add(diags, FX2013, release->span, "the deprecated release '%.*s' of '%.*s' has no migration guide",
                       STR_ARG(label), STR_ARG(name));
    diag_label(d, release->span, "deprecated");
    diag_help(d, "say where the way to a newer release is described: migration_guide (guide in .fx)");
  }
}

static void check_fallback(Ir *ir, const Integration *integration, DiagBag *diags) {
  if (!ir->production || integration->fallbacks.count || integration->releases.count == 0) return;
  Str name = ir_str(ir, integration->name);
  Diag *d = diag_add(diags, FX2014, integration->span, "'%.*s' goes to production without a fallback", STR_ARG(name));
  diag_label(d, integration->span, "declared here");
  diag_help(d, "add a fallback; 'static' leaves the concept's own markup in place");
}

// Routes without conditions share all calls; those with conditions only take what they match.
static void check_shares(Ir *ir, const Integration *integration, DiagBag *diags) {
  double sum = 0;
  Span all = SPAN_NONE;
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    const Route *route = ir_route_at(ir, integration->routes, i);
    if (isnan(route->share.number)) continue;
    sum += route->share.number;
    all = span_exists(all) ? span_join(all, route->share.span) : route->share.span;
  }
  if (!span_exists(all) || fabs(sum - 1) < 1e-9) return;
  Diag *d = diag_add(diags, FX2015, all, "the shares of the routes add up to %g%%, not to 100%%", sum * 100);
  for (uint32_t i = 0; i < integration->routes.count; i++) {
    const Route *route = ir_route_at(ir, integration->routes, i);
    if (!isnan(route->share.number)) diag_note(d, route->share.span, "%g%% here", route->share.number * 100);
  }
  diag_help(d, "change the shares so that they add up to 100%%");
}

static const char *const vendors[] = {
    "adyen",  "aws",    "algolia",  "auth0",    "azure",    "braintree", "cloudinary", "elasticsearch", "facebook",
    "firebase", "google", "here",   "hubspot",  "klarna",   "mailchimp", "mailgun",    "mapbox",        "microsoft",
    "mixpanel", "okta",  "openai",  "paypal",   "plaid",    "salesforce", "segment",   "sendgrid",      "sentry",
    "shopify", "smarty", "smartystreets", "square", "stripe", "tomtom",  "twilio",     "typesense",     "zendesk",
};

// "google-maps" and "stripe" are named after vendors; "square-root" would be, too: it is a warning.
static bool is_named_after(Str name, Str vendor) {
  return str_starts(name, vendor) && (name.len == vendor.len || name.data[vendor.len] == '-');
}

static Str vendor_of(const Ir *ir, Str name) {
  for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
    if (is_named_after(name, str_from(vendors[i]))) return str_from(vendors[i]);
  for (size_t i = 0; i < ir->releases.len; i++) {
    const Release *release = &ir->releases.data[i];
    Str provider = ir_str(ir, release->provider.sym);
    bool library = ir_integration(ir, release->integration)->place == IR_PLACE_STDLIB;
    if (library && provider.len && is_named_after(name, provider)) return provider;
  }
  return STR_NONE;
}

static void check_name(Ir *ir, const Integration *integration, DiagBag *diags) {
  if (integration->place == IR_PLACE_STDLIB) return;
  Str name = ir_str(ir, integration->name), vendor = vendor_of(ir, name);
  if (!vendor.len) return;
  Diag *d = diag_add(diags, FX2018, integration->span, "'%.*s' is named after a vendor, '%.*s'", STR_ARG(name),
                     STR_ARG(vendor));
  diag_label(d, integration->span, "a name outlives a vendor when it says what the page needs");
  diag_help(d, "name the capability, such as 'address-validation', and keep the vendor as its provider");
}

void types_check_delivery(Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  if (integration->place == IR_PLACE_PROJECT) check_guides(ir, integration, diags);
  if (integration->place == IR_PLACE_PROJECT) check_fallback(ir, integration, diags);
  check_shares(ir, integration, diags);
  check_name(ir, integration, diags);
}

/* Names of vendors. In: integrations and the providers that the standard library knows. Out: FX2018. */
#include "passes/types.h"

static const char *const vendors[] = {
    "adyen",      "aws",           "algolia",   "auth0",    "azure",     "braintree",
    "cloudinary", "elasticsearch", "facebook",  "firebase", "google",    "here",
    "hubspot",    "klarna",        "mailchimp", "mailgun",  "mapbox",    "microsoft",
    "mixpanel",   "okta",          "openai",    "paypal",   "plaid",     "salesforce",
    "segment",    "sendgrid",      "sentry",    "shopify",  "smarty",    "smartystreets",
    "square",     "stripe",        "tomtom",    "twilio",   "typesense", "zendesk",
};

// Vendors by name, in the order in which they are looked for: those above, then the library's providers.
typedef struct Vendors {
  Arena *arena;
  StrMap index;
} Vendors;

static void add_vendor(Vendors *list, Str vendor) {
  bool added;
  uint32_t rank = (uint32_t)list->index.len;
  uint32_t *known = strmap_put(list->arena, &list->index, vendor, &added);
  if (added) *known = rank;
}

static Vendors all_vendors(const Ir *ir) {
  Vendors list = {.arena = ir->arena};
  for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++) add_vendor(&list, str_from(vendors[i]));
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *library = &ir->integrations.data[i];
    if (library->place != IR_PLACE_STDLIB) continue;
    for (uint32_t r = 0; r < library->releases.count; r++) {
      Str provider = ir_str(ir, ir_release_at(ir, library->releases, r)->provider.sym);
      if (provider.len) add_vendor(&list, provider);
    }
  }
  return list;
}

// "google-maps" and "stripe" are named after vendors; "square-root" would be, too: it is a warning.
static Str vendor_of(const Vendors *list, Str name) {
  Str found = STR_NONE;
  uint32_t first = UINT32_MAX;
  for (size_t end = 1; end <= name.len; end++) {
    if (end < name.len && name.data[end] != '-') continue;
    const uint32_t *rank = strmap_find(&list->index, str_take(name, end));
    if (!rank || *rank >= first) continue;
    first = *rank;
    found = str_take(name, end);
  }
  return found;
}

static void check_name(const Ir *ir, const Vendors *list, const Integration *integration, DiagBag *diags) {
  Str name = ir_str(ir, integration->name), vendor = vendor_of(list, name);
  if (!vendor.len) return;
  Diag *d = name.len == vendor.len
                ? diag_add(diags, FX2018, integration->span, "'%.*s' is the name of a vendor", STR_ARG(name))
                : diag_add(diags, FX2018, integration->span, "'%.*s' is named after a vendor, '%.*s'",
                           STR_ARG(name), STR_ARG(vendor));
  diag_label(d, integration->span, "a name outlives a vendor when it says what the page needs");
  diag_help(d, "name the capability, such as 'address-validation', and keep the vendor as its provider");
}

void types_check_names(Ir *ir, DiagBag *diags) {
  Vendors list = all_vendors(ir);
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *integration = &ir->integrations.data[i];
    if (!integration->shadowed && integration->place != IR_PLACE_STDLIB)
      check_name(ir, &list, integration, diags);
  }
}

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

// "google-maps" and "stripe" are named after vendors; "square-root" would be, too: it is a warning.
static bool is_named_after(Str name, Str vendor) {
  return str_starts(name, vendor) && (name.len == vendor.len || name.data[vendor.len] == '-');
}

static Str provider_in(const Ir *ir, const Integration *library, Str name) {
  for (uint32_t i = 0; i < library->releases.count; i++) {
    Str provider = ir_str(ir, ir_release_at(ir, library->releases, i)->provider.sym);
    if (provider.len && is_named_after(name, provider)) return provider;
  }
  return STR_NONE;
}

static Str vendor_of(const Ir *ir, Str name) {
  for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
    if (is_named_after(name, str_from(vendors[i]))) return str_from(vendors[i]);
  for (size_t i = 0; i < ir->integrations.len; i++) {
    const Integration *library = &ir->integrations.data[i];
    Str provider = library->place == IR_PLACE_STDLIB ? provider_in(ir, library, name) : STR_NONE;
    if (provider.len) return provider;
  }
  return STR_NONE;
}

void types_check_name(Ir *ir, IntegrationId id, DiagBag *diags) {
  const Integration *integration = ir_integration(ir, id);
  if (integration->place == IR_PLACE_STDLIB) return;
  Str name = ir_str(ir, integration->name), vendor = vendor_of(ir, name);
  if (!vendor.len) return;
  Diag *d = name.len == vendor.len
                ? diag_add(diags, FX2018, integration->span, "'%.*s' is the name of a vendor", STR_ARG(name))
                : diag_add(diags, FX2018, integration->span, "'%.*s' is named after a vendor, '%.*s'",
                           STR_ARG(name), STR_ARG(vendor));
  diag_label(d, integration->span, "a name outlives a vendor when it says what the page needs");
  diag_help(d, "name the capability, such as 'address-validation', and keep the vendor as its provider");
}

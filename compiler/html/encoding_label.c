/* Encodings by their labels (Encoding Standard, section 4.2). */
#include "html/encoding_table.h"

static const Encoding encodings[] = {
    {"", ENCODING_KIND_UTF8, NULL},
#define ENCODING(constant, name, kind, iconv_name) {name, ENCODING_KIND_##kind, iconv_name},
#include "encodings.def"
#undef ENCODING
};

static const struct {
  const char *label;
  EncodingId id;
} labels[] = {
#define LABEL(label, encoding) {label, ENCODING_##encoding},
#include "encoding_labels.def"
#undef LABEL
};

const Encoding *encoding_get(EncodingId id) { return &encodings[id]; }

static int compare(Str label, const char *entry) {
  for (size_t i = 0; i < label.len; i++) {
    unsigned char c = (unsigned char)label.data[i], e = (unsigned char)entry[i];
    if (c >= 'A' && c <= 'Z') c |= 0x20;
    if (c != e || !e) return c < e ? -1 : 1;
  }
  return entry[label.len] ? -1 : 0;
}

EncodingId encoding_of_label(Str label) {
  label = str_trim(label);
  size_t low = 0, high = sizeof labels / sizeof *labels;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(label, labels[middle].label);
    if (order == 0) return labels[middle].id;
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return ENCODING_NONE;
}

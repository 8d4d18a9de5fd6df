/* What the short way of html/quick.h may do with each tag, by the rules "in body" that
 * grammar/html_tag_rules.def names. Surprising: a tag that the table of tags does not have goes by "any
 * other", which is 0; unknown names and what moves other nodes do not. */
#include "html/quick.h"

enum {
  START_html = QUICK_NOT,
  START_head = QUICK_NOT,
  START_body = QUICK_NOT,
  START_frameset = QUICK_NOT,
  START_block = QUICK_BLOCK,
  START_heading = QUICK_BLOCK | QUICK_HEADING,
  START_pre = QUICK_NOT,
  START_form = QUICK_NOT,
  START_li = QUICK_BLOCK | QUICK_ITEM,
  START_dd = QUICK_BLOCK | QUICK_ITEM,
  START_plaintext = QUICK_NOT,
  START_button = QUICK_NOT,
  START_a = QUICK_FORMATTING | QUICK_ALONE,
  START_formatting = QUICK_FORMATTING,
  START_nobr = QUICK_NOT,
  START_object = QUICK_NOT,
  START_table = QUICK_NOT,
  START_void = QUICK_VOID,
  START_track = QUICK_VOID,
  START_image = QUICK_NOT,
  START_textarea = QUICK_NOT,
  START_xmp = QUICK_NOT,
  START_iframe = QUICK_NOT,
  START_rawtext = QUICK_NOT,
  START_noscript = QUICK_NOT,
  START_rb = QUICK_NOT,
  START_rt = QUICK_NOT,
  START_math = QUICK_NOT,
  START_svg = QUICK_NOT,
  START_ignored = QUICK_NOT | QUICK_VOID,  // leaves nothing that is open
  START_other = 0,
  START_input = QUICK_NOT,
  START_hr = QUICK_NOT,
  START_select = QUICK_NOT,
  START_option = QUICK_NOT,
  START_optgroup = QUICK_NOT,
};

enum {
  END_template = QUICK_NOT,
  END_body = QUICK_NOT,
  END_html = QUICK_NOT,
  END_block = 0,
  END_form = QUICK_NOT,
  END_p = 0,
  END_li = 0,
  END_dd = 0,
  END_heading = 0,
  END_formatting = QUICK_FORMATTING,
  END_object = QUICK_NOT,
  END_br = QUICK_NOT,
  END_other = 0,
};

// The parts of tables have end tags "in cell" that are not those "in body". Their start tags are ignored in
// both.
#define END_OF(start, end) (START_##start == START_ignored ? QUICK_NOT : END_##end)

const QuickTag html_quick_tags[HTML_TAG_COUNT] = {
    [HTML_TAG_OTHER] = {QUICK_NOT, QUICK_NOT},
    [HTML_TAG_SELECTEDCONTENT] = {QUICK_NOT, 0},
#define RULE(tag, traits, start, end) [HTML_TAG_##tag] = {START_##start, END_OF(start, end)},
#include "html_tag_rules.def"
#undef RULE
};

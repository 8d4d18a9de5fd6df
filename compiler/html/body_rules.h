/* The rules of the insertion mode "in body", which grammar/html_tag_rules.def names. */
#ifndef FXC_HTML_BODY_RULES_H
#define FXC_HTML_BODY_RULES_H

#include "html/builder.h"

// modes_body.c
HtmlRule body_start_html, body_start_head, body_start_body, body_start_frameset, body_start_block,
    body_start_heading, body_start_pre, body_start_form, body_start_li, body_start_dd, body_start_plaintext,
    body_start_button, body_start_a, body_start_formatting, body_start_nobr, body_start_object,
    body_start_table, body_start_void, body_start_track, body_start_image, body_start_textarea,
    body_start_xmp, body_start_iframe, body_start_rawtext, body_start_noscript, body_start_rb, body_start_rt,
    body_start_math, body_start_svg, body_start_ignored, body_start_other;

// select.c
HtmlRule body_start_input, body_start_hr, body_start_select, body_start_option, body_start_optgroup;

// modes_body_end.c
HtmlRule body_end_template, body_end_body, body_end_html, body_end_block, body_end_form, body_end_p,
    body_end_li, body_end_dd, body_end_heading, body_end_formatting, body_end_object, body_end_br,
    body_end_other;

#endif

/* Inside html/: the greater part of a page, passed at a few instructions a tag. */
#ifndef FXC_HTML_SKIM_PLAIN_H
#define FXC_HTML_SKIM_PLAIN_H

#include "html/skim.h"

/// Passes text and plain tags from skim->at on: those whose values are all in quotes and behind which no raw
/// text or foreign content can begin. Ends behind the first that lies over `target`, or at another piece of
/// markup before it, which it answers; NULL when there is none.
const char *html_skim_plain(HtmlSkim *skim, const char *target);

#endif

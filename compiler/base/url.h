/* What a URL would do in a browser, as far as safety asks. */
#ifndef FXC_BASE_URL_H
#define FXC_BASE_URL_H

#include "base/str.h"

/// Whether a browser would run the value as a script where it expects a URL: "javascript:" or "vbscript:",
/// with what the URL parser drops (WHATWG URL, 4.4: leading C0 controls and spaces; tab and line breaks
/// anywhere) dropped.
bool url_runs_script(Str value);

#endif

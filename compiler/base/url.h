/* What a URL would do in a browser, as far as safety asks. */
#ifndef FXC_BASE_URL_H
#define FXC_BASE_URL_H

#include "base/str.h"

/// Whether a browser would run the value as a script where it expects a URL: "javascript:" or "vbscript:",
/// with what the URL parser drops (WHATWG URL, 4.4: leading C0 controls and spaces; tab and line breaks
/// anywhere) dropped.
bool url_runs_script(Str value);

/// Where a URL leads, as a source expression of a Content-Security-Policy (CSP 3, 2.3.1):
/// "https://a.example:8080", "a.example" for one that takes the page's scheme ("//…"), "data:" and "blob:".
/// Where such an expression can not name the host (an IPv6 address, letters beyond ASCII) the scheme alone.
/// "" for what has no origin of its own, as relative URLs. Parsed as browsers do (WHATWG URL, 4.4); on the
/// arena.
Str url_source(Arena *arena, Str url);

#endif

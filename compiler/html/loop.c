/* The loop of tree construction, for every processor. In and out: see html/loop.def. */
#define HTML_NEXT html_next
#define HTML_RUN html_run
#include "html/loop.def"

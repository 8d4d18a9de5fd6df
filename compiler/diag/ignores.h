/* What a suppression comment came to (workspace/ignore.h reads and applies them). Here, so that it can be
 * kept from run to run. */
#ifndef FXC_DIAG_IGNORES_H
#define FXC_DIAG_IGNORES_H

#include "diag/diag.h"

/// One code of one comment.
typedef struct Ignore {
  DiagCode code;
  Span place;    // the code in the comment
  Span removed;  // what has to go when it is of no use: the comment, or the code and its comma
  Span scope;    // absent: nothing follows the comment
  bool whole;    // `removed` is the comment
  bool ours;     // of the project; others are not told of
  bool used, met_error;
} Ignore;

typedef VEC(Ignore) Ignores;

#endif

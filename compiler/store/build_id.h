/* What identifies this build of fxc, so that nothing of one build is taken for another's. */
#ifndef FXC_STORE_BUILD_ID_H
#define FXC_STORE_BUILD_ID_H

#include "base/hash.h"

/// The same for the same program on any machine, another for any other program: from the build ID that the
/// linker puts into the executable (NT_GNU_BUILD_ID); without one, of the executable's size and times. The
/// versions of libyaml and cJSON, which are shared libraries, are part of it. Worked out once.
Digest build_id(void);

#endif

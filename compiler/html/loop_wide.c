/* The loop of tree construction for processors with AVX2. In and out: see html/loop.def. Surprising: all that
 * is included is compiled for them, which is how html/scan.h knows. */
#if defined(__x86_64__) && !defined(FXC_NO_SIMD)
#pragma GCC target("avx2,bmi,bmi2")
#endif
#define HTML_NEXT html_next_wide
#define HTML_RUN html_run_wide
#include "html/loop.def"

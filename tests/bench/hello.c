/* The least that a process can be: the dynamic linker, the C library, one line. */
#include <stdio.h>

int main(void) {
  puts("hello, world");
  return 0;
}

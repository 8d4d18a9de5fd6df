// In: folders. Out: what happens in them. What may surprise: an event about a folder that is no longer
// watched (IN_IGNORED) is passed over, since whatever ended the watch was told by itself.
#include "base/notify.h"

#include <errno.h>

#ifdef __linux__

#include <limits.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { EVENT_SPACE = 64 * 1024 };

int notify_open(int *queue) {
  *queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  return *queue < 0 ? errno : 0;
}

// The path with a NUL behind it. 0 or an errno value.
static int c_path(Str path, char text[PATH_MAX]) {
  if (path.len >= PATH_MAX) return ENAMETOOLONG;
  if (!path.len) return ENOENT;
  memcpy(text, path.data, path.len);
  text[path.len] = '\0';
  return 0;
}

int notify_add(int queue, Str path, NotifyScope scope, int *folder) {
  static const uint32_t names = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                                IN_MOVE_SELF | IN_ONLYDIR | IN_MASK_ADD;
  static const uint32_t contents = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB;
  char text[PATH_MAX];
  int error = c_path(path, text);
  if (error) return error;
  *folder = inotify_add_watch(queue, text, scope == NOTIFY_ALL ? names | contents : names);
  return *folder < 0 ? errno : 0;
}

static void tell(const struct inotify_event *raw, NotifyVisitor *visit, void *context) {
  if (raw->mask & IN_IGNORED) return;
  NotifyEvent event = {
      .folder = raw->wd > 0 ? raw->wd : 0,
      .name = raw->len ? str_from(raw->name) : STR(""),
      .is_folder = (raw->mask & IN_ISDIR) != 0,
      .gone = (raw->mask & (IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0,
      .lost = (raw->mask & IN_Q_OVERFLOW) != 0};
  visit(context, &event);
}

int notify_read(int queue, NotifyVisitor *visit, void *context) {
  _Alignas(struct inotify_event) char space[EVENT_SPACE];
  for (;;) {
    ssize_t got = read(queue, space, sizeof space);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return 0;
    if (got <= 0) return got ? errno : 0;
    for (ssize_t at = 0; at < got;) {
      const struct inotify_event *raw = (const void *)(space + at);
      tell(raw, visit, context);
      at += (ssize_t)(sizeof *raw + raw->len);
    }
  }
}

bool notify_sees_all(Str path) {
  static const uint32_t deaf[] = {
      0x6969,      // NFS
      0x517b,      // SMB
      0xff534d42,  // CIFS
      0xfe534d42,  // SMB 2
      0x01021997,  // 9P
      0x65735546,  // FUSE
      0x786f4256,  // VirtualBox
      0x5346414f,  // AFS
      0x6b414653,  // kAFS
      0x00c36400,  // Ceph
      0x73757245,  // Coda
      0x564c,      // NCP
      0x0bd00bd0,  // Lustre
      0x47504653,  // GPFS
      0x7461636f,  // OCFS2
      0x01161970,  // GFS2
  };
  char text[PATH_MAX];
  struct statfs info;
  if (c_path(path, text) || statfs(text, &info)) return true;
  for (size_t i = 0; i < sizeof deaf / sizeof *deaf; i++)
    if ((uint32_t)info.f_type == deaf[i]) return false;
  return true;
}

#else

int notify_open(int *queue) {
  *queue = -1;
  return ENOSYS;
}

int notify_add(int queue, Str path, NotifyScope scope, int *folder) {
  (void)queue, (void)path, (void)scope, (void)folder;
  return ENOSYS;
}

int notify_read(int queue, NotifyVisitor *visit, void *context) {
  (void)queue, (void)visit, (void)context;
  return ENOSYS;
}

bool notify_sees_all(Str path) {
  (void)path;
  return false;
}

#endif

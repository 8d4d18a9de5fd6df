/* Files: reading, walking, writing whole. Failing system calls come back as errno values. */
#ifndef FXC_BASE_FILE_H
#define FXC_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/str.h"

/// Reads a whole regular file onto the arena, with a NUL behind its end (and 64 readable bytes
/// behind that, for wide scans). `limit` in bytes, 0 for none: a larger file gives EFBIG. A
/// directory gives EISDIR. Returns 0 or an errno value; *text is then empty.
int file_read(Str path, Arena *arena, size_t limit, Str *text);

enum { FILE_PADDING = 64 };

/// The folder of the file that was asked for last, held open: neighbours are asked for together, and the way
/// to a folder takes longer than a step in it. Zeroed: none is open.
typedef struct FileFolder {
  Str path;
  int fd;
  bool foreign;  // of somebody else, who may want to see that his files are read
} FileFolder;

/// file_read(), and stat(), by way of the folder, which is exchanged where the file lies in another one;
/// NULL: without one. The path outlives the folder.
int file_read_in(FileFolder *folder, Str path, Arena *arena, size_t limit, Str *text);
int file_stat_in(FileFolder *folder, Str path, struct stat *info);
/// Closes what is open.
void file_leave(FileFolder *folder);

/// Whether something is there, or a directory; links are followed.
bool file_exists(Str path);
bool file_is_directory(Str path);

/// Makes a directory and its parents. 0 or an errno value.
int file_make_directories(Str path);

/// Writes a file so that a reader sees the old or the new content, never a part: a temporary
/// neighbour and a rename. 0 or an errno value; the temporary file is gone then. A device, a pipe and what
/// /dev and /proc link to are written to as they stand.
int file_write_atomic(Str path, Str content);

/// The first half of file_write_atomic(): the content in a temporary neighbour, whose path is then in *staged
/// (on the arena), with the permissions of the file. file_put() is the other half, file_unstage() throws the
/// neighbour away. 0 or an errno value; no neighbour is left then.
int file_stage(Arena *arena, Str path, Str content, Str *staged);
int file_put(Str staged, Str path);
void file_unstage(Str staged);

/// Removes from a folder the temporary neighbours that processes left which were killed. What cannot be
/// removed stays.
void file_sweep(Str folder);

/// Writes a file where readers do not look yet, without a temporary neighbour. What is there is emptied
/// first; a link is not followed. 0 or an errno value.
int file_write_new(Str path, Str content);

/// Writes a file that is not there yet. EEXIST when something is, be it a link that leads nowhere; another
/// errno value, and no file, when it cannot be written.
int file_create(Str path, Str content);

/// Called for each file below the root, `path` relative to it with '/' between, on the walk's
/// arena; names in byte order, a directory's files at their place among its names. What cannot be
/// read (dangling links, pipes, sockets) comes too, told by `info`, so that it is not missed in
/// silence. Answer false to stop.
typedef bool FileVisitor(void *context, Str path, const struct stat *info);
/// Asked for each directory before it is entered (may be NULL: all but hidden ones and
/// node_modules).
typedef bool FileEnter(void *context, Str path);

/// Walks a directory tree. Symbolic links to files are files; links to directories are not
/// followed. Returns 0, or the errno value of the first directory that could not be read, whose
/// path is then in *failed (on the arena); the walk goes on behind it. A directory more than 200
/// levels down gives ENAMETOOLONG.
int file_walk(Str root, FileVisitor *visit, FileEnter *enter, void *context, Arena *arena, Str *failed);

/// The same on so many threads: directories beside each other are listed before it is their turn, and `enter`
/// is asked for some of them before files are visited that stand in front of them. Both are called by the
/// caller's thread alone.
int file_walk_on(size_t threads, Str root, FileVisitor *visit, FileEnter *enter, void *context, Arena *arena,
                 Str *failed);

/// "a/b" from "a" and "b"; an absolute `name` wins, "." and "" vanish.
Str path_join(Arena *arena, Str directory, Str name);
/// The part before the last '/', "." when there is none.
Str path_directory(Str path);
/// The part behind the last '/'.
Str path_base(Str path);
/// With "." and ".." and doubled slashes resolved in the text (links are not looked at).
Str path_normal(Arena *arena, Str path);
/// `path` as seen from `from` (both absolute or both relative to one directory).
Str path_relative(Arena *arena, Str from, Str path);

#endif

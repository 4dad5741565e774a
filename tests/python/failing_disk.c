/* A disk that fails, to be preloaded: the FAIL_SYNC-th fsync and the FAIL_WRITE-th pwrite and all behind them give EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int syncs, writes;

static int fails(const char *which, atomic_int *count) {
    const char *from = getenv(which);
    return from != NULL && ++*count >= atoi(from);
}

int fsync(int file) {
    if (fails("FAIL_SYNC", &syncs)) {
        errno = EIO;
        return -1;
    }
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return real(file);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) {
    if (fails("FAIL_WRITE", &writes)) {
        errno = EIO;
        return -1;
    }
    ssize_t (*real)(int, const void *, size_t, off_t) =
        (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    return real(file, bytes, count, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return pwrite64(file, bytes, count, offset); }

/*
 * A library that Samba's processes load first (LD_PRELOAD), so that a lab machine answers like Windows where plain Samba cannot.
 * It knows its machine by LAB_MACHINE, the machine's folder, and does nothing without it. Written for Samba 4.17 on x86-64.
 *
 *   registry   Samba overlays some keys with built-in values (Windows NT\CurrentVersion, ProductOptions and two more).
 *              Their hooks are not installed here, so what was imported is what is read.
 *   services   A service's state is the first word of the file services/NAME; a second word `disabled` makes a start fail as
 *              Windows does; a client may change it for RemoteRegistry, which Samba cannot. Samba's habit of writing its own idea of services into the registry is switched off.
 *   shares     A temporary share can be added, as on Windows. Samba says of every share that it lies on C:; where the file
 *              `drive` names another letter, that is said.
 *   pipes      A pipe is absent while pipes-denied/NAME exists; winreg also while the service RemoteRegistry is not running.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Samba's WERROR is a struct that holds one uint32_t; the x86-64 ABI returns both in the same register. */
typedef uint32_t win_error;
#define WIN_OK 0u
#define WIN_ACCESS_DENIED 5u
#define WIN_SERVICE_ALREADY_RUNNING 1056u
#define WIN_SERVICE_DISABLED 1058u
#define WIN_SERVICE_NOT_ACTIVE 1062u

static bool is_lab_process(const char *program) {
  return getenv("LAB_MACHINE") && strncmp(program_invocation_short_name, program, strlen(program)) == 0;
}

static void path_in_machine(char *path, size_t size, const char *folder, const char *name) {
  snprintf(path, size, "%s/%s/%s", getenv("LAB_MACHINE"), folder, name);
}

/* ---- services: [MS-SCMR] 2.2.47 SERVICE_STATUS */

struct service_status {
  uint32_t type, state, accepted, win32_exit_code, service_exit_code, check_point, wait_hint;
};

static const char *const state_words[] = {
    [1] = "stopped", [2] = "start-pending",    [3] = "stop-pending",  [4] = "running",
    [5] = "continue-pending", [6] = "pause-pending", [7] = "paused",
};
enum { STATE_STOPPED = 1, STATE_RUNNING = 4, STATES = sizeof state_words / sizeof *state_words };

struct service_file {
  uint32_t state;
  bool disabled;
};

static struct service_file read_service(const char *name) {
  struct service_file found = {strcmp(name, "RemoteRegistry") == 0 ? STATE_RUNNING : STATE_STOPPED, false};
  char path[512], state[24] = "", more[24] = "";
  path_in_machine(path, sizeof path, "services", name);
  FILE *file = fopen(path, "re");
  if (!file) return found;
  if (fscanf(file, "%23s %23s", state, more) >= 1) {
    for (uint32_t i = 1; i < STATES; i++)
      if (strcmp(state, state_words[i]) == 0) found.state = i;
    found.disabled = strcmp(more, "disabled") == 0;
  }
  fclose(file);
  return found;
}

/* Who reads meanwhile finds the old state or the new one, never half of one. */
static win_error write_service(const char *name, uint32_t state, bool disabled) {
  char path[512], next[520];
  path_in_machine(path, sizeof path, "services", name);
  snprintf(next, sizeof next, "%s.next", path);
  FILE *file = fopen(next, "we");
  if (!file) return WIN_ACCESS_DENIED;
  fprintf(file, "%s%s\n", state_words[state], disabled ? " disabled" : "");
  return fclose(file) == 0 && rename(next, path) == 0 ? WIN_OK : WIN_ACCESS_DENIED;
}

/* Each client's calls come to a process of their own; a Windows has one service control manager. */
static int begin_change(void) {
  char path[512];
  path_in_machine(path, sizeof path, "services", ".");
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) flock(folder, LOCK_EX);
  return folder;
}

static win_error end_change(int folder, win_error result) {
  if (folder >= 0) close(folder);
  return result;
}

static win_error query_service(const char *name, struct service_status *status) {
  enum { OWN_PROCESS = 0x10, ACCEPT_STOP_AND_SHUTDOWN = 5, NEVER_STARTED = 1077 };
  uint32_t state = read_service(name).state;
  *status = (struct service_status){
      .type = OWN_PROCESS,
      .state = state,
      .accepted = state == STATE_RUNNING ? ACCEPT_STOP_AND_SHUTDOWN : 0,
      .win32_exit_code = state == STATE_STOPPED ? NEVER_STARTED : 0,
  };
  return WIN_OK;
}

static win_error start_service(const char *name) {
  int change = begin_change();
  struct service_file now = read_service(name);
  if (now.disabled) return end_change(change, WIN_SERVICE_DISABLED);
  if (now.state == STATE_RUNNING) return end_change(change, WIN_SERVICE_ALREADY_RUNNING);
  return end_change(change, write_service(name, STATE_RUNNING, false));
}

static win_error stop_service(const char *name, struct service_status *status) {
  int change = begin_change();
  struct service_file now = read_service(name);
  if (now.state == STATE_STOPPED) return end_change(change, WIN_SERVICE_NOT_ACTIVE);
  win_error written = end_change(change, write_service(name, STATE_STOPPED, now.disabled));
  query_service(name, status);
  return written;
}

/* Samba's table of what to do with a service, one table for each kind of service that it knows. */
struct service_operations {
  win_error (*stop)(const char *, struct service_status *);
  win_error (*start)(const char *);
  win_error (*query)(const char *, struct service_status *);
};

/* [MS-SCMR] 3.1.4.12, as Samba's generated code has its parameters; only RemoteRegistry is ever changed. */
struct change_config {
  void *service;
  uint32_t type, start_type;
};
enum { START_DISABLED = 4, UNCHANGED = 0xffffffff };

static win_error change_config(void *pipe, struct change_config *change) {
  (void)pipe;
  if (change->start_type == UNCHANGED) return WIN_OK;
  int begun = begin_change();
  uint32_t state = read_service("RemoteRegistry").state;
  return end_change(begun, write_service("RemoteRegistry", state, change->start_type == START_DISABLED));
}

/* Samba calls its own functions directly, so one that is to be another has a jump for its first bytes. */
enum { JUMP = 12 };
struct replaced {
  unsigned char *code;
  unsigned char was[JUMP], is[JUMP];
};

static void put_code(unsigned char *code, const unsigned char *bytes) {
  uintptr_t page = (uintptr_t)code & ~(uintptr_t)4095;
  if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
  memcpy(code, bytes, JUMP);
  mprotect((void *)page, 8192, PROT_READ | PROT_EXEC);
}

static struct replaced replace_function(const char *name, void *by) {
  struct replaced it = {.code = dlsym(RTLD_DEFAULT, name), .is = {0x48, 0xb8, [10] = 0xff, 0xe0}}; /* mov rax, BY; jmp rax */
  if (!it.code) {
    fprintf(stderr, "lab: this Samba has no function %s; Samba 4.17 has it\n", name);
    abort();
  }
  memcpy(it.is + 2, &by, sizeof by);
  memcpy(it.was, it.code, JUMP);
  put_code(it.code, it.is);
  return it;
}

/* ---- shares: [MS-SRVS] 3.1.4.7. Samba refuses a temporary disk, which Windows takes: here it becomes a plain one. */

enum { TEMPORARY = 0x40000000, WITH_SECURITY = 502 };
struct share_info {
  const char *name;
  uint32_t type;
};
struct share_add {
  const char *server;
  uint32_t level;
  struct share_info **info;
};
static struct replaced share_add_of_samba;

static win_error add_share(void *pipe, struct share_add *add) {
  if (add->level == WITH_SECURITY && *add->info) (*add->info)->type &= ~(uint32_t)TEMPORARY;
  put_code(share_add_of_samba.code, share_add_of_samba.was);
  win_error result = ((win_error(*)(void *, struct share_add *))share_add_of_samba.code)(pipe, add);
  put_code(share_add_of_samba.code, share_add_of_samba.is);
  return result;
}

/* [MS-SRVS] 3.1.4.10 */
struct share_info_2 {
  const char *name;
  uint32_t type;
  const char *comment;
  uint32_t permissions, max_users, current_users;
  char *path;
};
struct share_get_info {
  const char *server, *share;
  uint32_t level;
  struct share_info_2 **info;
};
static struct replaced share_get_info_of_samba;

static char letter_of_drive(void) {
  char path[512], letter = 'C';
  path_in_machine(path, sizeof path, ".", "drive");
  FILE *file = fopen(path, "re");
  if (!file) return letter;
  if (fscanf(file, "%c", &letter) != 1) letter = 'C';
  fclose(file);
  return letter;
}

static win_error get_share_info(void *pipe, struct share_get_info *get) {
  put_code(share_get_info_of_samba.code, share_get_info_of_samba.was);
  win_error result = ((win_error(*)(void *, struct share_get_info *))share_get_info_of_samba.code)(pipe, get);
  put_code(share_get_info_of_samba.code, share_get_info_of_samba.is);
  if (result == WIN_OK && get->level == 2 && *get->info && (*get->info)->path && (*get->info)->path[0] == 'C')
    (*get->info)->path[0] = letter_of_drive();
  return result;
}

__attribute__((constructor)) static void take_over_services(void) {
  static const char *const tables[] = {"rcinit_svc_ops", "winreg_svc_ops", "spoolss_svc_ops", "netlogon_svc_ops", "wins_svc_ops"};
  if (!is_lab_process("rpcd_classic")) return;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    struct service_operations *table = dlsym(RTLD_DEFAULT, tables[i]);
    if (!table) {
      fprintf(stderr, "lab: this Samba has no table %s, so service states cannot be given; Samba 4.17 has it\n", tables[i]);
      abort();
    }
    table->stop = stop_service;
    table->start = start_service;
    table->query = query_service;
  }
  replace_function("_svcctl_ChangeServiceConfigW", change_config);
  share_add_of_samba = replace_function("_srvsvc_NetShareAdd", add_share);
  share_get_info_of_samba = replace_function("_srvsvc_NetShareGetInfo", get_share_info);
}

/* ---- registry */

static bool is_overlaid_key(const char *key) {
  static const char *const overlaid[] = {"\\Windows NT\\CurrentVersion", "\\ProductOptions", "\\Tcpip\\Parameters",
                                         "\\Netlogon\\Parameters"};
  for (size_t i = 0; i < sizeof overlaid / sizeof *overlaid; i++)
    if (strcasestr(key, overlaid[i])) return true;
  return false;
}

win_error reghook_cache_add(const char *key, void *operations) {
  win_error (*next)(const char *, void *) = dlsym(RTLD_NEXT, "reghook_cache_add");
  return getenv("LAB_MACHINE") && is_overlaid_key(key) ? WIN_OK : next(key, operations);
}

/* rpcd_classic writes Start, DisplayName and ImagePath of its services when it begins; the answer says "done" and nothing is. */
uint32_t dcerpc_winreg_set_dword(void *context, void *handle, void *key, const char *name, uint32_t data, uint32_t *result) {
  if (is_lab_process("rpcd_classic")) return *result = 0;
  uint32_t (*next)(void *, void *, void *, const char *, uint32_t, uint32_t *) = dlsym(RTLD_NEXT, "dcerpc_winreg_set_dword");
  return next(context, handle, key, name, data, result);
}

typedef uint32_t set_text(void *, void *, void *, const char *, const char *, uint32_t *);

uint32_t dcerpc_winreg_set_sz(void *context, void *handle, void *key, const char *name, const char *data, uint32_t *result) {
  if (is_lab_process("rpcd_classic")) return *result = 0;
  return ((set_text *)dlsym(RTLD_NEXT, "dcerpc_winreg_set_sz"))(context, handle, key, name, data, result);
}

uint32_t dcerpc_winreg_set_expand_sz(void *context, void *handle, void *key, const char *name, const char *data,
                                     uint32_t *result) {
  if (is_lab_process("rpcd_classic")) return *result = 0;
  return ((set_text *)dlsym(RTLD_NEXT, "dcerpc_winreg_set_expand_sz"))(context, handle, key, name, data, result);
}

/* ---- pipes: smbd reaches a pipe's process through the unix socket .../np/NAME */

static bool is_absent_pipe(const char *pipe) {
  char path[512];
  path_in_machine(path, sizeof path, "pipes-denied", pipe);
  return access(path, F_OK) == 0 || (strcmp(pipe, "winreg") == 0 && read_service("RemoteRegistry").state != STATE_RUNNING);
}

int connect(int socket, const struct sockaddr *address, socklen_t length) {
  static int (*next)(int, const struct sockaddr *, socklen_t);
  if (!next) next = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
  if (address->sa_family == AF_UNIX && is_lab_process("smbd")) {
    const char *pipe = strstr(((const struct sockaddr_un *)address)->sun_path, "/np/");
    if (pipe && is_absent_pipe(pipe + strlen("/np/"))) {
      errno = ENOENT;
      return -1;
    }
  }
  return next(socket, address, length);
}

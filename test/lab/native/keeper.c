/*
 * keeper: runs one lab machine, and sees to it that nothing of it stays.
 *
 *   keeper [--until-eof] FOLDER COMMAND [ARGUMENT...]
 *
 * Samba's helpers outlive smbd. The keeper is the subreaper of all of them, so every process of the machine, however it was
 * started, is in the end a child of the keeper. It ends them all, by process id, and removes FOLDER when
 *   - standard input ends (--until-eof): the process that asked for the machine is gone, however it went, or
 *   - it is told so by SIGTERM, or
 *   - COMMAND ends by itself; where it failed, FOLDER stays.
 * An interrupt from the terminal is left to whoever asked for the machine. FOLDER/keeper.pid holds the keeper's process id.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(char **command, const sigset_t *original) {
  pid_t parent = getpid(), child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  sigprocmask(SIG_SETMASK, original, NULL);
  int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, 0);
  execvp(command[0], command);
  fprintf(stderr, "keeper: cannot run %s: %s\n", command[0], strerror(errno));
  _exit(127);
}

static pid_t parent_of(const char *pid) {
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  int parent = -1;
  char *after_name = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
  if (after_name) sscanf(after_name, ") %*c %d", &parent);
  fclose(file);
  return parent;
}

/* Sends a signal to every child; true while there is one. Grandchildren become children as their parents end. */
static bool signal_children(int signal) {
  bool any = false;
  DIR *processes = opendir("/proc");
  for (struct dirent *entry; processes && (entry = readdir(processes));) {
    pid_t pid = atoi(entry->d_name);
    if (pid <= 0 || parent_of(entry->d_name) != getpid()) continue;
    any = true;
    kill(pid, signal);
  }
  if (processes) closedir(processes);
  return any;
}

static void end_everything(void) {
  enum { POLITE_ROUNDS = 50, ROUNDS = 500, PAUSE_US = 20000 };
  for (int round = 0; round < ROUNDS; round++) {
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    if (!signal_children(round < POLITE_ROUNDS ? SIGTERM : SIGKILL)) return;
    usleep(PAUSE_US);
  }
}

static void remove_folder(char *folder, const sigset_t *original) {
  pid_t child = start((char *[]){"rm", "-rf", "--", folder, NULL}, original);
  waitpid(child, NULL, 0);
}

/* Waits for a reason to end; returns COMMAND's exit code where that was the reason. */
static int keep(pid_t command, bool until_eof, int signals) {
  struct pollfd watched[] = {{signals, POLLIN, 0}, {until_eof ? 0 : -1, POLLIN, 0}};
  for (;;) {
    if (poll(watched, 2, -1) < 0 && errno != EINTR) return 1;
    char ignored[64];
    if (watched[1].revents && read(0, ignored, sizeof ignored) <= 0) return 0;
    if (!watched[0].revents) continue;
    struct signalfd_siginfo info;
    if (read(signals, &info, sizeof info) != sizeof info) continue;
    if (info.ssi_signo == SIGTERM) return 0;
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
      if (pid == command) return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  }
}

int main(int count, char **arguments) {
  bool until_eof = count > 1 && strcmp(arguments[1], "--until-eof") == 0;
  char **rest = arguments + (until_eof ? 2 : 1);
  if (count - (rest - arguments) < 2) {
    fprintf(stderr, "keeper [--until-eof] FOLDER COMMAND [ARGUMENT...]\n");
    return 2;
  }
  sigset_t handled, original;
  sigemptyset(&handled);
  sigaddset(&handled, SIGTERM);
  sigaddset(&handled, SIGCHLD);
  sigaddset(&handled, SIGINT);
  sigaddset(&handled, SIGHUP);
  sigprocmask(SIG_BLOCK, &handled, &original);
  sigdelset(&handled, SIGINT);
  sigdelset(&handled, SIGHUP);
  int signals = signalfd(-1, &handled, SFD_CLOEXEC);
  prctl(PR_SET_CHILD_SUBREAPER, 1);

  char path[512];
  snprintf(path, sizeof path, "%s/keeper.pid", rest[0]);
  FILE *file = fopen(path, "we");
  if (file) {
    fprintf(file, "%d\n", getpid());
    fclose(file);
  }
  int result = keep(start(rest + 1, &original), until_eof, signals);
  end_everything();
  /* What a failed command has said lies in the folder: whoever asked for the machine reads it and removes it. */
  if (result == 0) remove_folder(rest[0], &original);
  return result;
}

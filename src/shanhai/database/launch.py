"""Start one program of PostgreSQL, which refuses to be root, as somebody else; run as a script of its own.

    launch.py WAY UID GID FOLDER MODE PROGRAM [ARGUMENT ...]

WAY   same             as the user who calls
      namespace        in a user namespace where the caller is called UID: outside it stays the caller, so it reads and
                       writes the caller's files, also below folders that nobody else may enter
      setuid           as the user UID
      setuid_reaching  as the user UID, who keeps the one capability to pass folders closed to others
FOLDER  where to stand; also shows that the user can come that far
MODE  run              become the program
      detach           the program in a session of its own, which outlives the caller; its process number is printed

A script with nothing but the standard library, because a namespace can only be entered by a process with one thread.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def enter_namespace(uid: int, gid: int) -> None:
    """Be called `uid` from now on, in a new user namespace, while staying the same user to every file."""
    libc = ctypes.CDLL(None, use_errno=True)
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    _checked(libc.unshare(CLONE_NEWUSER))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {outer_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {outer_gid} 1")


def become(uid: int, gid: int, *, reaching: bool) -> None:
    """Be another user for good; `reaching` keeps the capability to pass folders that are closed to that user."""
    libc = ctypes.CDLL(None, use_errno=True)
    if reaching:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if reaching:
        bit = 1 << CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
        _checked(libc.capset(header, sets))
        _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def detach() -> None:
    """Go on as a child in a session of its own; the parent prints the child's number and ends."""
    child = os.fork()
    if child:
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os._exit(0)
    os.setsid()
    os.dup2(2, 1)


def main(arguments: list[str]) -> None:
    """Change the user as told, then become the program."""
    way, uid, gid, folder, mode, *command = arguments
    os.umask(0o077)
    try:
        if way == "namespace":
            enter_namespace(int(uid), int(gid))
        elif way != "same":
            become(int(uid), int(gid), reaching=way == "setuid_reaching")
        os.chdir(folder)
        if mode == "detach":
            detach()
        os.execv(command[0], command)  # noqa: S606 the very purpose
    except OSError as error:
        sys.stderr.write(f"launch: {way}: {error}\n")
        sys.stderr.flush()
        os._exit(126)


if __name__ == "__main__":
    main(sys.argv[1:])

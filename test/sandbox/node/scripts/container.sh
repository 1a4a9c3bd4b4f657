#!/bin/sh
# Runs first in a container's own mount, PID and host name namespaces and becomes its command.
# Arguments: root folder, the pod's files (resolv.conf, hosts, hostname, shm), this container's termination log, read-only (yes|no), command ...
set -eu
root=$1 files=$2 log=$3 readonly=$4
shift 4
: >"$log"
chmod 666 "$log"
mount --bind "$log" "$root/dev/termination-log"
for pair in resolv.conf:etc/resolv.conf hosts:etc/hosts hostname:etc/hostname shm:dev/shm; do
  mount --bind "$files/${pair%%:*}" "$root/${pair#*:}"
done
hostname "$(cat "$files/hostname")" 2>/dev/null || true
# Where a fresh /proc is not allowed (a sandbox inside another one's masked /proc), the node's own is shown.
if mount -t proc -o nosuid,nodev,noexec proc "$root/proc" 2>/dev/null; then
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/sys"
else
  mount --rbind /proc "$root/proc"
fi
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys" 2>/dev/null || true
if [ "$readonly" = yes ]; then
  mount -o remount,bind,ro "$root"
else
  mount -t tmpfs -o mode=1777 tmp "$root/tmp"
fi
cd "$root"
pivot_root . mnt
umount -l /mnt
cd /
exec "$@"

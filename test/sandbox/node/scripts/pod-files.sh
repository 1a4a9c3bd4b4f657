#!/bin/sh
# A pod's own files. Arguments: folder, text of resolv.conf, of hosts, of hostname.
set -eu
mkdir -p "$1/shm"
chmod 1777 "$1/shm"
printf '%s' "$2" >"$1/resolv.conf"
printf '%s' "$3" >"$1/hosts"
printf '%s\n' "$4" >"$1/hostname"

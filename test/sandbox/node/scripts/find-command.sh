#!/bin/sh
# Looks a command up as runc does before it starts it. Arguments: root folder, command, PATH.
# Exit 0 found, 3 no such file, 4 not in PATH, 5 not executable.
root=$1 command=$2 path=$3
case $command in
*/*)
  [ -e "$root$command" ] || [ -L "$root$command" ] || exit 3
  [ -x "$root$command" ] || [ -L "$root$command" ] || exit 5
  ;;
*)
  IFS=:
  for folder in $path; do
    [ ! -e "$root$folder/$command" ] && [ ! -L "$root$folder/$command" ] || exit 0
  done
  exit 4
  ;;
esac

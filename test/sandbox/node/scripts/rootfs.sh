#!/bin/sh
# The file system that containers see, made once a node: this machine's /usr read-only, a small /etc and /dev of its own.
# Arguments: folder (on the node's private /run), file with the certificate authorities.
set -eu
root=$1 authorities=$2
mkdir -p "$root"
mount -t tmpfs -o mode=755 rootfs "$root"
mkdir -p "$root/usr" "$root/etc/ssl/certs" "$root/dev" "$root/proc" "$root/sys" "$root/tmp" "$root/run" "$root/root" \
  "$root/home" "$root/mnt" "$root/var/tmp"
chmod 1777 "$root/tmp" "$root/var/tmp"
mount --rbind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$root/usr"
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ]; then
    mkdir "$root/$name"
    mount --rbind "/$name" "$root/$name"
    mount -o remount,bind,ro "$root/$name" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$root/$name"
  fi
done

for name in ld.so.cache services protocols host.conf gai.conf netconfig; do
  [ ! -r "/etc/$name" ] || cp -L "/etc/$name" "$root/etc/$name"
done
[ ! -d /etc/alternatives ] || cp -R /etc/alternatives "$root/etc/alternatives"
[ ! -r /etc/ssl/openssl.cnf ] || cp -L /etc/ssl/openssl.cnf "$root/etc/ssl/openssl.cnf"
cp "$authorities" "$root/etc/ssl/certs/ca-certificates.crt"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
: >"$root/etc/resolv.conf"
: >"$root/etc/hosts"
: >"$root/etc/hostname"

mount -t tmpfs -o mode=755 dev "$root/dev"
for name in null zero full random urandom tty; do
  : >"$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done
: >"$root/dev/termination-log"
mkdir "$root/dev/shm"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"

# Debian's ping carries cap_net_raw as a file capability, which a container without NET_RAW could not even start;
# a plain copy behaves as the one in netshoot: what the process may do decides.
ping=$(readlink -f "$(command -v ping)") && {
  cp "$ping" "$root/../ping"
  mount --bind "$root/../ping" "$root$ping"
}

# The PATH of an image that has a shell and no tools of a network.
mkdir -p "$root/opt/shell/bin"
for name in sh cat od sleep timeout true; do
  ln -s "$(command -v "$name")" "$root/opt/shell/bin/$name"
done

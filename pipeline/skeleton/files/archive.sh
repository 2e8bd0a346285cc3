#!/bin/sh
# Pack the corpus for a deposit: sources, settings and output in a BagIt bag (RFC 8493) with SHA-256 of every file.
# The same commit gives the same bytes.  Needs the tools of GNU.
#
#     sh scripts/archive.sh VERSION      writes dist/corpus-VERSION.tar.gz and its .sha256
set -eu
export LC_ALL=C

version=$(printf '%s' "${1:?say which version}" | tr -c 'A-Za-z0-9._-' '-')
name=corpus-$version
when=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
test -f out/manifest.json || { echo "out/ holds no build: run jiaokan build" >&2; exit 1; }

rm -rf "dist/$name"
mkdir -p "dist/$name/data"
cp -R README.md jiaokan.toml requirements.txt raw out "dist/$name/data/"
cd "dist/$name"
find data -name '.git*' -delete

printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' > bagit.txt
bytes=$(find data -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d", sum }')
files=$(find data -type f -printf 'x\n' | wc -l | tr -d ' ')
{
  echo "Bagging-Date: $(date -u -d "@$when" +%Y-%m-%d)"
  echo "External-Identifier: $name"
  echo "Payload-Oxum: $bytes.$files"
} > bag-info.txt
find data -type f -print0 | sort -z | xargs -0 sha256sum > manifest-sha256.txt
sha256sum bag-info.txt bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt

cd ..
tar --sort=name --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \
  --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime="@$when" -cf - "$name" | gzip -9 -n > "$name.tar.gz"
rm -rf "$name"
sha256sum "$name.tar.gz" > "$name.tar.gz.sha256"
cat "$name.tar.gz.sha256"

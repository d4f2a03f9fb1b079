#!/usr/bin/env bash
# The images of the tests: the official ones if a registry is reachable; otherwise stand-ins
# that are made on this machine and kept in .build-tools/images.
#
# test-engine sets `root`, `state` and `majors`, defines `runs`, and sources this file.
# install-servers sets `root` and uses the archives directly.
# shellcheck disable=SC2154 # set there

# Outside the engine's namespaces, where the network is, in the order in which the runs need
# them: the engine tests the first major while the next image is made. Those of other majors
# come last, for cases that change the major.
make_images() {
  local major
  for major in $({ runs "${majors[@]}" | cut -d ' ' -f 3 && printf '%s\n' 15 17 18; } | awk '!seen[$1]++'); do
    if ! make_image "$major" "$state/image-$major.log"; then
      mv "$state/image-$major.log" "$state/image-$major.failed"
      return 1
    fi
  done
}

# make_image MAJOR LOG: makes the archive unless it exists.
make_image() {
  local archive begin=$SECONDS
  archive=$(image_archive "$1")
  [ ! -e "$archive" ] || return 0
  mkdir -p "$(dirname "$archive")"
  "$root/Tests/Engine/make-image" "$1" "$archive" >"$2" 2>&1 || return 1
  echo "made the image of PostgreSQL $1 in $((SECONDS - begin)) s"
}

# A changed recipe makes a new archive.
image_archive() {
  local recipe
  recipe=$(cksum <"$root/Tests/Engine/make-image")
  echo "$root/.build-tools/images/postgres-$1-${recipe%% *}.tar.gz"
}

# Lanes may request an image at the same time; the second one finds it there.
provide_image() {
  (
    flock 9
    docker image inspect "postgres:$1" >/dev/null 2>&1 && exit
    if [ -n "${PGTOPO_TEST_ENGINE:-}" ]; then import_image "$1"; else docker pull -q "postgres:$1"; fi
  ) 9>"$state/image-$1.lock"
}

import_image() {
  local major=$1 archive attempt volume=/var/lib/postgresql/data
  archive=$(image_archive "$major")
  for ((attempt = 0; attempt < 1800; attempt++)); do
    if [ -e "$state/image-$major.failed" ]; then
      cat "$state/image-$major.failed"
      return 1
    fi
    if [ -e "$archive" ]; then break; fi
    sleep 1
  done
  local data=$volume
  if [ "$major" -ge 18 ]; then
    volume=/var/lib/postgresql
    data=$volume/$major/docker
  fi
  docker import "$archive" "pgtopo-base:$major" >/dev/null
  local context=$state/image-$major
  mkdir "$context"
  cp "$root/Tests/Engine/Dockerfile" "$root/Tests/Servers/docker-entrypoint.sh" "$context"
  # The builder that needs no plugin; it says that it is deprecated.
  DOCKER_BUILDKIT=0 docker build -q --build-arg "BASE=pgtopo-base:$major" \
    --build-arg "MAJOR=$major" --build-arg "DATA=$data" --build-arg "VOLUME=$volume" \
    -t "postgres:$major" "$context" >"$state/image-$major.log" 2>&1 || {
    cat "$state/image-$major.log"
    return 1
  }
  # The names that the examples use.
  docker tag "postgres:$major" "postgres:$major-bookworm"
  docker tag "postgres:$major" "postgres:$major-trixie"
}

#!/usr/bin/env bash
# Sets a checkout up: system packages where missing and permitted, .venv, locked dependencies, the project itself.
# Usage: packaging/setup.sh PYTHON VENV
set -euo pipefail
python=$1 venv=$2
packages=(python3-venv tesseract-ocr tesseract-ocr-deu tesseract-ocr-script-latn fonts-liberation2 fonts-crosextra-carlito
  fonts-dejavu-core poppler-utils qpdf libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1
  libxcb-image0 libxcb-render-util0 libxcb-shape0 libdbus-1-3 libfontconfig1 libglib2.0-0 xvfb dbus at-spi2-core)

missing() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

if command -v dpkg-query >/dev/null; then
  need=$(missing)
  if [ -n "$need" ]; then
    if [ "$(id -u)" = 0 ]; then as_root=(); else as_root=(sudo -n); fi
    echo "installing system packages:" $need
    if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends $need >/dev/null; }; then
      echo "Could not install the system packages above. Ask an administrator for:  apt-get install" $need >&2
      exit 1
    fi
  fi
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r packaging/requirements.lock
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
# what pip does for every other package
"$venv/bin/python" -m compileall -q clerk_desktop

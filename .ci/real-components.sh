#!/usr/bin/env bash
# Fetches or builds the real neighbours that some tests talk to: assembler, kcat, transforms built with Redpanda's Go and
# Rust SDKs, rpk, the client of kafka-keyvalue, Chromium, MinIO, and a Kubernetes API server with etcd, controllers and fake
# nodes. Every one is optional: for each, one line says "ready" or "skipped", and the tests that need a skipped one skip
# themselves by name. What is built stays in a cache folder and is built again only when its sources change.
#
# Usage: .ci/real-components.sh [NAME...]      (default: all)
# Environment: LVC_CI_CACHE   the cache folder, default ${XDG_CACHE_HOME:-~/.cache}/lvc-ci
# Leaves behind: CACHE/components.env, which the tests read (LVC_REAL_COMPONENTS names another place to read), and
# CACHE/log/NAME.log with everything that was printed on the way.
set -uo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sources=$top/cli/acceptance/real
cache=${LVC_CI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lvc-ci}
export top sources cache

# --- What the components share. A component prints one line (its path, a tab, its version) and returns 0, or prints the
# --- reason why it cannot be had and returns something else. Talk goes to stderr, which becomes its log.

# need TOOL: returns 1 with a reason when a tool is missing.
need() {
    command -v "$1" >/dev/null || { echo "$1 is missing"; return 1; }
}

# debian PACKAGE...: installs Debian packages where that is possible.
debian() {
    command -v apt-get >/dev/null || { echo "not installed, and there is no apt-get"; return 1; }
    [ "$(id -u)" = 0 ] || { echo "not installed, and only root may run apt-get"; return 1; }
    local install=(apt-get -o DPkg::Lock::Timeout=60 install -y --no-install-recommends "$@")
    export DEBIAN_FRONTEND=noninteractive
    "${install[@]}" >&2 || { apt-get update >&2 && "${install[@]}" >&2; } || { echo "apt-get could not install $*"; return 1; }
}

# stamp FOLDER WORD...: a short name for a state of sources and tools; the same name means nothing is to be built.
stamp() {
    local folder=$1
    shift
    { echo "$@"; cd "$folder" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum; } | cksum | tr ' ' -
}

# go_area: where Go keeps what it fetches and compiles for the big programs. They share it, and it goes when all are done.
go_area() {
    export GOPATH=$cache/go GOMODCACHE=$cache/go/mod GOCACHE=$cache/go/cache GOTMPDIR=$cache/go/tmp
    export GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0 GOFLAGS="${GOFLAGS:-} -buildvcs=false -modcacherw"
    mkdir -p "$GOTMPDIR"
}

# finish NAME BUILT FINAL: puts what was built where it is looked for, in one step; earlier builds of it go.
finish() {
    mv "$2" "$3.new" && rm -rf "$cache/$1"-*[0-9] && mv "$3.new" "$3"
}

# --- The components.

get_wabt() {
    command -v wat2wasm >/dev/null || debian wabt || return
    printf '%s\t%s\n' "$(command -v wat2wasm)" "$(wat2wasm --version)"
}

get_kcat() {
    command -v kcat >/dev/null || debian kcat || return
    printf '%s\t%s\n' "$(command -v kcat)" "$(kcat -V 2>&1 | sed -n 's/^Version \([^ ]*\).*/\1/p')"
}

get_go_transforms() {
    need go || return
    local version built final
    version=$(go env GOVERSION)
    final=$cache/go-transforms-$(stamp "$sources/go-transform" "$version")
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && mkdir -p "$built" || return
        (cd "$sources/go-transform" &&
            GOOS=wasip1 GOARCH=wasm GOWORK=off nice go build -trimpath -ldflags '-s -w' -o "$built/" ./...) >&2 || return
        for module in "$built"/*; do mv "$module" "$module.wasm"; done
        finish go-transforms "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final" "SDK $(sdk_version), $version"
}

sdk_version() {
    sed -n 's/.*transform-sdk.* v\([0-9.]*\)$/\1/p' "$sources/go-transform/go.mod"
}

# Debian's rustc brings the standard library for WebAssembly, but no current cargo can drive it: cargo fetches the crates
# and checks them against Cargo.lock, rustc is called by hand.
get_rust_transform() {
    need cargo || return
    local rustc=/usr/bin/rustc built final
    if [ ! -d /usr/lib/rustlib/wasm32-wasi ] || [ ! -e /usr/lib/wasm32-wasi/libc.a ] || ! command -v rust-lld >/dev/null; then
        debian rustc libstd-rust-dev-wasm32 wasi-libc lld-14 || return
    fi
    final=$cache/rust-transform-$(stamp "$sources/rust-transform" "$("$rustc" --version)")
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && mkdir -p "$built/work" || return
        (cd "$sources/rust-transform" && nice cargo vendor --locked "$built/work/vendor") >/dev/null || return
        rust_crates "$rustc" "$built/work" >&2 || return
        mv "$built/work/out/identity.wasm" "$built/" && rm -rf "$built/work" && finish rust-transform "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final/identity.wasm" "SDK 1.1.0, $("$rustc" --version)"
}

# rust_crates RUSTC FOLDER: compiles the SDK's crates, from the innermost out, and the transform, as `rpk transform build`
# does: optimised and with SIMD.
rust_crates() {
    local folder=$2 sdk=redpanda-transform-sdk crate
    local compile=("$1" --edition 2021 --target wasm32-wasi -C target-feature=+simd128 -C opt-level=3 -C linker=rust-lld
        --cap-lints allow -L "$folder/out" --out-dir "$folder/out")
    local known=()
    mkdir -p "$folder/out"
    for crate in $sdk-varint $sdk-types $sdk-sys $sdk; do
        "${compile[@]}" --crate-type rlib --crate-name "${crate//-/_}" "${known[@]}" "$folder/vendor/$crate/src/lib.rs" || return
        known+=(--extern "${crate//-/_}")
    done
    "${compile[@]}" --crate-name identity -C strip=symbols "${known[@]}" "$sources/rust-transform/src/main.rs"
}

get_rpk() {
    need go || return
    local module=github.com/redpanda-data/redpanda/src/go/rpk version built final
    version=$(cd "$sources/rpk" && GOWORK=off go list -m -f '{{.Version}}' $module) || return
    final=$cache/rpk-$(stamp "$sources/rpk" "$(go env GOVERSION)")
    if [ ! -d "$final" ]; then
        built=$final.part
        chmod -R u+w "$built" 2>/dev/null
        rm -rf "$built" && mkdir -p "$built" && cp -r "$sources/rpk" "$built/work" || return
        rpk_build "$built/work" $module "$version" >&2 || return
        mv "$built/work/rpk" "$built/rpk" && chmod -R u+w "$built/work" && rm -rf "$built/work" && finish rpk "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final/rpk" "$version"
}

# rpk_build FOLDER MODULE VERSION: builds rpk in a folder of its own, with one command of it left out (README.md there).
rpk_build() {
    cd "$1" || return
    export GOWORK=off CGO_ENABLED=0 GOFLAGS="${GOFLAGS:-} -buildvcs=false"
    go mod download "$2" && cp -r "$(go list -m -f '{{.Dir}}' "$2")" rpk-src && chmod -R u+w rpk-src &&
        cp left-out/_recovery/start.go rpk-src/pkg/cli/cluster/storage/recovery/start.go &&
        go mod edit -replace "$2=./rpk-src" &&
        nice go build -trimpath -ldflags "-s -w -X $2/pkg/cli/version.version=$3" -o rpk .
}

# The last commit of MinIO's public repository, from its own module.
get_kkv_client() {
    need node && need npm || return
    local built final
    final=$cache/kkv-client-$(stamp "$sources/kkv-client" "$(node --version)")
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && cp -r "$sources/kkv-client" "$built" || return
        (cd "$built" && npm ci --no-audit --no-fund --ignore-scripts) >&2 || return
        finish kkv-client "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final" "$(sed -n 's/.*kafka-keyvalue": "\(.*\)".*/\1/p' "$sources/kkv-client/package.json"), node $(node --version)"
}

get_chromium() {
    command -v chromium >/dev/null || debian chromium || return
    printf '%s\t%s\n' "$(command -v chromium)" "$(chromium --version 2>/dev/null | awk '{print $2}')"
}

get_minio() {
    need go || return
    local version=v0.0.0-20260212201848-7aac2a2c5b7c built final
    final=$cache/minio-$(echo "$version" "$(go env GOVERSION)" | cksum | tr ' ' -)
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && mkdir -p "$built" && go_area || return
        GOBIN=$built nice go install -trimpath -ldflags '-s -w' "github.com/minio/minio@$version" >&2 || return
        finish minio "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final/minio" "${version#v0.0.0-}"
}

# kubernetes_build NAME MODULE PACKAGE...: builds programs of the module in real/kubernetes.
kubernetes_build() {
    need go || return
    local name=$1 module=$2 version built final
    shift 2
    version=$(kubernetes_version "$module")
    final=$cache/$name-$(stamp "$sources/kubernetes" "$@" "$(go env GOVERSION)")
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && mkdir -p "$built" && go_area || return
        local about=k8s.io/component-base/version minor=${version#v*.}
        (cd "$sources/kubernetes" && nice go build -trimpath -o "$built/" -ldflags "-s -w -X $about.gitVersion=$version \
            -X $about.gitMajor=1 -X $about.gitMinor=${minor%%.*} -X $about.gitTreeState=clean" "$@") >&2 || return
        [ "$name" != etcd ] || mv "$built/server" "$built/etcd" || return
        finish "$name" "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final" "$version"
}

kubernetes_version() {
    sed -n "s|^[[:space:]]*$1 \(v[^ ]*\).*|\1|p" "$sources/kubernetes/go.mod"
}

get_etcd() {
    local answer status
    answer=$(kubernetes_build etcd go.etcd.io/etcd/server/v3 go.etcd.io/etcd/server/v3)
    status=$?
    echo "${answer/$'\t'//etcd$'\t'}"
    return $status
}

get_kubernetes() {
    local commands=k8s.io/kubernetes/cmd
    kubernetes_build kubernetes k8s.io/kubernetes \
        $commands/kube-apiserver $commands/kube-controller-manager $commands/kube-scheduler $commands/kubectl
}

# Beside the program: the resources with which it is told what to do (crd), and what its nodes and pods do of themselves.
get_kwok() {
    need go || return
    local version=v0.8.0 built final published
    final=$cache/kwok-$(echo "$version" "$(go env GOVERSION)" | cksum | tr ' ' -)
    if [ ! -d "$final" ]; then
        built=$final.part
        rm -rf "$built" && mkdir -p "$built/stage" && go_area || return
        GOBIN=$built nice go install -trimpath -ldflags '-s -w' "sigs.k8s.io/kwok/cmd/kwok@$version" >&2 || return
        published=$GOMODCACHE/sigs.k8s.io/kwok@$version/kustomize
        cp -r "$published/crd/bases" "$built/crd" &&
            cp "$published"/stage/node/{fast/node,heartbeat-with-lease/node}-*.yaml "$published"/stage/pod/fast/pod-*.yaml \
                "$built/stage/" || return
        finish kwok "$built" "$final" || return
    fi
    printf '%s\t%s\n' "$final" "$version"
}

# --- Running them.

# component NAME KEY SECONDS FUNCTION: one component, one line, one or two settings.
component() {
    local name=$1 key=$2 seconds=$3 function=$4 log=$cache/log/$1.log answer status
    answer=$(timeout "$seconds" bash -c "set -uo pipefail; $function" 2>"$log" </dev/null)
    status=$?
    if [ $status = 0 ] && [ -n "$answer" ]; then
        echo "component $name: ready (${answer#*$'\t'})"
        echo "$key=${answer%%$'\t'*}" >>"$settings"
        return
    fi
    [ $status = 124 ] && answer="not done within $seconds s"
    [ -n "$answer" ] || answer=$(grep -v '^[[:space:]]*$' "$log" | tail -n 1 | cut -c 1-160)
    answer=$(echo "${answer:-failed with $status}" | head -n 1)
    echo "component $name: skipped ($answer)"
    echo "${key}_SKIPPED=$answer" >>"$settings"
}

wanted() {
    [ ${#names[@]} = 0 ] || [[ " ${names[*]} " == *" $1 "* ]]
}

names=("$@")
export -f need debian stamp finish get_wabt get_kcat get_go_transforms sdk_version get_rust_transform rust_crates get_rpk rpk_build \
    go_area get_kkv_client get_chromium get_minio kubernetes_build kubernetes_version get_etcd get_kubernetes get_kwok
mkdir -p "$cache/log" || exit 0
settings=$(mktemp "$cache/components.XXXXXX") || exit 0
if command -v flock >/dev/null; then
    exec 9>"$cache/lock" && flock -w 3600 9
fi

wanted wabt && component wabt LVC_WAT2WASM 300 get_wabt
wanted kcat && component kcat LVC_KCAT 300 get_kcat
wanted go-transforms && component go-transforms LVC_GO_TRANSFORMS 600 get_go_transforms
wanted rust-transform && component rust-transform LVC_RUST_TRANSFORM 600 get_rust_transform
wanted rpk && component rpk LVC_RPK 1200 get_rpk
wanted kkv-client && component kkv-client LVC_KKV_CLIENT 300 get_kkv_client
wanted chromium && component chromium LVC_CHROMIUM 600 get_chromium
wanted minio && component minio LVC_MINIO 600 get_minio
wanted etcd && component etcd LVC_ETCD 300 get_etcd
wanted kubernetes && component kubernetes LVC_KUBERNETES 1200 get_kubernetes
wanted kwok && component kwok LVC_KWOK 300 get_kwok

# What ran out of time goes on from there the next time.
grep -q '_SKIPPED=not done within' "$settings" || rm -rf "$cache/go"

# What was not asked for this time keeps its lines.
[ ! -e "$cache/components.env" ] || grep -vE "^($(sed -E 's/(_SKIPPED)?=.*//' "$settings" | paste -sd '|' -))(_SKIPPED)?=" \
    "$cache/components.env" >>"$settings"
mv "$settings" "$cache/components.env"
exit 0

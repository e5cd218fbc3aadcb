# shellcheck shell=bash
# Sourced first by every script: sets the paths of the checkout and the cache, and sources the libraries.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/waybill
export LC_ALL=C.UTF-8
# The user's settings for Postgres' tools, Java and shells must not steer the instance.
unset "${!PG@}" CDPATH JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS KAFKA_OPTS

# shellcheck source=output.sh
. "$root/scripts/lib/output.sh"
# shellcheck source=process.sh
. "$root/scripts/lib/process.sh"
# shellcheck source=packages.sh
. "$root/scripts/lib/packages.sh"
# shellcheck source=instance.sh
. "$root/scripts/lib/instance.sh"
# shellcheck source=postgres.sh
. "$root/scripts/lib/postgres.sh"
# shellcheck source=kafka.sh
. "$root/scripts/lib/kafka.sh"
# shellcheck source=services.sh
. "$root/scripts/lib/services.sh"
# shellcheck source=build.sh
. "$root/scripts/lib/build.sh"
# shellcheck source=waybill.sh
. "$root/scripts/lib/waybill.sh"
# shellcheck source=scratch.sh
. "$root/scripts/lib/scratch.sh"

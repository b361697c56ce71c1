set -eu
# Newer images of MariaDB have the client under its own name only.
client=$(command -v mysql || command -v mariadb) || {
  echo 'the image must have mysql or mariadb in its PATH' >&2
  exit 1
}
set -- --host="$TIDB_HOST" --port="$TIDB_PORT" --user=root "$@"
# The Service has no server behind it until the first is ready.
tries=0
until "$client" "$@" --execute='SELECT 1' >/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 120 ] || exit 1
  sleep 5
done
exec "$client" "$@" </etc/placement/placement.sql

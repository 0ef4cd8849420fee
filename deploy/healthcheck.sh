#!/bin/sh
# The probe of the image: asks the endpoint of this container whether it lives, with TLS where it speaks TLS. Its
# certificate names what clients call it by, not this address, so it is not looked at.
scheme=http
case "$(printf %s "${PATHBOUND_TLS:-false}" | tr '[:upper:]' '[:lower:]')" in true | on | yes | 1) scheme=https ;; esac
host=${PATHBOUND_BIND:-127.0.0.1}
case $host in
  0.0.0.0 | :: | '[::]') host=127.0.0.1 ;;
  *:*) host="[$host]" ;;
esac
exec curl -fsSk --max-time 2 "$scheme://$host:${PATHBOUND_PORT:-8080}/health/live"

#!/usr/bin/env bash
# Ann and Bob talk in a group chat of the canonical API; prints each answer, or its status where there is none, on a line.
# Usage: v1.sh BASE_URL [SUFFIX]   SUFFIX makes the users others than those of an earlier run: ann<SUFFIX>
set -euo pipefail
BASE_URL=${1:?the URL of the API, without a slash at its end}
SUFFIX=${2-}
curl() { command curl --silent --show-error --fail-with-body --write-out '\n' "$@"; }
status() { command curl --silent --output /dev/null --write-out '%{http_code}\n' "$@"; }

register() {
  curl -X POST "$BASE_URL/v1/auth/register" -H 'Content-Type: application/json' \
    -d '{"user_name": "'"$1$SUFFIX"'", "password": "1234567890"}'
}
login() {
  curl -X POST "$BASE_URL/v1/auth/login" -H 'Content-Type: application/json' \
    -d '{"user_name": "'"$1$SUFFIX"'", "password": "1234567890"}' | jq -r '.session_id'
}

register ann
register bob
ANN=$(login ann)
BOB=$(login bob)

CHAT_ID=$(curl -X POST "$BASE_URL/v1/chats" -H "Authorization: session_id $ANN" \
  -H 'Content-Type: application/json' -d '{"chat_name": "Friends"}' | jq -r '.chat_id')
curl -X POST "$BASE_URL/v1/chats/$CHAT_ID/users" -H "Authorization: session_id $ANN" \
  -H 'Content-Type: application/json' -d '{"user_name": "bob'"$SUFFIX"'"}'

for text in one two three four five; do
  curl -X POST "$BASE_URL/v1/chats/$CHAT_ID/messages" -H "Authorization: session_id $BOB" \
    -H 'Content-Type: application/json' -d '{"message": "'"$text"'"}'
done

QUERY=limit=2
while [ -n "$QUERY" ]; do
  PAGE=$(curl "$BASE_URL/v1/chats/$CHAT_ID/messages?$QUERY" -H "Authorization: session_id $ANN")
  echo "$PAGE"
  QUERY=$(jq -r 'if .next then "limit=2&from=" + (.next.iterator | @uri) else "" end' <<< "$PAGE")
done

status -X POST "$BASE_URL/v1/auth/logout" -H "Authorization: session_id $ANN"
status "$BASE_URL/v1/chats/$CHAT_ID/messages" -H "Authorization: session_id $ANN"
status "$BASE_URL/v1/chats/$CHAT_ID/messages" -H "Authorization: Bearer $BOB"

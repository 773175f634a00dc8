#!/usr/bin/env bash
# Bob writes to Alice, as clients of the contract of counters do; prints each answer on a line.
# Usage: counters.sh BASE_URL [SUFFIX]   SUFFIX makes the users others than those of an earlier run: bob<SUFFIX>@email.com
set -euo pipefail
BASE_URL=${1:?the URL of the API, without a slash at its end}
SUFFIX=${2-}
curl() { command curl --silent --show-error --fail-with-body --write-out '\n' "$@"; }

curl -X POST "$BASE_URL/auth/sign-up" -H "Content-Type: application/json" \
  -d '{"email": "bob'"$SUFFIX"'@email.com", "password": "1234567890", "name": "Bob", "surname": "Tallor", "birthday": "1994-04-10T20:21:25+00:00", "sex": "male", "city": "New Yourk", "interests": "programming"}'
curl -X POST "$BASE_URL/auth/sign-up" -H "Content-Type: application/json" \
  -d '{"email": "alice'"$SUFFIX"'@email.com", "password": "1234567890", "name": "Alice", "surname": "Swift", "birthday": "1995-10-10T20:21:25+00:00", "sex": "female", "city": "California", "interests": "running"}'

BOB_ACCESS_TOKEN=$(curl -X POST "$BASE_URL/auth/sign-in" -H "Content-Type: application/json" \
  -d '{"email": "bob'"$SUFFIX"'@email.com", "password": "1234567890"}' | jq -r '.access_token')
ALICE_ACCESS_TOKEN=$(curl -X POST "$BASE_URL/auth/sign-in" -H "Content-Type: application/json" \
  -d '{"email": "alice'"$SUFFIX"'@email.com", "password": "1234567890"}' | jq -r '.access_token')

ALICE_ID=$(curl "$BASE_URL/auth/user/get-by-email?email=alice$SUFFIX@email.com" \
  -H "Content-Type: application/json" -H "Authorization: ${BOB_ACCESS_TOKEN}" | jq -r '.user_id')
CHAT_ID=$(curl -X POST "$BASE_URL/messenger/create-chat" \
  -H "Content-Type: application/json" -H "Authorization: ${BOB_ACCESS_TOKEN}" \
  -d '{"companion_id": "'"$ALICE_ID"'"}' | jq -r '.chat_id')

for text in "Hello, Alice" "How are you?"; do
  curl -X POST "$BASE_URL/v1/chats/$CHAT_ID/messages" \
    -H "Content-Type: application/json" -H "Authorization: Bearer ${BOB_ACCESS_TOKEN}" \
    -d '{"message": "'"$text"'"}'
done

curl "$BASE_URL/messenger/chats" -H "Content-Type: application/json" -H "Authorization: ${ALICE_ACCESS_TOKEN}"
curl "$BASE_URL/messenger/messages?chat_id=$CHAT_ID" \
  -H "Content-Type: application/json" -H "Authorization: ${ALICE_ACCESS_TOKEN}"
curl "$BASE_URL/messenger/chats" -H "Content-Type: application/json" -H "Authorization: ${ALICE_ACCESS_TOKEN}"

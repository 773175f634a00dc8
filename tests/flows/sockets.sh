#!/usr/bin/env bash
# Alice listens at her socket while Bob writes to her by his, as clients of the contract of counters do; prints what Alice
# was told, a frame on a line, and then what she finds listed.
# Usage: sockets.sh BASE_URL SOCKET_URL [SUFFIX]   SUFFIX makes the users others than those of an earlier run: bob<SUFFIX>@email.com
set -euo pipefail
BASE_URL=${1:?the URL of the API, without a slash at its end}
SOCKET_URL=${2:?the URL of the socket, which on one machine is ws://127.0.0.1:8081/messenger/ws}
SUFFIX=${3-}
curl() { command curl --silent --show-error --fail-with-body --write-out '\n' "$@"; }
TOLD=$(mktemp)

sign_up() {
  curl -X POST "$BASE_URL/auth/sign-up" -H "Content-Type: application/json" \
    -d '{"email": "'"$1$SUFFIX"'@email.com", "password": "1234567890", "name": "'"$1"'", "surname": "Doe", "birthday": "1994-04-10T20:21:25+00:00", "sex": "other", "city": "New York", "interests": "programming"}' > /dev/null
}
sign_in() {
  curl -X POST "$BASE_URL/auth/sign-in" -H "Content-Type: application/json" \
    -d '{"email": "'"$1$SUFFIX"'@email.com", "password": "1234567890"}' | jq -r '.access_token'
}

sign_up bob
sign_up alice
BOB_ACCESS_TOKEN=$(sign_in bob)
ALICE_ACCESS_TOKEN=$(sign_in alice)
ALICE_ID=$(curl "$BASE_URL/auth/user/get-by-email?email=alice$SUFFIX@email.com" \
  -H "Content-Type: application/json" -H "Authorization: ${BOB_ACCESS_TOKEN}" | jq -r '.user_id')
CHAT_ID=$(curl -X POST "$BASE_URL/messenger/create-chat" \
  -H "Content-Type: application/json" -H "Authorization: ${BOB_ACCESS_TOKEN}" \
  -d '{"companion_id": "'"$ALICE_ID"'"}' | jq -r '.chat_id')

# It ends with its input, which stays open as long as this script runs. The answer to a first frame shows that she listens.
connect() { wscat --no-color --connect "$SOCKET_URL?token=$1" "${@:2}" < <(tail --pid=$$ -f /dev/null); }
connect "$ALICE_ACCESS_TOKEN" --wait -1 --execute '{"topic":"messenger","action":"ping","payload":"{}"}' > "$TOLD" &
ALICE=$!
trap 'rm -f "$TOLD"; kill "$ALICE"' EXIT
wait_for() { for _ in $(seq 100); do grep -q "$1" "$TOLD" && return; sleep 0.1; done; echo "Alice was not told: $1" >&2; exit 1; }
wait_for pong

frame() { jq -cn --arg chat "$CHAT_ID" --arg text "$1" \
  '{topic: "messenger", action: "send-message", payload: ({chat_id: $chat, messages: [{text: $text, status: "created"}]} | tojson)}'; }
connect "$BOB_ACCESS_TOKEN" --wait 1 \
  --execute "$(frame 'Hello, Alice!')" --execute "$(frame 'What is up?')" --execute "$(frame 'I miss you!')" > /dev/null
for text in 'Hello, Alice!' 'What is up?' 'I miss you!'; do wait_for "$text"; done

grep -o '{"topic":"messenger","action":"send-message".*' "$TOLD"
curl "$BASE_URL/messenger/messages?chat_id=$CHAT_ID" \
  -H "Content-Type: application/json" -H "Authorization: ${ALICE_ACCESS_TOKEN}"

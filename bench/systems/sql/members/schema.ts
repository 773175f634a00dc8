/** The plain server's tables of members, their sessions and chats, and the functions that send and list. */

/**
 * Ids come from an identity column: they may have gaps, and a message may become visible after one with a greater id. What
 * is unread is counted when it is asked for.
 */
export const MEMBERS_SCHEMA = `
CREATE TABLE person (id uuid PRIMARY KEY, name text NOT NULL);

CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);

CREATE TABLE chat (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE member (
  user_id uuid NOT NULL,
  chat_id uuid NOT NULL,
  read_id bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, chat_id)
);
CREATE INDEX member_chat ON member (chat_id);

CREATE TABLE message (
  chat_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id uuid NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  key text,
  PRIMARY KEY (chat_id, id)
);
CREATE UNIQUE INDEX message_key ON message (chat_id, user_id, key) WHERE key IS NOT NULL;

-- Null if nobody may act with the token.
CREATE FUNCTION find_caller(p_token_hash bytea) RETURNS uuid LANGUAGE sql STABLE
RETURN (SELECT user_id FROM session WHERE token_hash = p_token_hash AND ended_at IS NULL AND expires_at > now());

-- Answers an HTTP status, and with 201 the message's id. The last ten messages are read, as the messenger does.
CREATE FUNCTION send_message(
  p_token_hash bytea, p_chat uuid, p_body text, p_key text, OUT status integer, OUT sent_id bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_user uuid := find_caller(p_token_hash);
  v_body text;
BEGIN
  IF v_user IS NULL THEN status := 401; RETURN; END IF;
  PERFORM 1 FROM member WHERE user_id = v_user AND chat_id = p_chat;
  IF NOT FOUND THEN status := 404; RETURN; END IF;
  INSERT INTO message (chat_id, user_id, body, key) VALUES (p_chat, v_user, p_body, p_key)
    ON CONFLICT (chat_id, user_id, key) WHERE key IS NOT NULL DO NOTHING RETURNING id INTO sent_id;
  IF NOT FOUND THEN
    SELECT id, body INTO sent_id, v_body FROM message WHERE chat_id = p_chat AND user_id = v_user AND key = p_key;
    IF v_body <> p_body THEN status := 409; RETURN; END IF;
  END IF;
  PERFORM user_id, body FROM message WHERE chat_id = p_chat AND id <= sent_id ORDER BY id DESC LIMIT 10;
  status := 201;
END $$;

-- Answers the finished JSON, or null if nobody may act with the token.
CREATE FUNCTION list_chats(p_token_hash bytea, p_limit integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_user uuid := find_caller(p_token_hash);
BEGIN
  IF v_user IS NULL THEN RETURN NULL; END IF;
  RETURN (
    SELECT json_build_object('chats', coalesce(json_agg(listed.entry), '[]'))::text
    FROM (
      SELECT json_build_object(
        'chat_id', chat.id,
        'chat_name', CASE chat.kind WHEN 'group' THEN chat.name ELSE (
          SELECT person.name FROM member AS other JOIN person ON person.id = other.user_id
          WHERE other.chat_id = chat.id AND other.user_id <> v_user) END,
        'kind', chat.kind,
        'unread_count', (
          SELECT count(*) FROM message
          WHERE chat_id = chat.id AND message.id > member.read_id AND message.user_id <> v_user),
        'last_message', CASE WHEN newest.id IS NOT NULL THEN json_build_object(
          'message_id', newest.id::text, 'seq', newest.id, 'user_id', newest.user_id, 'text', newest.body,
          'created_at', to_char(newest.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END,
        'read_seq', member.read_id
      ) AS entry
      FROM member JOIN chat ON chat.id = member.chat_id
      LEFT JOIN LATERAL (
        SELECT * FROM message WHERE message.chat_id = chat.id ORDER BY message.id DESC LIMIT 1
      ) AS newest ON true
      WHERE member.user_id = v_user
      ORDER BY coalesce(newest.created_at, chat.created_at) DESC, chat.id LIMIT p_limit
    ) AS listed
  );
END $$;
`;

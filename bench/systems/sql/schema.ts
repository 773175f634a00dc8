/** The plain server's tables and the one function that does all the work of a send. */

/**
 * Ids come from an identity column: they may have gaps, and a message may become visible after one with a greater id.
 * The upsert locks the sender's row until the commit, so whoever reads the key next sees what others have stored.
 */
export const SCHEMA = `
CREATE TABLE message (
  chat text NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  sender text NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ordinal bigint NOT NULL,
  key text,
  PRIMARY KEY (chat, id)
);
CREATE UNIQUE INDEX message_key ON message (chat, sender, key) WHERE key IS NOT NULL;

-- Rows with room beside them are updated in place, without touching the index.
CREATE TABLE sender_count (
  chat text NOT NULL,
  sender text NOT NULL,
  sent bigint NOT NULL,
  PRIMARY KEY (chat, sender)
) WITH (fillfactor = 50);

-- Answers the finished JSON, or null if the key stands for another text.
CREATE FUNCTION send_message(p_chat text, p_sender text, p_body text, p_key text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_ordinal bigint;
  v_id bigint;
  v_body text;
BEGIN
  INSERT INTO sender_count AS c VALUES (p_chat, p_sender, 1)
    ON CONFLICT (chat, sender) DO UPDATE SET sent = c.sent + 1 RETURNING sent INTO v_ordinal;
  IF p_key IS NOT NULL THEN
    SELECT id, body INTO v_id, v_body FROM message WHERE chat = p_chat AND sender = p_sender AND key = p_key;
  END IF;
  IF v_id IS NULL THEN
    INSERT INTO message (chat, sender, body, ordinal, key) VALUES (p_chat, p_sender, p_body, v_ordinal, p_key)
      RETURNING id INTO v_id;
  ELSE
    UPDATE sender_count SET sent = sent - 1 WHERE chat = p_chat AND sender = p_sender;
    IF v_body <> p_body THEN RETURN NULL; END IF;
  END IF;
  RETURN (
    SELECT '{' || string_agg(
        '"' || place - 1 || '":[' || id || ',' || to_json(sender)::text || ',' || to_json(body)::text || ',"'
        || to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '",' || ordinal || '],', '')
      || '"Message_sent":[' || v_id || ']}'
    FROM (
      SELECT *, row_number() OVER (ORDER BY id) AS place
      FROM (SELECT * FROM message WHERE chat = p_chat AND id <= v_id ORDER BY id DESC LIMIT 10) AS newest
    ) AS placed
  );
END $$;
`;

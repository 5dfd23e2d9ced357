-- Where reading the journal stands. A new recipe (other columns are searched, or text is cut otherwise) reads it anew;
-- meanwhile the old documents answer.
CREATE FUNCTION search_begin(given text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_progress (last_seq, recipe) SELECT 0, given WHERE NOT EXISTS (SELECT FROM search_progress);
    UPDATE search_progress SET last_seq = 0, recipe = given WHERE recipe <> given
$$;

"""Proving the journal: every digest from its content, every link from its digests, every head from its signature.

Run over the owner's connection, which may read all of it and change none.
"""

from typing import Any

from django.conf import settings
from django.db import connections, transaction

from shanhai.base.findings import Finding
from shanhai.base.language import say
from shanhai.database.keys import application_secrets, signing_key
from shanhai.journal.signing import SignedHead, read_heads

# Spelt out here and not called from the database: whoever rewrites the journal could rewrite its functions too.
_DIGESTS = """
    SELECT l.first_seq, l.last_seq, l.digests, taken.digests
    FROM journal_link l CROSS JOIN LATERAL (
        SELECT count(*) AS standing, string_agg(digest, ''::bytea ORDER BY seq) AS digests FROM (
            SELECT seq, pg_catalog.sha256(pg_catalog.convert_to(
                seq::text || '|' || act_id::text || '|' || coalesce(scope_id::text, '-') || '|' || record_type || '|'
                || record_key || '|' || coalesce(before, '-') || '|' || coalesce(after, '-'), 'UTF8')) AS digest
            FROM journal_entry WHERE seq BETWEEN l.first_seq AND l.last_seq OFFSET 0
        ) AS sealed
    ) AS taken
    WHERE taken.standing = l.entry_count AND length(l.digests) = 32 * l.entry_count AND taken.digests <> l.digests
    ORDER BY l.n LIMIT 1
"""
_ENTRY = """
    SELECT seq, record_type, record_key FROM journal_entry WHERE seq BETWEEN %s AND %s ORDER BY seq OFFSET %s LIMIT 1
"""
_LINKS = """
    WITH acts AS (
        SELECT id, pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
            id, code, extract(epoch FROM acted_at), acted_by, acted_by_name, reason, scope_id, source)::text, 'UTF8')
        ) AS digest FROM journal_act
    ), counted AS (
        SELECT l.n, count(*) AS standing, array_agg(DISTINCT e.act_id) AS act_ids
        FROM journal_link l JOIN journal_entry e ON e.seq BETWEEN l.first_seq AND l.last_seq GROUP BY l.n
    ), folded AS (
        SELECT l.*, coalesce(c.standing, 0) AS standing,
               lag(l.head, 1, '\\x'::bytea) OVER earlier AS before, lag(l.n, 1, 0::bigint) OVER earlier AS n_before,
               pg_catalog.sha256(l.digests || (
                   SELECT string_agg(a.digest, ''::bytea ORDER BY a.id) FROM acts a WHERE a.id = ANY(c.act_ids)
               )) AS refolded
        FROM journal_link l LEFT JOIN counted c USING (n) WINDOW earlier AS (ORDER BY l.n)
    )
    SELECT n, first_seq, last_seq, entry_count, standing,
           folded IS NOT DISTINCT FROM refolded AND length(digests) = 32 * entry_count,
           previous = before AND n = n_before + 1
    FROM folded
    WHERE standing <> entry_count OR folded IS DISTINCT FROM refolded OR length(digests) <> 32 * entry_count
       OR previous <> before OR n <> n_before + 1
       OR head <> pg_catalog.sha256(previous || folded || pg_catalog.convert_to(
            pg_catalog.concat_ws('|', n, first_seq, last_seq, entry_count), 'UTF8'))
    ORDER BY n LIMIT 1
"""
_OUTSIDE = """
    SELECT e.seq FROM journal_entry e
    WHERE NOT EXISTS (SELECT 1 FROM journal_link l WHERE e.seq BETWEEN l.first_seq AND l.last_seq)
    ORDER BY e.seq LIMIT 1
"""
_GONE = """
    SELECT n FROM generate_series(%s::bigint, %s::bigint) AS n
    WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.seq = n) ORDER BY n LIMIT 1
"""
_RECORDS = "SELECT count(*), coalesce(max(seq), 0) FROM journal_entry"


def verify(using: str = "owner") -> tuple[dict[str, Any], list[Finding]]:
    """The size of the journal, and findings: the first changed entry, broken link, rewritten head or cut tail.

    The signed heads are read before the journal, so that what is written meanwhile is not taken for missing.
    """
    heads = list(read_heads())
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(_RECORDS)
        entries, last = cursor.fetchone()
        cursor.execute("SELECT n, encode(head, 'hex'), first_seq, last_seq FROM journal_link ORDER BY n")
        links = {n: (head, first, end) for n, head, first, end in cursor.fetchall()}
        findings = [*_changed_entry(cursor), *_broken_link(cursor), *_unchained_entry(cursor)]
    findings += _signed_heads(heads, links)
    return {"entries": entries, "last": last, "links": len(links)}, findings


def _changed_entry(cursor: Any) -> list[Finding]:
    cursor.execute(_DIGESTS)
    row = cursor.fetchone()
    if row is None:
        return []
    first, last, kept, taken = row
    place = next(start for start in range(0, len(kept), 32) if kept[start : start + 32] != taken[start : start + 32])
    cursor.execute(_ENTRY, [first, last, place // 32])
    seq, kind, key = cursor.fetchone()
    return [
        Finding(
            "journal.entry_changed",
            say(
                "日志条目 {seq}（{kind}:{key}）的内容与链节里它的摘要不符：这一条在写入之后被改过。请用备份核对。",
                seq=seq,
                kind=kind,
                key=key,
            ),
            found=str(seq),
        )
    ]


def _broken_link(cursor: Any) -> list[Finding]:
    cursor.execute(_LINKS)
    row = cursor.fetchone()
    if row is None:
        return []
    n, first, last, count, standing, folds, joined = row
    if standing != count:
        cursor.execute(_GONE, [first, last])
        gone = cursor.fetchone()
        first = gone[0] if gone else first
        return [
            Finding(
                "journal.entries_missing",
                say(
                    "日志链节 {n} 应有 {count} 条，现有 {standing} 条：第一处不对的是条目 {first}，有条目被删除或插入。",
                    n=n,
                    count=count,
                    standing=standing,
                    first=first,
                ),
                found=str(first),
            )
        ]
    what = (
        say("条目的摘要或操作（经办人、时间、事由）被改过")
        if not folds
        else say("没有接在前一链头之后")
        if not joined
        else say("链头被改过")
    )
    return [
        Finding(
            "journal.link_broken",
            say(
                "日志链节 {n}（条目 {first}–{last}）{what}。第一条可疑的条目是 {first}。",
                n=n,
                first=first,
                last=last,
                what=what,
            ),
            found=str(first),
        )
    ]


def _unchained_entry(cursor: Any) -> list[Finding]:
    cursor.execute(_OUTSIDE)
    row = cursor.fetchone()
    return (
        [
            Finding(
                "journal.entry_unchained",
                say("日志条目 {entry} 不在任何链节里：它绕过了日志写入。", entry=row[0]),
                found=str(row[0]),
            )
        ]
        if row
        else []
    )


def _signed_heads(heads: list[SignedHead], links: dict[int, tuple[str, int, int]]) -> list[Finding]:
    key = signing_key(application_secrets(settings.HOME).signing)
    signed = 0
    for head in heads:
        if not head.holds(key):
            return [
                Finding(
                    "journal.signature_wrong",
                    say("链头文件第 {n} 行的签名不是本机密钥所签。请核对密钥文件夹与链头文件。", n=head.n),
                    found=str(head.n),
                )
            ]
        if head.n not in links:
            end = max(links, default=0)
            return [
                Finding(
                    "journal.tail_cut",
                    say(
                        "已签名的链头到第 {n} 节，日志里只有 {end} 节：尾部被截去了。请从备份恢复。", n=head.n, end=end
                    ),
                    found=str(head.n),
                )
            ]
        if links[head.n][0] != head.head:
            first = links[head.n][1]
            return [
                Finding(
                    "journal.chain_rewritten",
                    say("日志链节 {n} 的链头与已签名的链头不同：从条目 {first} 起被改写过。", n=head.n, first=first),
                    found=str(first),
                )
            ]
        signed = max(signed, head.n)
    unsigned = len([n for n in links if n > signed])
    if unsigned:
        return [
            Finding(
                "journal.heads_unsigned",
                say(
                    "最后 {unsigned} 个链节还没有签名（写入后进程被中断）。下次写入或启动时会补签。", unsigned=unsigned
                ),
                blocks=False,
            )
        ]
    return []

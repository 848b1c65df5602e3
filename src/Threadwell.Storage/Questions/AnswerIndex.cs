using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Threadwell.Plans.Text;

namespace Threadwell.Storage.Questions;

/// <summary>
/// The full-text index of published answers, by the database's own means: FTS5, or a text vector with GIN. Both hold words without accents in lower case, so that accents are optional and both find the same. The database keeps it by
/// itself; it is made at each start where it is missing, because a migration that rebuilds the table loses it.
/// </summary>
public static class AnswerIndex
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    // "TWPA": of two that publish at once the second takes the next number.
    private const long LockKey = 0x54575041;

    // What finds more is ordered among its newest: to weigh each of ten thousand takes longer than somebody waits, and nobody turns fifty pages.
    private const int MostWeighed = 1000;

    // More words than this say nothing more.
    private const int MostWords = 8;

    private static readonly string[] OnSqlite =
    [
        "DROP TRIGGER IF EXISTS published_answers_search_insert",
        "DROP TRIGGER IF EXISTS published_answers_search_delete",
        "DROP TRIGGER IF EXISTS published_answers_search_update",
        """CREATE TRIGGER published_answers_search_insert AFTER INSERT ON published_answers BEGIN INSERT INTO published_answer_search(rowid, "SearchTitle", "SearchText") VALUES (new."Id", new."SearchTitle", new."SearchText"); END""",
        """CREATE TRIGGER published_answers_search_delete AFTER DELETE ON published_answers BEGIN INSERT INTO published_answer_search(published_answer_search, rowid, "SearchTitle", "SearchText") VALUES ('delete', old."Id", old."SearchTitle", old."SearchText"); END""",
        """
        CREATE TRIGGER published_answers_search_update AFTER UPDATE OF "SearchTitle", "SearchText" ON published_answers BEGIN
            INSERT INTO published_answer_search(published_answer_search, rowid, "SearchTitle", "SearchText") VALUES ('delete', old."Id", old."SearchTitle", old."SearchText");
            INSERT INTO published_answer_search(rowid, "SearchTitle", "SearchText") VALUES (new."Id", new."SearchTitle", new."SearchText"); END
        """,
    ];

    private static readonly string[] OnPostgreSql =
    [
        """
        ALTER TABLE published_answers ADD COLUMN IF NOT EXISTS "SearchVector" tsvector
            GENERATED ALWAYS AS (setweight(to_tsvector('simple'::regconfig, "SearchTitle"), 'A') || setweight(to_tsvector('simple'::regconfig, "SearchText"), 'D')) STORED
        """,
        """CREATE INDEX IF NOT EXISTS published_answers_search ON published_answers USING gin ("SearchVector") WITH (fastupdate = off)""",
    ];

    /// <summary>Makes what is missing of it.</summary>
    /// <param name="context">The database, migrated.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task CreateAsync(ThreadwellContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation);
        bool isServer = context.Database.ProviderName == PostgreSql;
        if (!isServer && (await context.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = 'published_answer_search'").ToListAsync(cancellation))[0] == 0)
        {
            await context.Database.ExecuteSqlRawAsync("CREATE VIRTUAL TABLE published_answer_search USING fts5(\"SearchTitle\", \"SearchText\", content='published_answers', content_rowid='Id', tokenize='unicode61 remove_diacritics 0')", cancellation);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO published_answer_search(published_answer_search) VALUES ('rebuild')", cancellation);
        }

        foreach (string command in isServer ? OnPostgreSql : OnSqlite)
        {
            await context.Database.ExecuteSqlRawAsync(command, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Begins the transaction in which an answer is published; none other is meanwhile, so that the next number is free.</summary>
    /// <param name="context">The record.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<IDbContextTransaction?> BeginAsync(ThreadwellContext context, CancellationToken cancellation) => WriterLock.BeginAsync(context, LockKey, cancellation);

    /// <summary>A text as it is searched: its words without accents, in lower case, with single spaces.</summary>
    public static string Folded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new StringBuilder(text.Length);
        foreach (char character in LatinLetters.Fold(text))
        {
            // The letters and digits of two places are no word of one.
            if (char.IsLetterOrDigit(character))
            {
                words.Append(character);
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString().TrimEnd();
    }

    /// <summary>Numbers of the answers that hold every word of a text, its last also as a beginning; those that fit best first.</summary>
    /// <param name="context">The record.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="topic">The topic; empty for all.</param>
    /// <param name="skip">How many were shown before.</param>
    /// <param name="take">How many are wanted.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<int>> FindAsync(ThreadwellContext context, string text, string topic, int skip, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        string[] words = [.. Folded(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostWords)];
        if (words.Length == 0)
        {
            return [];
        }

        if (context.Database.ProviderName == PostgreSql)
        {
            // Letters and digits alone: nothing in a word is a sign of the query.
            string asked = string.Join(" & ", words.Select((word, index) => index == words.Length - 1 ? $"'{word}':*" : $"'{word}'"));
            return await context.Database.SqlQuery<int>(
                $"""
                SELECT "Id" AS "Value" FROM
                    (SELECT "Id", "SearchVector", asked FROM published_answers, to_tsquery('simple'::regconfig, {asked}) AS asked
                    WHERE "SearchVector" @@ asked AND "WithdrawnAt" IS NULL AND ({topic} = '' OR "Topic" = {topic}) ORDER BY "Id" DESC LIMIT {MostWeighed}) AS newest
                ORDER BY ts_rank("SearchVector", asked, 1) DESC, "Id" DESC LIMIT {take} OFFSET {skip}
                """).ToListAsync(cancellation);
        }

        string match = string.Join(" AND ", words.Select((word, index) => index == words.Length - 1 ? $"\"{word}\" *" : $"\"{word}\""));
        return await context.Database.SqlQuery<int>(
            $"""
            SELECT answer."Id" AS "Value" FROM published_answer_search JOIN published_answers AS answer ON answer."Id" = published_answer_search.rowid
            WHERE published_answer_search MATCH {match} AND published_answer_search.rowid >=
                (SELECT min(found) FROM (SELECT search.rowid AS found FROM published_answer_search AS search JOIN published_answers AS one ON one."Id" = search.rowid
                WHERE search.published_answer_search MATCH {match} AND one."WithdrawnAt" IS NULL AND ({topic} = '' OR one."Topic" = {topic}) ORDER BY search.rowid DESC LIMIT {MostWeighed}))
            AND answer."WithdrawnAt" IS NULL AND ({topic} = '' OR answer."Topic" = {topic})
            ORDER BY bm25(published_answer_search, 8.0, 1.0), answer."Id" DESC LIMIT {take} OFFSET {skip}
            """).ToListAsync(cancellation);
    }
}

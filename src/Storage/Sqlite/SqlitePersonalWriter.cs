using GridMesh.Contracts.Facts;
using GridMesh.Storage.Cases;
using GridMesh.Storage.Journals;
using GridMesh.Storage.Personal;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>Keys and names of people, in the transaction of the facts that need them or throw them away.</summary>
internal sealed class SqlitePersonalWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _key = new(
        connection, $"INSERT INTO personal_keys ({DataKey.Columns}) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _name = new(connection,
        "INSERT INTO personal_names (hash, stream, subject, is_author) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _noKeys = new(
        connection, "DELETE FROM personal_keys WHERE stream = ?1 AND subject = ?2 AND part <= ?3");

    private readonly SqliteStatement _noNames = new(
        connection, "DELETE FROM personal_names WHERE stream = ?1 AND subject = ?2");

    private readonly SqliteStatement _claim = new(
        connection, "UPDATE evidence SET claims = claims - 1 WHERE hash = ?1");

    private readonly SqliteStatement _photo = new(
        connection, "DELETE FROM evidence WHERE hash = ?1 AND claims <= 0");

    private readonly SqliteStatement _words = new(connection,
        "SELECT rowid, description FROM cases WHERE number = ?1"
        + " AND rowid <= (SELECT value FROM counters WHERE name = 'case_words')");

    private readonly SqliteStatement _noWords = new(
        connection, "INSERT INTO case_words (case_words, rowid, words) VALUES ('delete', ?1, ?2)");

    /// <summary>Before the rows of cases: the index of words is told what it loses.</summary>
    public void Write(JournalBatch batch)
    {
        foreach (var key in batch.Keys)
            _key.Bind(1, key.Id).Bind(2, key.Stream).Bind(3, key.Subject).Bind(4, (long)key.Part).Bind(5, key.Stored)
                .Run();
        foreach (var name in batch.Names)
            _name.Bind(1, name.Hash).Bind(2, name.Stream).Bind(3, name.Subject).Bind(4, name.IsAuthor ? 1L : 0L).Run();
        foreach (var erasure in batch.Erasures)
            Erase(erasure);
    }

    public void Dispose()
    {
        foreach (var statement in
            new[] { _key, _name, _noKeys, _noNames, _claim, _photo, _words, _noWords })
            statement.Dispose();
    }

    private void Erase(StreamErasure erasure)
    {
        var (stream, subject, what) = erasure;
        _noKeys.Bind(1, stream).Bind(2, subject).Bind(3, (long)what.Last).Run();
        _noNames.Bind(1, stream).Bind(2, subject).Run();
        foreach (var hash in what.Photos)
        {
            _claim.Bind(1, hash).Run();
            _photo.Bind(1, hash).Run();
        }

        if (what.Last == PersonalPart.Words)
            ForgetWords(stream);
    }

    private void ForgetWords(string stream)
    {
        if (_words.Bind(1, stream).Step())
            _noWords.Bind(1, _words.Int64(0)).Bind(2, CaseWords.Of(_words.Text(1))).Run();
        _words.Reset();
    }
}

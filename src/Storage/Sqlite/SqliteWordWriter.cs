using GridMesh.Storage.Cases;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>
/// Brings the index of words up to the last case. A description is the reporter's and stays, and new cases have the
/// highest rowid, so one number says how far the index reaches; what is beyond it a search looks through as it is.
/// </summary>
internal sealed class SqliteWordWriter(SqliteConnection connection) : IDisposable
{
    /// <summary>Most cases of one transaction.</summary>
    public const int CasesMax = 5_000;

    private readonly SqliteStatement _read = new(connection,
        "SELECT rowid, description FROM cases WHERE rowid > (SELECT value FROM counters WHERE name = 'case_words')"
        + $" ORDER BY rowid LIMIT {CasesMax}");

    private readonly SqliteStatement _write = new(
        connection, "INSERT INTO case_words (rowid, words) VALUES (?1, ?2)");

    private readonly SqliteStatement _reached = new(
        connection, "UPDATE counters SET value = ?1 WHERE name = 'case_words'");

    /// <summary>Writes the next ones in the transaction that the connection is in; answers how many.</summary>
    public int WriteNext()
    {
        var (count, last) = (0, 0L);
        while (_read.Step())
        {
            last = _read.Int64(0);
            _write.Bind(1, last).Bind(2, CaseWords.Of(_read.Text(1))).Run();
            count++;
        }

        _read.Reset();
        if (count > 0)
            _reached.Bind(1, last).Run();
        return count;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _read, _write, _reached })
            statement.Dispose();
    }
}

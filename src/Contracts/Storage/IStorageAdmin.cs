namespace GridMesh.Contracts.Storage;

/// <summary>What operators do to a database.</summary>
public interface IStorageAdmin
{
    /// <summary>Version of the schema this program is written for.</summary>
    int ProgramVersion { get; }

    /// <summary>Version found in the database, 0 when it is empty.</summary>
    ValueTask<int> DatabaseVersionAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Applies the missing migrations, forward only, each in a transaction; answers their numbers.
    /// Throws <see cref="DatabaseTooNewException"/> when the database is newer than the program.
    /// </summary>
    ValueTask<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellation = default);

    /// <summary>True when a durable write would work now (readiness probe); never throws.</summary>
    ValueTask<bool> IsHealthyAsync(CancellationToken cancellation = default);
}

/// <summary>The database was migrated by a newer program; this one must not touch it.</summary>
public sealed class DatabaseTooNewException : Exception
{
    public DatabaseTooNewException()
    {
    }

    public DatabaseTooNewException(string message)
        : base(message)
    {
    }

    public DatabaseTooNewException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
